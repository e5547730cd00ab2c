package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import nl.wijkhub.lab.embedded.LiveFiles;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The real hub as a process, through its doors: from a landlord's message to the team's queue. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HubIT {
    private static final List<String> USERS = List.of(
            "medewerker-demo",
            "wijkagent-demo",
            "woonconsulent-demo",
            "welzijn-lid-demo",
            "zorg-lid-demo",
            "teamleider-demo");
    private static final List<String> QUEUES = List.of("municipality", "police", "housing", "welfare", "care");
    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    @Order(1)
    void a_landlord_s_case_reaches_every_discipline_as_far_as_it_may() throws Exception {
        assertThat(hub.put(
                                "corporatie-demo",
                                "/v1/partners/housing/eenheden/E-1",
                                "{\"postcode\":\"9990 ab\",\"huisnummer\":\"12\"}")
                        .statusCode())
                .isEqualTo(201);

        HttpResponse<String> accepted =
                hub.post("corporatie-demo", "/v1/partners/housing/zaken", zaak("fake-zaak-1", "GEL"));

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("API-Version")).isPresent();
        String id = hub.json(accepted).get("id").asText();
        assertThat(accepted.headers().firstValue("Location")).contains("/v1/signals/" + id);
        await().untilAsserted(() -> assertThat(signalsOf("medewerker-demo")).contains(id));
        assertThat(signalsOf("wijkagent-demo")).contains(id);
        assertThat(signalsOf("welzijn-lid-demo")).contains(id);
        assertThat(signalsOf("woonconsulent-demo")).doesNotContain(id);
        assertThat(signalsOf("zorg-lid-demo")).doesNotContain(id);

        JsonNode municipality = hub.json(hub.get(hub.user("medewerker-demo"), "/v1/signals/" + id));
        assertThat(municipality.get("disclosure").asText()).isEqualTo("SUMMARY");
        assertThat(municipality.get("address").get("houseNumber").asInt()).isEqualTo(12);
        JsonNode welfare = hub.json(hub.get(hub.user("welzijn-lid-demo"), "/v1/signals/" + id));
        assertThat(welfare.get("disclosure").asText()).isEqualTo("NOTICE");
        assertThat(welfare.has("contact")).isTrue();
        assertThat(welfare.has("address") || welfare.has("category")).isFalse();
        JsonNode sender = hub.json(hub.get(hub.token("corporatie-demo"), "/v1/signals/" + id));
        assertThat(sender.get("status").asText()).isEqualTo("accepted");
        assertThat(sender.has("disclosure")).isFalse();
        assertThat(hub.get(hub.user("zorg-lid-demo"), "/v1/signals/" + id).statusCode())
                .isEqualTo(404);
        assertThat(hub.get(hub.user("teamleider-zuid"), "/v1/signals/" + id).statusCode())
                .isEqualTo(404);
        assertThat(hub.get(hub.user("privacy-demo"), "/v1/signals/" + id).statusCode())
                .isEqualTo(404);
        assertThat(hub.get(hub.token("corporatie-twee"), "/v1/signals/" + id).statusCode())
                .isEqualTo(404);
        assertThat(hub.get(hub.token("vb-noord.municipality"), "/v1/signals/" + id)
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.get(hub.token("corporatie-demo"), "/v1/signals?reference=fake-zaak-1")
                        .body())
                .contains(id);
        assertThat(hub.get(hub.token("corporatie-twee"), "/v1/signals?reference=fake-zaak-1")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(2)
    void a_repeat_is_recognised_and_other_content_is_a_conflict() throws Exception {
        String id = hub.json(hub.post("corporatie-demo", "/v1/partners/housing/zaken", zaak("fake-zaak-2", "GEL")))
                .get("id")
                .asText();

        HttpResponse<String> repeat =
                hub.post("corporatie-demo", "/v1/partners/housing/zaken", zaak("fake-zaak-2", "GEL"));
        HttpResponse<String> other =
                hub.post("corporatie-demo", "/v1/partners/housing/zaken", zaak("fake-zaak-2", "RUZ"));

        assertThat(repeat.statusCode()).isEqualTo(200);
        assertThat(repeat.body()).contains(id, "\"duplicate\":true");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("urn:wijkhub:problem:reference-conflict", "/idExtern");
    }

    @Test
    @Order(3)
    void a_signal_released_to_nobody_leaves_every_recipient_s_world_as_it_was() throws Exception {
        hub.post("corporatie-demo", "/v1/partners/housing/zaken", zaak("fake-zaak-3", "GEL"));
        await().untilAsserted(() -> assertThat(signalsOf("medewerker-demo")).hasSizeGreaterThanOrEqualTo(3));
        atRest();
        Map<String, String> before = world();

        HttpResponse<String> drugs =
                hub.post("corporatie-demo", "/v1/partners/housing/zaken", zaak("fake-zaak-4", "DRU"));
        String id = hub.json(drugs).get("id").asText();
        atRest();

        assertThat(drugs.statusCode()).isEqualTo(202);
        assertThat(world()).isEqualTo(before);
        for (String user : USERS) {
            assertThat(hub.get(hub.user(user), "/v1/signals/" + id).body().replaceAll("\"instance\":\"[0-9a-f]+\"", ""))
                    .as("as if it never was")
                    .isEqualTo(hub.get(hub.user(user), "/v1/signals/00000000-0000-7000-8000-000000000000")
                            .body()
                            .replaceAll("\"instance\":\"[0-9a-f]+\"", ""));
        }
    }

    @Test
    @Order(4)
    void a_foreign_amqp_client_reads_its_own_queue_and_is_refused_another_s() throws Exception {
        try (Connection connection = amqp("vb-noord.municipality")) {
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            try (MessageConsumer consumer = session.createConsumer(session.createQueue("team.vb-noord.municipality"))) {
                Message message = consumer.receive(5_000);
                JsonNode event = Json.MAPPER.readTree(message.getBody(byte[].class));
                assertThat(event.get("type").asText()).isEqualTo("nl.veilige-buurten.signaal-toegewezen.v1");
                assertThat(event.get("source").asText()).isEqualTo("urn:nld:oin:00000009999999999000:systeem:wijkhub");
                assertThat(event.get("specversion").asText()).isEqualTo("1.0");
                assertThat(event.get("dataref").asText()).startsWith("/v1/signals/");
                assertThat(event.get("data").fieldNames()).toIterable().isSubsetOf("id", "dueAt", "priority", "level");
                assertThat(String.valueOf(((AmqpJmsMessageFacade) ((JmsMessage) message).getFacade()).getContentType()))
                        .isEqualTo("application/cloudevents+json");
            }
            for (String forbidden : List.of(
                    "team.vb-noord.police", "team.vb-zuid.municipality", "signal.accepted", "dead.signal.accepted")) {
                assertThatThrownBy(() -> session.createConsumer(session.createQueue(forbidden)))
                        .as(forbidden)
                        .isInstanceOf(JMSException.class);
            }
            assertThatThrownBy(() -> session.createProducer(session.createQueue("team.vb-noord.municipality")))
                    .isInstanceOf(JMSException.class);
        }
        assertThatThrownBy(() -> {
                    JmsConnectionFactory factory = new JmsConnectionFactory(url());
                    factory.createConnection("vb-noord.municipality", "wrong").start();
                })
                .isInstanceOf(JMSException.class);
    }

    @Test
    @Order(5)
    void a_follower_is_told_of_a_new_item_and_resumes_where_it_was() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Thread follower = follow(null, lines);
        await().until(() -> lines.stream().anyMatch(l -> l.startsWith(": wijkhub")));
        hub.post("corporatie-demo", "/v1/partners/housing/zaken", zaak("fake-zaak-5", "GEL"));
        await().until(() -> lines.stream().anyMatch(l -> l.startsWith("id: ")));
        String seen = lines.stream()
                .filter(l -> l.startsWith("id: "))
                .findFirst()
                .orElseThrow()
                .substring(4);
        follower.interrupt();

        hub.post("corporatie-demo", "/v1/partners/housing/zaken", zaak("fake-zaak-6", "GEL"));
        await().untilAsserted(() -> assertThat(signalsOf("medewerker-demo")).hasSizeGreaterThanOrEqualTo(5));
        List<String> resumed = Collections.synchronizedList(new ArrayList<>());
        Thread again = follow(seen, resumed);
        await().until(() -> resumed.stream().anyMatch(l -> l.startsWith("id: ")));

        assertThat(resumed).doesNotContain("id: " + seen);
        again.interrupt();
    }

    @Test
    @Order(6)
    void every_bad_input_gets_its_problem_and_the_hub_stays_up() throws Exception {
        String token = hub.token("corporatie-demo");
        assertThat(raw(token, "application/json", "{\"a\":".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(400);
        assertThat(raw(token, "application/json; charset=iso-8859-1", "{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(415);
        assertThat(raw(token, "text/xml", "<a/>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(415);
        assertThat(raw(token, "application/json", "[".repeat(200_000).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(400);
        assertThat(raw(token, "application/json", new byte[20_000_000])).isEqualTo(413);
        assertThat(raw("not-a-token", "application/json", "{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(401);
        assertThat(hub.post("politie-demo", "/v1/partners/housing/zaken", "{}").statusCode())
                .isEqualTo(403);
        assertThat(hub.post("nobody-we-know", "/v1/signals", "{}").statusCode()).isEqualTo(403);
        assertThat(hub.get(token, "/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(hub.get(token, "/v1/teams/vb-noord/queue-items").statusCode())
                .isEqualTo(404);
        assertThat(hub.get(hub.user("medewerker-demo"), "/v1/teams/vb-zuid/queue-items")
                        .statusCode())
                .isEqualTo(404);
        assertThat(hub.get(hub.user("medewerker-demo"), "/v1/teams/vb-noord/queue-items?pageSize=0&state=x&sort=y")
                        .body())
                .contains("/pageSize", "/state", "/sort");
        assertThat(hub.process.isReady()).isTrue();
    }

    @Test
    @Order(7)
    void a_page_of_the_queue_goes_on_where_the_one_before_ended() throws Exception {
        JsonNode first = hub.json(hub.get(hub.user("medewerker-demo"), "/v1/teams/vb-noord/queue-items?pageSize=2"));
        JsonNode second = hub.json(hub.get(
                hub.user("medewerker-demo"),
                "/v1/teams/vb-noord/queue-items?pageSize=2&after="
                        + first.get("next").asText()));

        assertThat(first.get("items")).hasSize(2);
        assertThat(second.get("items").toString())
                .doesNotContain(
                        first.get("items").get(0).get("id").asText(),
                        first.get("items").get(1).get("id").asText());
    }

    @Test
    @Order(8)
    void no_name_stands_in_clear_in_database_journal_or_log_and_all_survives_a_kill() throws Exception {
        HttpResponse<String> accepted = hub.post("corporatie-demo", "/v1/signals", """
                {"reference":"Fakereferentie van Vriesland","occurredAt":"2026-11-20T10:00:00Z","reportedAt":"2026-11-20T10:00:00Z",
                 "category":"nuisance.noise","severity":"low","narrative":"Fakeverhaal over Vriesland",
                 "reporter":{"name":"Fakemelder Vriesland","phone":"0699999999","sharingAllowed":false},
                 "subject":{"household":{"address":{"postalCode":"9990 XY","houseNumber":77},
                   "persons":[{"role":"tenant","name":"Fakehuurder Vriesland","birthDate":"1970-01-02","phone":"0688888888"}]}}}""");
        hub.post("welzijn-demo", "/v1/signals", """
                {"reference":"fake-bsn","occurredAt":"2026-11-20T10:00:00Z","reportedAt":"2026-11-20T10:00:00Z",
                 "category":"social.isolation","severity":"low",
                 "subject":{"household":{"persons":[{"role":"resident","name":"Fakebewoner Vriesland","bsn":"999990342"}]}}}""");
        assertThat(hub.post("politie-demo", "/v1/partners/police/reports", "application/xml", """
                        <melding xmlns="urn:nl:wijkhub:politie:melding:1"><registratienummer>fake-p</registratienummer>
                        <maatschappelijkeKlasse>E33</maatschappelijkeKlasse>
                        <datumTijdKennisname>2026-11-20T10:00:00Z</datumTijdKennisname>
                        <datumTijdVoorval>2026-11-20T10:00:00Z</datumTijdVoorval>
                        <locatie><postcode>9990 XY</postcode><huisnummer>77</huisnummer></locatie>
                        <betrokkenen><rol>betrokkene</rol><achternaam>Vriesland</achternaam><bsn>999990342</bsn></betrokkenen>
                        <ernst>2</ernst><toelichting>Fakeverhaal over Vriesland</toelichting>
                        <grondslag><artikel>Wpg20</artikel><besluit>fake Vriesland 999990342</besluit></grondslag></melding>""")
                        .statusCode())
                .isEqualTo(202);
        assertThat(hub.post("welzijn-demo", "/v1/partners/welfare/intakes", "application/fhir+json", """
                        {"resourceType":"Bundle","type":"collection","entry":[
                         {"resource":{"resourceType":"Patient","id":"p","name":[{"text":"Fakebewoner Vriesland"}],
                          "birthDate":"1970-01-02","telecom":[{"system":"phone","value":"0688888888"}],
                          "identifier":[{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"999990342"}],
                          "address":[{"postalCode":"9990XY","line":["Fakestraat 77"]}]}},
                         {"resource":{"resourceType":"Consent","status":"active","patient":{"reference":"Patient/p"},
                          "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
                          "identifier":[{"value":"toestemming Vriesland"}],"provision":{"type":"permit"}}},
                         {"resource":{"resourceType":"Communication","identifier":[{"value":"fake-w"}],"status":"completed",
                          "subject":{"reference":"Patient/p"},"sent":"2026-11-20T10:00:00Z",
                          "category":[{"coding":[{"system":"urn:wijkhub:codesystem:category","code":"social.isolation","display":"Vriesland"}]}],
                          "payload":[{"contentString":"Fakeverhaal over Vriesland"}]}}]}""")
                        .statusCode())
                .isEqualTo(202);
        String id = hub.json(accepted).get("id").asText();
        await().untilAsserted(() ->
                assertThat(signalsOf("medewerker-demo")).contains(id).hasSizeGreaterThan(1));
        await().untilAsserted(() -> assertThat(signalsOf("zorg-lid-demo")).isNotEmpty());
        assertThat(hub.json(hub.get(hub.user("medewerker-demo"), "/v1/signals/" + id))
                        .get("persons")
                        .get(0)
                        .get("name")
                        .asText())
                .isEqualTo("Fakehuurder Vriesland");
        hub.process.kill();

        List<String> secrets = List.of("Vriesland", "0699999999", "0688888888", "999990342", "9990XY", "1970-01-02");
        for (Path file : LiveFiles.below(hub.place.resolve("data"))) {
            if (!file.toString().contains("/database/bin/")) {
                assertThat(inClear(file, secrets))
                        .as(file.getFileName().toString())
                        .isEmpty();
            }
        }
        assertThat(hub.log()).doesNotContain(secrets.toArray(String[]::new));

        hub.process.start();
        hub.process.awaitReady();
        assertThat(signalsOf("medewerker-demo")).contains(id);
        assertThat(hub.process.stop()).as("exit code on SIGTERM").isZero();
        assertThat(hub.log()).contains("event=hub.stopped");
        assertThat(hub.log()).doesNotContain(" ERROR ");
    }

    private static String zaak(String reference, String detail) {
        return """
                {"idExtern":"%s","zaaktype":{"soort":{"code":"SOC"},"detailSoort":{"code":"%s"}},
                 "registratiedatum":"2026-11-20T09:00:00Z","eenheden":["https://corporatie.example/eenheden/E-1"]}""".formatted(reference, detail);
    }

    private static List<String> signalsOf(String user) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        hub.json(hub.get(hub.user(user), "/v1/teams/vb-noord/queue-items?pageSize=1000"))
                .get("items")
                .forEach(item -> ids.add(item.get("signalId").asText()));
        return ids;
    }

    /** Everything a recipient can get hold of: items, and the content of every queue without the times. */
    private static Map<String, String> world() throws Exception {
        Map<String, String> world = new TreeMap<>();
        for (String user : USERS) {
            world.put(
                    user,
                    hub.get(hub.user(user), "/v1/teams/vb-noord/queue-items?pageSize=1000")
                            .body());
        }
        for (String discipline : QUEUES) {
            try (Connection connection = amqp("vb-noord." + discipline)) {
                Session session = connection.createSession();
                QueueBrowser browser = session.createBrowser(session.createQueue("team.vb-noord." + discipline));
                StringBuilder content = new StringBuilder();
                for (Object message : Collections.list(browser.getEnumeration())) {
                    content.append(new String(((Message) message).getBody(byte[].class), StandardCharsets.UTF_8))
                            .append('\n');
                }
                world.put("queue " + discipline, content.toString());
            }
        }
        return world;
    }

    private static void atRest() {
        await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ofSeconds(1)).until(() -> {
            String metrics = hub.process.metrics();
            return metrics.contains("wijkhub_signal_age_seconds 0.0")
                    && metrics.contains("wijkhub_delivery_waiting 0.0");
        });
    }

    private static String url() {
        return "amqp://127.0.0.1:" + hub.process.amqpPort();
    }

    private static Connection amqp(String login) throws JMSException {
        Vault vault = Vault.open(hub.config().resolve("secrets"));
        Connection connection =
                new JmsConnectionFactory(url()).createConnection(login, BrokerLogins.passwordOf(vault, login));
        connection.start();
        return connection;
    }

    private static int raw(String token, String contentType, byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(hub.process.url() + "/v1/signals"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", contentType)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        return response.statusCode();
    }

    private static Thread follow(String lastEventId, List<String> lines) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(hub.process.url() + "/v1/teams/vb-noord/events"))
                .header("Authorization", "Bearer " + hub.user("medewerker-demo"));
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<java.io.InputStream> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        Thread thread = new Thread(() -> {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException ended) {
                lines.add("ended");
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Bytes as characters: finds text in tables, write-ahead log and journal, with and without wide characters. */
    private static List<String> inClear(Path file, List<String> secrets) throws IOException {
        try {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1).replace("\0", "");
            return secrets.stream().filter(content::contains).toList();
        } catch (
                NoSuchFileException goneMeanwhile) { // the database is still up: a temporary table ends with its writer
            return List.of();
        }
    }
}
