package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import nl.wijkhub.kernel.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The doors of police, welfare and care on a whole hub, with the golden messages. */
class PartnerDoorsIT {
    private static final Path GOLDEN = Path.of("src/test/golden");
    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.shared();
    }

    static Stream<Path> bad() throws IOException {
        return Stream.of("police", "welfare", "care")
                .flatMap(partner -> folders(partner).filter(folder -> Files.exists(folder.resolve("problem.json"))))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_bad_message_is_told_its_faults_and_nothing_of_what_it_said(Path folder) throws Exception {
        HttpResponse<String> answer = send(folder);
        JsonNode expected = Json.MAPPER.readTree(folder.resolve("problem.json").toFile());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = hub.json(answer);
        assertThat(problem.get("type").asText())
                .isEqualTo("urn:wijkhub:problem:" + expected.get("problem").asText());
        assertThat(problem.get("errors").findValuesAsText("pointer"))
                .isEqualTo(expected.get("errors").findValuesAsText("pointer"));
        assertThat(answer.body()).doesNotContain("Fake", "Fictief", "123456789", "root:");
    }

    @Test
    void each_partner_s_own_language_reaches_the_queues_it_may() throws Exception {
        String report = accepted(GOLDEN.resolve("police/e33-under-article-20-passes-as-police-contact"));
        String acute = accepted(GOLDEN.resolve("police/e33-acute-reaches-care"));
        String intake = accepted(GOLDEN.resolve("welfare/intake-with-nl-core-address"));
        String note = accepted(GOLDEN.resolve("care/communication-with-consent-for-municipality"));

        await().untilAsserted(() -> assertThat(signalsOf("medewerker-demo")).contains(report, intake, note));
        await().untilAsserted(() -> assertThat(signalsOf("zorg-lid-demo")).contains(acute));
        assertThat(signalsOf("zorg-lid-demo")).doesNotContain(report, intake, note);
        assertThat(signalsOf("wijkagent-demo")).doesNotContain(report, intake, note);
        String seen =
                hub.get(hub.user("medewerker-demo"), "/v1/signals/" + report).body();
        assertThat(seen).contains("safety.police-contact", "WPG20-DEMO-1").doesNotContain("confused", "E33", "Fictief");
    }

    @Test
    void another_media_type_is_refused_and_the_schema_is_open_to_everybody() throws Exception {
        assertThat(hub.post("politie-demo", "/v1/partners/police/reports", "text/plain", "fake")
                        .statusCode())
                .isEqualTo(415);
        assertThat(hub.post("welzijn-demo", "/v1/partners/care/notes", "application/fhir+json", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(hub.get("no-token", "/v1/schemas/police-report").body())
                .contains("urn:nl:wijkhub:politie:melding:1");
    }

    private static String accepted(Path folder) throws Exception {
        HttpResponse<String> answer = send(folder);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return hub.json(answer).get("id").asText();
    }

    private static HttpResponse<String> send(Path folder) throws Exception {
        JsonNode in = Json.MAPPER.readTree(folder.resolve("00-in.json").toFile());
        String path =
                switch (in.get("door").asText()) {
                    case "reports" -> "/v1/partners/police/reports";
                    case "intakes" -> "/v1/partners/welfare/intakes";
                    default -> "/v1/partners/care/notes";
                };
        byte[] body = in.has("file")
                ? Files.readAllBytes(folder.resolve(in.get("file").asText()))
                : in.get("body").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return hub.post(in.get("partner").asText(), path, in.path("mediaType").asText("application/json"), body);
    }

    private static Stream<Path> folders(String partner) {
        try (Stream<Path> folders = Files.list(GOLDEN.resolve(partner))) {
            return folders.toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Set<String> signalsOf(String user) throws IOException, InterruptedException {
        Set<String> ids = new HashSet<>();
        hub.json(hub.get(hub.user(user), "/v1/teams/vb-noord/queue-items?pageSize=1000"))
                .get("items")
                .forEach(item -> ids.add(item.get("signalId").asText()));
        return ids;
    }
}
