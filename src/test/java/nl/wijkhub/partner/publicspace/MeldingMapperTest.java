package nl.wijkhub.partner.publicspace;

import static nl.wijkhub.signal.SignalFixture.NOON;
import static nl.wijkhub.signal.SignalFixture.PARTNERS;
import static nl.wijkhub.signal.SignalFixture.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.CodeFiles;
import nl.wijkhub.signal.SignalDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeldingMapperTest {
    private static final Path DATA =
            Path.of(System.getenv().getOrDefault("WIJKHUB_DATA", "../shared/data"), "signalen");
    private static final List<ConfigFault> FAULTS = new ArrayList<>();
    private static final MeldingCodes CODES = MeldingCodes.read(new CodeFiles(Path.of("config"), VOCABULARY, FAULTS));
    private static final String SOUND = """
            {"text":"Fictief","location":{"address":{"openbare_ruimte":"Fakestraat","huisnummer":12,
              "postcode":"9990AB","woonplaats":"Voorbeeldstad"}},
             "category":{"sub_category":"/signals/v1/public/terms/categories/afval/sub_categories/grofvuil"},
             "incident_date_start":"2026-11-20T10:00:00+01:00"}""";

    private final Map<String, Instant> accepted = new HashMap<>();

    @Test
    void the_table_is_sound_and_every_category_of_the_published_list_has_a_row() throws IOException {
        assertThat(FAULTS).isEmpty();
        assumeTrue(Files.exists(DATA), "the categories of Signalen are not here");
        Map<Integer, JsonNode> byKey = new HashMap<>();
        Json.MAPPER
                .readTree(DATA.resolve("categories.json").toFile())
                .forEach(row -> byKey.put(row.get("pk").asInt(), row.get("fields")));
        Set<String> published = new TreeSet<>();
        byKey.values().stream()
                .filter(row -> row.hasNonNull("parent"))
                .forEach(row -> published.add(
                        byKey.get(row.get("parent").asInt()).get("slug").asText()
                                + '/'
                                + row.get("slug").asText()));
        assertThat(published).hasSize(77);
        assertThat(CODES.codes()).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void the_published_example_is_taken_as_it_is() throws IOException {
        Path example = DATA.resolve("create_initial_public.json");
        assumeTrue(Files.exists(example), "the example of Signalen is not here");
        CaseSignal signal = mapper(NOON)
                .map(
                        PARTNERS.get("openbare-ruimte-demo"),
                        Json.readStrictly(Files.readAllBytes(example)),
                        null,
                        Trace.continuing(null))
                .signal();

        assertThat(signal.category()).isEqualTo("nuisance.other");
        assertThat(signal.senderTerm().code()).isEqualTo("overig/overig");
        assertThat(signal.senderTerm().mapped()).isNull();
        assertThat(signal.subject().isHousehold()).isFalse();
        // Amsterdam's own buurt_code is nobody else's
        assertThat(signal.subject().neighbourhood().buurtCode()).isNull();
        assertThat(signal.subject().neighbourhood().place()).isEqualTo("1011PN|Amstel|Amsterdam");
        assertThat(signal.occurredAt().toInstant()).isEqualTo("2018-06-18T13:30:47.604472Z");
        assertThat(signal.narrative()).isEqualTo("Luidruchtige vergadering\nextra: heel luidruchtig debat");
        assertThat(signal.reporter()).isEqualTo(new CaseSignal.Reporter(null, "0123456789", true));
    }

    @Test
    void what_the_tests_take_for_sound_is_sound_by_the_published_schema() throws IOException {
        Path schema = DATA.resolve("post_signals_v1_public_signals.schema.json");
        assumeTrue(Files.exists(schema), "the schema of Signalen is not here");
        var published = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Files.readString(schema), InputFormat.JSON);

        assertThat(published.validate(json(SOUND))).isEmpty();
        assertThat(published.validate(json(SOUND.replace("12,", "\"12\",")))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "\"12\"", "12.0", "null", "\"\"", "99999"})
    void a_house_number_comes_in_many_spellings_and_none_stays(String number) {
        SignalDraft draft = map(SOUND.replace("12,", number + ","));

        assertThat(draft.signal().subject().neighbourhood().place()).isEqualTo("9990AB|Fakestraat|Voorbeeldstad");
        assertThat(Json.write(draft.signal().subject())).doesNotContain("12", "99999");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Fakestraat 12         | Fakestraat
            Fakestraat 12-B       | Fakestraat
            Fakestraat12          | Fakestraat
            Fakestraat, nr. 12    | Fakestraat, nr
            1e Fakestraat         | 1e Fakestraat
            10e Fakestraat 5      | 10e Fakestraat
            2de Fakestraat 5 hs   | 2de Fakestraat
            Fake's Plein          | Fake's Plein
            12 Fakestraat         | null
            """)
    void a_house_number_within_the_name_of_a_street_is_cut_off(String sent, String kept) {
        assertThat(map(SOUND.replace("Fakestraat", sent))
                        .signal()
                        .subject()
                        .neighbourhood()
                        .place())
                .isEqualTo("9990AB|" + kept + "|Voorbeeldstad");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "huisnummer":12         | "huisnummer":0                         | /location/address/huisnummer | out-of-range
            "huisnummer":12         | "huisnummer":1.5                       | /location/address/huisnummer | out-of-range
            "huisnummer":12         | "huisnummer":100000                    | /location/address/huisnummer | out-of-range
            "huisnummer":12         | "huisnummer":true                      | /location/address/huisnummer | out-of-range
            "huisnummer":12         | "huisnummer":"12 B"                    | /location/address/huisnummer | out-of-range
            "text":"Fictief"        | "text":"  "                            | /text                        | too-short
            "text":"Fictief"        | "text":7                               | /text                        | wrong-type
            2026-11-20T10:00:00+01:00 | 2026-11-20T10:00:00                  | /incident_date_start         | wrong-form
            2026-11-20T10:00:00+01:00 | 2026-11-21T12:06:00Z                 | /incident_date_start         | date-in-future
            "text":"Fictief"        | "text":"Fictief","created_at":"nu"     | /created_at                  | wrong-form
            "text":"Fictief"        | "text":"Fictief","text_extra":"999990342" | /text_extra               | bsn-not-allowed
            /categories/afval       | /afval                                 | /category/sub_category       | wrong-form
            sub_category            | sub                                    | /category/sub_category       | missing
            sub_category            | category_url                           |                              |
            "text":"Fictief"        | "text":"Fictief","reporter":"ik"       | /reporter                    | wrong-type
            """)
    void every_fault_stands_at_its_own_place(String sound, String bad, String pointer, String code) {
        String message = SOUND.replace(sound, bad);

        if (pointer == null) {
            assertThat(map(message).signal().category()).isEqualTo("area.litter");
            return;
        }
        assertThat(faults(message, null))
                .extracting(Fault::pointer, Fault::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(pointer, code));
    }

    @Test
    void a_moment_is_one_whatever_its_offset() {
        Instant inDutch = map(SOUND).signal().occurredAt().toInstant();

        assertThat(map(SOUND.replace("10:00:00+01:00", "09:00:00Z"))
                        .signal()
                        .occurredAt()
                        .toInstant())
                .isEqualTo(inDutch);
    }

    @Test
    void an_idempotency_key_is_the_reference_with_or_without_quotes() {
        assertThat(map(SOUND, "fake-key 1", NOON).signal().reference()).isEqualTo("fake-key 1");
        assertThat(map(SOUND, " \"fake-key 1\" ", NOON).signal().reference()).isEqualTo("fake-key 1");
        for (String bad : List.of("", "\"\"", "x".repeat(129), "fake\u0000key", "é")) {
            assertThat(faults(SOUND, bad)).extracting(Fault::code).containsExactly("wrong-idempotency-key");
        }
    }

    @Test
    void the_same_content_is_one_report_for_24_hours_and_another_after_that() {
        // whatever the hour of the first, also when a day ends in between
        for (int hour = 0; hour < 24; hour++) {
            accepted.clear();
            Instant first = Instant.parse("2026-11-21T00:00:00Z").plus(Duration.ofHours(hour));
            String reference = reference(SOUND, first);
            accepted.put(reference, first);

            assertThat(reference(SOUND, first.plus(Duration.ofHours(23))))
                    .as("within a day")
                    .isEqualTo(reference);
            assertThat(reference(SOUND, first.plus(Duration.ofHours(24).plusSeconds(1))))
                    .as("a day later")
                    .isNotEqualTo(reference);
        }
        String sameContent = json(SOUND).toPrettyString();
        assertThat(reference(sameContent, NOON.instant())).isEqualTo(reference(SOUND, NOON.instant()));
        assertThat(reference(SOUND.replace("Fictief", "Fictief!"), NOON.instant()))
                .isNotEqualTo(reference(SOUND, NOON.instant()));
    }

    private String reference(String message, Instant at) {
        return map(message, null, Clock.fixed(at, ZoneOffset.UTC)).signal().reference();
    }

    private SignalDraft map(String message) {
        return map(message, null, NOON);
    }

    private SignalDraft map(String message, String key, Clock clock) {
        return mapper(clock).map(PARTNERS.get("openbare-ruimte-demo"), json(message), key, Trace.continuing(null));
    }

    /** Areas are no part of this: the place stands for itself. */
    private MeldingMapper mapper(Clock clock) {
        return new MeldingMapper(
                CODES,
                VOCABULARY,
                (postalCode, street, town) ->
                        new CaseSignal.Neighbourhood(null, postalCode + '|' + street + '|' + town),
                (partner, reference) -> Optional.ofNullable(accepted.get(reference)),
                clock);
    }

    private List<Fault> faults(String message, String key) {
        return catchThrowableOfType(Rejected.class, () -> map(message, key, NOON))
                .faults();
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
