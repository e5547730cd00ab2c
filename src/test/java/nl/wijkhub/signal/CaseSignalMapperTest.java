package nl.wijkhub.signal;

import static nl.wijkhub.signal.SignalFixture.NOON;
import static nl.wijkhub.signal.SignalFixture.PARTNERS;
import static nl.wijkhub.signal.SignalFixture.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseSignalMapperTest {
    private static final String SOUND = """
            {"reference":"fake-1","occurredAt":"2026-11-20T10:00:00+01:00","reportedAt":"2026-11-20T11:00:00Z",
             "category":"nuisance.noise","severity":"low",
             "subject":{"household":{"address":{"postalCode":" 9990 ab ","houseNumber":"12"}}}}""";
    private final CaseSignalMapper mapper = new CaseSignalMapper(
            new SignalSchema(), VOCABULARY, (partner, reference) -> reference.equals("fake-0"), NOON);

    @Test
    void normalises_the_address_and_takes_digit_strings() {
        Address address =
                map("corporatie-demo", SOUND).signal().subject().household().address();

        assertThat(address).isEqualTo(new Address("9990AB", 12, null, null, null));
    }

    @Test
    void takes_the_default_ground_and_the_life_domains_of_the_category() {
        CaseSignal signal = map("corporatie-demo", SOUND).signal();

        assertThat(signal.ground().article()).isEqualTo("AVG-6-1-f");
        assertThat(signal.lifeDomains()).containsExactly("huisvesting");
    }

    @Test
    void a_sender_can_raise_the_severity_of_a_category_and_never_lower_it() {
        assertThat(map("corporatie-demo", SOUND.replace("nuisance.noise", "safety.threat"))
                        .signal()
                        .severity())
                .isEqualTo(Severity.HIGH);
        assertThat(map("corporatie-demo", SOUND.replace("\"low\"", "\"acute\""))
                        .signal()
                        .severity())
                .isEqualTo(Severity.ACUTE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    corporatie-demo      | "severity":"low"            | "severity":"low","extra":1            | /extra                                 | unknown-field
                    corporatie-demo      | "category":"nuisance.noise",|                                       | /category                              | missing
                    corporatie-demo      | 2026-11-20T11:00:00Z        | 2099-01-01T00:00:00Z                  | /reportedAt                            | date-in-future
                    corporatie-demo      | 2026-11-20T11:00:00Z        | 2026-11-20T11:00Z                     | /reportedAt                            | wrong-form
                    corporatie-demo      | 2026-11-20T11:00:00Z        | 2026-11-20T11:00:00                   | /reportedAt                            | wrong-form
                    corporatie-demo      | nuisance.noise              | nuisance.unknown                      | /category                              | unknown-category
                    corporatie-demo      | " 9990 ab "                 | "9990 SS"                             | /subject/household/address/postalCode  | no-such-postal-code
                    corporatie-demo      | "12"                        | 0                                     | /subject/household/address/houseNumber | out-of-range
                    corporatie-demo      | "12"                        | "12","bagId":"0363990000000001"       | /subject/household/address/bagId       | no-such-bag-id
                    corporatie-demo      | "severity":"low"            | "severity":"low","supersedes":"x"     | /supersedes                            | unknown-reference
                    corporatie-demo      | "severity":"low"            | "severity":"low","narrative":"999990342" | /narrative                          | bsn-not-allowed
                    welzijn-demo         | }}}}                        | },"persons":[{"role":"other","bsn":"123456789"}]}}} | /subject/household/persons/0/bsn | bsn-invalid
                    corporatie-demo      | }}}}                        | },"persons":[{"role":"other","bsn":"999990342"}]}}} | /subject/household/persons/0/bsn | bsn-not-allowed
                    openbare-ruimte-demo | "severity":"low"            | "severity":"low"                      | /subject/household                     | household-not-allowed
                    politie-demo         | "severity":"low"            | "severity":"low"                      | /ground                                | missing
                    corporatie-demo      | "address":{"postalCode":" 9990 ab ","houseNumber":"12"} | "persons":[{"role":"tenant"}] | /subject/household     | address-or-person
                    """)
    void names_the_place_of_a_fault(String partner, String sound, String bad, String pointer, String code) {
        String message =
                SOUND.replace("\n", "").replace("   ", "").replace("  ", " ").replace(sound, bad == null ? "" : bad);

        assertThat(faults(partner, message))
                .extracting(Fault::pointer, Fault::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(pointer, code));
    }

    @Test
    void names_fifteen_faults_at_once_each_at_its_own_place() {
        List<Fault> faults = faults("corporatie-demo", """
                {"reference":"","occurredAt":"2099-01-01T00:00:00Z","reportedAt":"gisteren","category":"geen","severity":"erg",
                 "narrative":5,"experiencedImpact":9,"lifeDomains":["geen"],"supersedes":"nooit","unknown":1,
                 "subject":{"household":{"address":{"postalCode":"0999 SS","houseNumber":-1,"houseLetter":"ab","bagId":"12","extra":1},
                   "persons":[{"role":"baas","birthDate":"2099-01-01"}]}}}""");

        assertThat(faults).hasSizeGreaterThanOrEqualTo(15);
        assertThat(faults).extracting(Fault::pointer).doesNotHaveDuplicates();
        assertThat(faults.toString()).doesNotContain("gisteren", "baas", "nooit");
    }

    @Test
    void a_reference_of_ones_own_may_be_superseded() {
        assertThat(map("corporatie-demo", SOUND.replace("\"low\"", "\"low\",\"supersedes\":\"fake-0\""))
                        .signal()
                        .supersedes())
                .isEqualTo("fake-0");
    }

    @Test
    void survives_anything_that_is_json() {
        for (String json : List.of(
                "[]",
                "1",
                "\"x\"",
                "null",
                "{}",
                "{\"subject\":{\"household\":{\"persons\":5}}}",
                "{\"subject\":[]}",
                "{\"strengths\":{\"a\":\"b\"},\"subject\":{\"household\":{\"persons\":{\"role\":\"tenant\"}}}}",
                "{\"subject\":{\"household\":{\"persons\":[1]}}}")) {
            assertThat(faults("corporatie-demo", json)).isNotEmpty();
        }
    }

    private List<Fault> faults(String partner, String json) {
        return catchThrowableOfType(Rejected.class, () -> map(partner, json)).faults();
    }

    private SignalDraft map(String partner, String json) {
        return mapper.map(
                PARTNERS.get(partner),
                Json.readStrictly(json.getBytes(StandardCharsets.UTF_8)),
                Trace.continuing(null));
    }

    @Test
    void an_answer_stays_small_whatever_was_sent() {
        assertThat(faults("corporatie-demo", "{\"strengths\":[" + "1,".repeat(1_500) + "1]}"))
                .hasSizeLessThanOrEqualTo(101);
        assertThat(faults("corporatie-demo", "{\"strengths\":[" + "1,".repeat(300_000) + "1]}"))
                .extracting(Fault::code)
                .containsExactly("too-many-values");
    }

    @Test
    void a_resident_names_a_street_and_no_house() {
        String lighting = """
                {"reference":"fake-1","occurredAt":"2026-11-20T10:00:00Z","reportedAt":"2026-11-20T10:00:00Z",
                 "category":"area.lighting","severity":"low","subject":{"neighbourhood":{"place":"%s"}}}""";

        assertThat(map("openbare-ruimte-demo", lighting.formatted("Voorbeeldlaan, 9990 AB Voorbeeldstad"))
                        .signal()
                        .reference())
                .isEqualTo("fake-1");
        assertThat(faults("openbare-ruimte-demo", lighting.formatted("Voorbeeldlaan 12")))
                .extracting(Fault::code)
                .containsExactly("house-number-not-allowed");
    }
}
