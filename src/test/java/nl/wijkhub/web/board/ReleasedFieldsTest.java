package nl.wijkhub.web.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.SignalFixture;
import org.junit.jupiter.api.Test;

class ReleasedFieldsTest {
    private static final ObjectNode ALL = Json.read("""
            {"id":"1","releaseId":"2","disclosure":"FULL","ground":"VITAL",
             "advice":"Fictief advies","contact":"coördinator","occurredAt":"2026-01-02T10:00:00Z",
             "reportedAt":"2026-01-03T10:00:00Z","category":"nuisance.noise","lifeDomains":["financien","huisvesting"],
             "scores":[{"lifeDomain":"financien","value":2,"scoredOn":"2026-01-01"}],"severity":"acute",
             "senderDiscipline":"POLICE","experiencedImpact":4,"knownToPolice":true,
             "reporter":{"name":"Fake Melder","phone":"0600000000","sharingAllowed":true},
             "workerSafety":{"advice":"met twee","until":"2026-12-31"},"narrative":"Fictief verhaal",
             "senderTerm":{"system":"fake","code":"E35","label":"Burengerucht"},"strengths":["helpt buren"],
             "informalHelpers":["Fake Oom"],"address":{"postalCode":"9990AB","houseNumber":5,"addition":"a"},
             "area":{"buurtCode":"BU99990101"},
             "persons":[{"role":"tenant","name":"Fake Huurder","birthDate":"1970-01-01","phone":"0611111111"},
                        {"role":"child"}]}""", ObjectNode.class);

    @Test
    void whatever_passed_is_said_in_words_safety_first() {
        Map<String, String> fields = ReleasedFields.of(ALL, Texts.in("nl"), SignalFixture.VOCABULARY);

        assertThat(fields.keySet()).first().isEqualTo("Veiligheid");
        assertThat(fields)
                .hasSize(20)
                .containsEntry("Veiligheid", "met twee (tot 31 dec. 2026)")
                .containsEntry("Adres", "9990 AB 5 a")
                .containsEntry("Bekend bij politie", "ja")
                .containsEntry("Leefgebieden", "Financiën, Huisvesting")
                .containsEntry("Scores", "Financiën 2")
                .containsEntry("Personen", "Fake Huurder, huurder, 1 jan. 1970, 0611111111; kind")
                .containsEntry("Soort volgens de afzender", "Burengerucht, E35")
                .containsEntry("Melder", "Fake Melder, 0600000000")
                .containsEntry("Informele hulp", "Fake Oom")
                .containsEntry("Verhaal", "Fictief verhaal");
    }

    @Test
    void every_field_that_can_pass_is_said() {
        List<String> notSaid = List.of("id", "releaseId", "disclosure", "ground");

        ALL.fieldNames().forEachRemaining(name -> {
            ObjectNode one = Json.MAPPER.createObjectNode();
            one.set(name, ALL.get(name));
            assertThat(ReleasedFields.of(one, Texts.in("en"), SignalFixture.VOCABULARY))
                    .as(name)
                    .hasSize(notSaid.contains(name) ? 0 : 1);
        });
    }

    @Test
    void what_did_not_pass_has_no_line() {
        assertThat(ReleasedFields.of(Json.MAPPER.createObjectNode(), Texts.in("nl"), SignalFixture.VOCABULARY))
                .isEmpty();
    }
}
