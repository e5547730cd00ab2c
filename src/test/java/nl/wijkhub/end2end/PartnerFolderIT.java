package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import nl.wijkhub.ForeignAmqp;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A partner is a folder: its mapper, its codes and a few lines of YAML, and nothing else in the house knows its name. */
class PartnerFolderIT {
    private static final String DOOR = "/v1/partners/attendance/absences";
    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.startWith(
                Path.of("src/test/resources/partner/attendance"),
                Map.of(
                        "hub.properties",
                        Map.of("hub.management.routes=off", "hub.management.routes=on"),
                        "partners.yaml",
                        Map.of(
                                "doors: [signals, consents], ground: AVG-6-1-e, maySendBsn: true",
                                "doors: [signals, consents, attendance], ground: AVG-6-1-e, maySendBsn: true")));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void its_door_takes_its_own_format_to_the_queue_of_the_team() throws Exception {
        HttpResponse<String> answer = hub.post("gemeente-demo", DOOR, absence("fake-1", "LUXE"));

        assertThat(answer.statusCode()).isEqualTo(202);
        String id = hub.json(answer).get("id").asText();
        await().untilAsserted(() -> assertThat(hub.get(hub.user("medewerker-demo"), "/v1/teams/vb-noord/queue-items")
                        .body())
                .contains(id));
    }

    @Test
    void what_its_route_did_is_counted_for_callers_on_this_machine_and_for_nobody_behind_a_proxy() throws Exception {
        hub.post("gemeente-demo", DOOR, absence("fake-6", "LUXE"));

        HttpResponse<String> counted = routes("Accept", "application/json");
        assertThat(counted.statusCode()).isEqualTo(200);
        JsonNode own = null;
        for (JsonNode route : hub.json(counted).get("routes")) {
            own = route.get("route").asText().equals("attendance-absences") ? route : own;
        }
        assertThat(own.get("exchanges").asInt()).isPositive();
        assertThat(own.get("state").asText()).isEqualTo("Started");
        assertThat(hub.process.metrics()).contains("routeId=\"attendance-absences\"");
        assertThat(routes("X-Forwarded-For", "203.0.113.9").statusCode()).isEqualTo(404);
        assertThat(routes("Forwarded", "for=203.0.113.9").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> routes(String header, String value) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(hub.process.managementUrl() + "/routes"))
                                .header(header, value)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void all_faults_are_told_at_once() throws Exception {
        HttpResponse<String> answer = hub.post("gemeente-demo", DOOR, "{\"kenmerk\":\"fake-2\",\"verzuim\":\"X\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        Set<String> pointers = new TreeSet<>();
        for (JsonNode error : hub.json(answer).get("errors")) {
            pointers.add(error.get("pointer").asText());
        }
        assertThat(pointers).containsExactly("/gemeldOp", "/postcode", "/verzuim");
    }

    @Test
    void a_partner_without_the_right_or_of_another_discipline_is_kept_out() throws Exception {
        assertThat(hub.post("corporatie-demo", DOOR, absence("fake-3", "LUXE")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_message_takes_the_same_route_by_its_subject_and_by_its_sender_s_own_door() throws Exception {
        Message named = ForeignAmqp.message("application/json", bytes(absence("fake-4", "ZORG")));
        named.setSubject("attendance/absences");
        send(named);
        send(ForeignAmqp.message("application/json", bytes(absence("fake-5", "ZORG"))));

        for (String reference : new String[] {"fake-4", "fake-5"}) {
            await().untilAsserted(
                            () -> assertThat(hub.get(hub.token("gemeente-demo"), "/v1/signals?reference=" + reference)
                                            .body())
                                    .contains("\"status\""));
            HttpResponse<String> repeat = hub.post("gemeente-demo", DOOR, absence(reference, "ZORG"));
            assertThat(repeat.statusCode()).as(repeat.body()).isEqualTo(200);
        }
    }

    private static String absence(String reference, String code) {
        return """
                {"kenmerk":"%s","gemeldOp":"2026-11-20T10:00:00+01:00","verzuim":"%s","postcode":"9990 AB","huisnummer":412}""".formatted(reference, code);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void send(Message message) {
        Vault vault = Vault.open(hub.config().resolve("secrets"));
        try (ForeignAmqp amqp = new ForeignAmqp(
                hub.process.amqpPort(), "gemeente-demo", BrokerLogins.passwordOf(vault, "gemeente-demo"))) {
            assertThat(amqp.send("signal.in.gemeente-demo", message)).isInstanceOf(Accepted.class);
        }
    }
}
