package nl.wijkhub.web.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.wijkhub.Contract;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.SignalFixture;
import nl.wijkhub.signal.SignalSchema;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document: sound by its specification, and every example by its schema. */
class AsyncApiDocumentTest {
    private static final Path SPECIFICATION =
            Path.of(System.getenv().getOrDefault("WIJKHUB_DATA", "../shared/data"), "asyncapi/3.0.0.json");

    static AsyncApiDocument document() {
        return new AsyncApiDocument(
                "https://wijkhub.example.nl",
                "00000009999999999000",
                new SignalSchema().tree(),
                SignalFixture.DOORS.names());
    }

    private final Contract contract = new Contract(document().tree());

    @Test
    void it_is_valid_asyncapi_3() throws IOException {
        assumeTrue(Files.exists(SPECIFICATION), "the schema of AsyncAPI is not here");

        Schema specification = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Files.readString(SPECIFICATION), InputFormat.JSON);

        assertThat(specification.validate(document().tree())).isEmpty();

        ObjectNode bad = document().tree().deepCopy();
        ((ObjectNode) bad.at("/channels/teamQueue")).put("adress", "fake");
        assertThat(specification.validate(bad)).as("a word that is none").isNotEmpty();
    }

    @Test
    void every_reference_leads_somewhere_and_every_message_has_an_example_that_fits() {
        JsonNode document = contract.document();
        document.findParents("$ref").forEach(contract::follow);
        JsonNode messages = document.at("/components/messages");
        assertThat(document.at("/channels/signalIn/messages").findValuesAsText("$ref"))
                .contains("#/components/messages/sendZaak", "#/components/messages/sendPoliceReportXml")
                .hasSize(14);
        assertThat(messages.size())
                .as("what is taken, and the five that are sent")
                .isEqualTo(14 + 5);
        messages.properties().forEach(message -> {
            assertThat(message.getValue().get("examples")).as(message.getKey()).isNotEmpty();
            message.getValue().get("examples").forEach(example -> {
                JsonNode payload = example.get("payload");
                assertThat(contract.faults(message.getValue().get("payload"), payload))
                        .as(message.getKey())
                        .isEmpty();
                String name = message.getValue().get("name").asText();
                assertThat(name.startsWith("nl.") ? payload.get("type").asText() : name)
                        .as(message.getKey())
                        .isEqualTo(name);
            });
        });
    }

    @Test
    void an_event_that_tells_more_than_it_may_does_not_fit() {
        JsonNode message = contract.document().at("/components/messages/SignaalToegewezen");
        String good = message.at("/examples/0/payload").toString();

        for (String bad : new String[] {
            good.replace("\"level\":1", "\"category\":\"nuisance.noise\""),
            good.replace("\"level\":1", "\"level\":9"),
            good.replace("\"subject\":", "\"bsn\":"),
            good.replace("/v1/signals/", "/v1/plans/"),
            good.replace("signaal-toegewezen", "opschaling"),
            good.replace(":systeem:wijkhub", ":systeem:ander")
        }) {
            assertThat(bad).isNotEqualTo(good);
            assertThat(contract.faults(message.get("payload"), Json.read(bad, JsonNode.class)))
                    .as(bad)
                    .isNotEmpty();
        }
    }
}
