package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.ForeignAmqp;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.message.Message;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.StreamSender;
import org.apache.qpid.protonj2.client.StreamSenderMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What partners send by AMQP, with a client that is not the hub's: taken as at a door, or kept until it can be. */
class MessagesIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String JSON = "application/json";
    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        // what stands still is looked for every second, and at once
        hub = RunningHub.start(Map.of(
                "hub.properties",
                Map.of(
                        "hub.attention.every=PT1M",
                        "hub.attention.every=PT1S",
                        "hub.stuck.after=PT15M",
                        "hub.stuck.after=PT0S")));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void every_language_is_read_by_its_media_type_and_is_a_repeat_at_its_door() throws Exception {
        unit("E-1");
        Message report = ForeignAmqp.message(
                "application/xml; charset=utf-8",
                Files.readAllBytes(golden("police/article-20-without-decision/message.xml")));
        send("politie-demo", report);
        took(
                "politie-demo",
                "/v1/partners/police/reports",
                "application/xml",
                Files.readString(golden("police/article-20-without-decision/message.xml")));
        for (String[] sample : new String[][] {
            {"housing/noise-in-one-house", "corporatie-demo", "housing/zaken", JSON},
            {"housing/psychiatric-label-is-health-data", "corporatie-demo", "housing/zaken", JSON},
            {"police/acute-threat-escalates", "politie-demo", "police/reports", JSON},
            {"welfare/consent-for-care", "welzijn-demo", "welfare/intakes", "application/fhir+json"},
            {
                "care/acute-violence-without-consent-reaches-the-police",
                "zorg-demo",
                "care/notes",
                "application/fhir+json"
            },
            {"public-space/category-by-its-slugs", "openbare-ruimte-demo", "public-space/signals", JSON}
        }) {
            String body = sample(sample[0]).replace("fake-1", "fake-" + sample[0].hashCode());
            send(sample[1], message(sample[3], body));
            took(sample[1], "/v1/partners/" + sample[2], sample[3], body);
        }
        String signalering = sample("housing/signalering-noise").replace("fake-1", "fake-signalering-1");
        send("corporatie-demo", message(JSON, signalering));
        took("corporatie-demo", "/v1/partners/housing/signaleringen", JSON, signalering);
    }

    @Test
    void the_shared_language_is_read_alone_as_an_event_and_as_many() throws Exception {
        send("gemeente-demo", message(JSON, signal("alone-1")));
        Message text = Message.Factory.create();
        text.setContentType(JSON);
        text.setBody(new AmqpValue(signal("alone-2")));
        send("gemeente-demo", text);
        Message binary = ForeignAmqp.with(
                message(JSON, signal("event-1")),
                Map.of(
                        "cloudEvents:id", "fake",
                        "cloudEvents:source", "urn:nld:oin:00000009999999999002:systeem:fake",
                        "cloudEvents:specversion", "1.0",
                        "cloudEvents:type", "nl.fake.signaal-gemeld.v1",
                        // a moment, not a text: the broker's own client cannot read it
                        "cloudEvents:time", new Date()));
        send("gemeente-demo", binary);
        send("gemeente-demo", message("application/cloudevents+json", event("event-2")));
        send("gemeente-demo", message("application/x-ndjson", signal("line-1") + "\n" + signal("line-2")));
        send("gemeente-demo", message("application/cloudevents-batch+json", "[" + event("line-3") + "]"));

        for (String reference : List.of("alone-1", "alone-2", "event-1", "event-2", "line-1", "line-2", "line-3")) {
            took("gemeente-demo", "/v1/signals", JSON, signal(reference));
        }
        reachTheQueue("gemeente-demo", "alone-1", "event-1", "line-3");
    }

    @Test
    void what_cannot_be_taken_is_kept_whole_with_every_fault_and_stops_nobody() throws Exception {
        String partner = "opbouwwerk-demo";
        byte[] large = new byte[20 * 1024 * 1024];
        Arrays.fill(large, (byte) '7');
        Message list = Message.Factory.create();
        list.setContentType(JSON);
        list.setBody(new AmqpSequence(List.of("fake", 1)));
        Message nothing = Message.Factory.create();
        nothing.setContentType(JSON);
        Message packed = message(JSON, signal("packed"));
        packed.setContentEncoding("gzip");
        Message badEvent = ForeignAmqp.with(
                message(JSON, signal("bad-event")),
                Map.of("cloudEvents:id", 5, "cloudEvents:fake.extension", "999990342"));
        List<Message> bad = List.of(
                message(null, signal("untyped")),
                message("text/csv", "a;b"),
                message("application/json; charset=iso-8859-1", signal("latin")),
                message(JSON, signal("cut").substring(0, 80)),
                message(JSON, "{\"reference\":\"bad\",\"narrative\":\"Fakebewoner 999990342\",\"severity\":\"erg\"}"),
                ForeignAmqp.message(JSON, new byte[] {(byte) 0xff, (byte) 0xfe}),
                ForeignAmqp.message(JSON, large),
                ForeignAmqp.message("application/x-ndjson", large),
                message("application/fhir+json", "{}"),
                message("application/xml", "<a/>"),
                list,
                nothing,
                packed,
                badEvent);
        for (Message message : bad) {
            send(partner, message);
        }
        send(partner, message(JSON, signal("good-after-bad")));

        took(partner, "/v1/signals", JSON, signal("good-after-bad"));
        List<JsonNode> kept = quarantine(hub.token(partner));
        assertThat(kept)
                .extracting(item -> item.at("/problem/status").asInt() + " "
                        + item.at("/problem/errors/0/code").asText("-"))
                .containsExactly(
                        "415 media-type",
                        "415 media-type",
                        "415 media-type",
                        "400 not-json",
                        "400 not-in-list",
                        "400 not-utf-8",
                        "413 -",
                        "413 -",
                        "403 -",
                        "403 -",
                        "400 not-bytes",
                        "400 empty",
                        "415 content-encoding",
                        "400 missing");
        assertThat(kept.get(4).at("/problem/errors").findValuesAsText("pointer"))
                .contains("/narrative", "/severity", "/category", "/subject");
        assertThat(kept)
                .allMatch(item -> item.get("kept").asBoolean()
                        && item.get("partner").asText().equals(partner));
        assertThat(kept.get(6).get("bytes").asLong()).isGreaterThan(20_000_000);
        assertThat(kept.toString()).doesNotContain("999990342", "Fakebewoner", "erg\"");
        assertThat(hub.log()).doesNotContain("999990342", "Fakebewoner", "event=message.failed");
        // as it came, whatever it is
        HttpResponse<String> again = replay(hub.token(partner), kept.get(6));
        assertThat(again.statusCode()).isEqualTo(413);
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode seen =
                    hub.json(hub.get(hub.token(partner), "/v1/partners")).at("/items/0");
            assertThat(seen.get("refused").asInt()).isEqualTo(bad.size());
            assertThat(seen.at("/stuck").findValuesAsText("kind")).contains("quarantined");
        });
        assertThat(hub.process.metrics()).contains("wijkhub_stuck{kind=\"quarantined\"}");
    }

    @Test
    void bytes_that_are_no_whole_message_are_kept_as_well() throws Exception {
        String partner = "corporatie-twee";
        byte[] encoded = new byte[4_000];
        int length = message(JSON, signal("cut-short")).encode(encoded, 0, encoded.length);
        sendRaw(partner, Arrays.copyOf(encoded, length - 10));
        send(partner, message(JSON, signal("whole-after-cut")));

        took(partner, "/v1/signals", JSON, signal("whole-after-cut"));
        JsonNode kept = quarantine(hub.token(partner)).stream()
                .filter(item -> item.at("/problem/errors/0/code").asText().equals("not-amqp"))
                .findFirst()
                .orElseThrow();
        assertThat(replay(hub.token(partner), kept).statusCode()).isEqualTo(400);
        assertThat(quarantine(hub.token(partner)))
                .anyMatch(item -> item.get("id").equals(kept.get("id")));
    }

    @Test
    void what_lacked_something_is_taken_when_it_is_tried_again_and_answers_the_same_ever_after() throws Exception {
        String zaak = sample("housing/noise-in-one-house")
                .replace("fake-1", "fake-later")
                .replace("E-1", "E-LATER");
        send("corporatie-demo", message(JSON, zaak));
        JsonNode kept = waiting("corporatie-demo", "/eenheden/0");
        assertThat(replay(hub.token("corporatie-demo"), kept).statusCode()).isEqualTo(400);
        assertThat(replay(hub.token("corporatie-twee"), kept).statusCode()).isEqualTo(404);
        assertThat(replay(hub.user("teamleider-demo"), kept).statusCode()).isEqualTo(403);

        unit("E-LATER");
        HttpResponse<String> taken = replay(hub.user("beheerder-demo"), kept);
        HttpResponse<String> again = replay(hub.token("corporatie-demo"), kept);

        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(taken.body());
        took("corporatie-demo", "/v1/partners/housing/zaken", JSON, zaak);
        assertThat(quarantine(hub.user("beheerder-demo")))
                .noneMatch(item -> item.get("id").equals(kept.get("id")));
    }

    @Test
    void good_lines_of_a_message_are_taken_and_the_rest_waits_with_the_whole() throws Exception {
        String units = """
                {"id":"E-L1","postcode":"9990 AB","huisnummer":21}
                {"id":"E-L2","postcode":"fake","huisnummer":22}
                """;
        Message register = message("application/x-ndjson", units);
        register.setSubject("housing/eenheden");
        send("corporatie-demo", register);
        JsonNode kept = waiting("corporatie-demo", "/postcode");
        assertThat(kept.at("/problem/errors/0/code").asText()).isEqualTo("lines-refused");
        assertThat(kept.at("/lines/0/line").asInt()).isEqualTo(2);

        String supersedes = signal("line-late").replace("\"low\"", "\"low\",\"supersedes\":\"line-first\"");
        send("corporatie-demo", message("application/x-ndjson", supersedes + "\n" + signal("line-good")));
        took("corporatie-demo", "/v1/signals", JSON, signal("line-good"));
        JsonNode late = waiting("corporatie-demo", "/supersedes");
        send("corporatie-demo", message(JSON, signal("line-first")));
        took("corporatie-demo", "/v1/signals", JSON, signal("line-first"));
        HttpResponse<String> taken = replay(hub.token("corporatie-demo"), late);

        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(taken.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(taken.body()).doesNotContain("problem");
        assertThat(taken.body().lines()).hasSize(2);
    }

    @Test
    void the_same_bad_message_again_is_one_entry_that_counts() throws Exception {
        for (int i = 0; i < 3; i++) {
            Message again = message(JSON, "{\"reference\":\"same-bad\"}");
            again.setMessageId("fake-" + i);
            again.setCreationTime(1_000L + i);
            send("welzijn-demo", again);
        }
        await().atMost(SOON).untilAsserted(() -> {
            List<JsonNode> kept = quarantine(hub.token("welzijn-demo"));
            assertThat(kept).hasSize(1);
            assertThat(kept.get(0).get("times").asInt()).isEqualTo(3);
        });
    }

    @Test
    void two_who_try_the_same_again_hear_the_same() throws Exception {
        String zaak = sample("housing/noise-in-one-house")
                .replace("fake-1", "fake-twice")
                .replace("E-1", "E-TWICE");
        send("corporatie-demo", message(JSON, zaak));
        JsonNode kept = waiting("corporatie-demo", "/eenheden/0");
        unit("E-TWICE");
        String token = hub.token("corporatie-demo");
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> {
                try {
                    HttpResponse<String> answer = replay(token, kept);
                    return answer.statusCode() + answer.body();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        Set<String> heard = new HashSet<>();
        for (CompletableFuture<String> answer : answers) {
            heard.add(answer.get(30, TimeUnit.SECONDS));
        }

        assertThat(heard).hasSize(1).allMatch(one -> one.startsWith("202"));
    }

    @Test
    void what_a_unit_became_since_is_not_undone_by_trying_an_older_message_again() throws Exception {
        Message register = message(
                "application/x-ndjson",
                "{\"id\":\"E-OLD\",\"postcode\":\"9990 AB\",\"huisnummer\":31}\n{\"id\":\"E-BAD\",\"postcode\":\"x\",\"huisnummer\":1}");
        register.setSubject("housing/eenheden");
        send("corporatie-twee", register);
        JsonNode kept = waiting("corporatie-twee", "/postcode");
        hub.put(
                "corporatie-twee",
                "/v1/partners/housing/eenheden/E-OLD",
                "{\"postcode\":\"9990 AB\",\"huisnummer\":32}");

        HttpResponse<String> again = replay(hub.token("corporatie-twee"), kept);

        assertThat(again.body().lines().findFirst().orElseThrow())
                .isEqualTo("{\"line\":1,\"status\":\"newer-stands\"}");
    }

    @Test
    void nobody_sends_in_the_name_of_another_and_a_team_sends_nothing() {
        for (String[] pair : new String[][] {
            {"corporatie-demo", "signal.in.politie-demo"},
            {"vb-noord.municipality", "signal.in.vb-noord.municipality"},
            {"corporatie-demo", "signal.accepted"}
        }) {
            try (ForeignAmqp amqp = client(pair[0])) {
                assertThatThrownBy(() -> amqp.send(pair[1], message(JSON, signal("foreign"))))
                        .as(String.join(" ", pair))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void what_the_broker_took_comes_through_once_whatever_is_killed_meanwhile() throws Exception {
        try (RunningHub other = RunningHub.start()) {
            int many = 300;
            String login = "gemeente-demo";
            try (ForeignAmqp amqp = client(other, login)) {
                for (int i = 0; i < many; i++) {
                    String body = i % 10 == 9 ? "{\"reference\":\"killed-bad-" + i + "\"}" : signal("killed-" + i);
                    amqp.send("signal.in." + login, message(JSON, body));
                }
            }
            other.process.kill();
            other.process.start();
            other.process.awaitReady();
            for (int i = 0; i < many; i++) {
                if (i % 10 != 9) {
                    String reference = "killed-" + i;
                    await().atMost(Duration.ofSeconds(60))
                            .pollDelay(Duration.ZERO)
                            .until(() -> other.get(other.token(login), "/v1/signals?reference=" + reference)
                                            .statusCode()
                                    == 200);
                }
            }
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                            other.json(other.get(other.token(login), "/v1/quarantine?pageSize=1000"))
                                    .get("items"))
                    .hasSize(many / 10));
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                List<String> items = new ArrayList<>();
                other.json(other.get(other.user("medewerker-demo"), "/v1/teams/vb-noord/queue-items?pageSize=1000"))
                        .get("items")
                        .forEach(item -> items.add(item.get("signalId").asText()));
                assertThat(items).hasSize(many - many / 10).doesNotHaveDuplicates();
            });
        }
    }

    private static ForeignAmqp client(String login) {
        return client(hub, login);
    }

    private static ForeignAmqp client(RunningHub of, String login) {
        Vault vault = Vault.open(of.config().resolve("secrets"));
        return new ForeignAmqp(of.process.amqpPort(), login, BrokerLogins.passwordOf(vault, login));
    }

    private static Message message(String contentType, String body) {
        return ForeignAmqp.message(contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(String partner, Message message) {
        try (ForeignAmqp amqp = client(partner)) {
            assertThat(amqp.send("signal.in." + partner, message)).isInstanceOf(Accepted.class);
        }
    }

    /** Bytes of the sender's own making, which its client does not look at. */
    private static void sendRaw(String partner, byte[] raw) throws Exception {
        Vault vault = Vault.open(hub.config().resolve("secrets"));
        try (Client client = Client.create();
                Connection connection = client.connect(
                        "127.0.0.1",
                        hub.process.amqpPort(),
                        new ConnectionOptions().user(partner).password(BrokerLogins.passwordOf(vault, partner)))) {
            StreamSender sender = connection.openStreamSender("signal.in." + partner);
            StreamSenderMessage message = sender.beginMessage();
            try (OutputStream bytes = message.rawOutputStream()) {
                bytes.write(raw);
            }
            message.tracker().awaitSettlement();
        }
    }

    /** Once it was taken from the queue, the same at its door is a repeat. */
    private static void took(String partner, String door, String mediaType, String body) throws Exception {
        String reference = referenceOf(body);
        if (reference != null) {
            await().atMost(SOON)
                    .until(() -> hub.get(hub.token(partner), "/v1/signals?reference=" + reference)
                                    .statusCode()
                            == 200);
        }
        await().atMost(SOON).untilAsserted(() -> {
            HttpResponse<String> repeat = hub.post(partner, door, mediaType, body);
            assertThat(repeat.statusCode()).as(repeat.body()).isEqualTo(200);
            assertThat(hub.json(repeat).get("duplicate").asBoolean()).isTrue();
        });
    }

    /** Of those that say it at their top: asking does not make it known, as posting it would. */
    private static String referenceOf(String body) throws Exception {
        if (!body.startsWith("{")) {
            return null;
        }
        JsonNode json = Json.MAPPER.readTree(body);
        for (String name : List.of("reference", "idExtern", "registratienummer")) {
            if (json.has(name)) {
                return json.get(name).asText();
            }
        }
        for (JsonNode entry : json.path("entry")) {
            JsonNode identifier = entry.at("/resource/identifier/0/value");
            if (entry.at("/resource/resourceType").asText().equals("Communication")) {
                return identifier.asText();
            }
        }
        return null;
    }

    private static void reachTheQueue(String partner, String... references) {
        await().atMost(SOON).untilAsserted(() -> {
            Set<String> there = new HashSet<>();
            hub.json(hub.get(
                            hub.user("medewerker-demo"),
                            "/v1/teams/vb-noord/queue-items?pageSize=1000&sort=-createdAt"))
                    .get("items")
                    .forEach(item -> there.add(item.get("signalId").asText()));
            for (String reference : references) {
                assertThat(there)
                        .contains(hub.json(hub.get(hub.token(partner), "/v1/signals?reference=" + reference))
                                .get("id")
                                .asText());
            }
        });
    }

    private static List<JsonNode> quarantine(String token) throws Exception {
        List<JsonNode> items = new ArrayList<>();
        hub.json(hub.get(token, "/v1/quarantine?pageSize=1000")).get("items").forEach(items::add);
        return items;
    }

    /** The entry of a partner in which something is wrong at this place. */
    private static JsonNode waiting(String partner, String pointer) {
        return ContractTown.soon(() -> quarantine(hub.token(partner)).stream()
                .filter(item -> item.findValuesAsText("pointer").contains(pointer))
                .findFirst()
                .orElse(null));
    }

    private static HttpResponse<String> replay(String token, JsonNode entry) throws Exception {
        return hub.sendAs(token, "/v1/quarantine/" + entry.get("id").asText() + "/_replay", "");
    }

    private static void unit(String id) throws Exception {
        hub.put(
                "corporatie-demo",
                "/v1/partners/housing/eenheden/" + id,
                "{\"postcode\":\"9990 AB\",\"huisnummer\":12}");
    }

    private static String sample(String name) throws Exception {
        return Json.MAPPER
                .readTree(Files.readString(golden(name + "/00-in.json")))
                .get("body")
                .toString();
    }

    private static Path golden(String name) {
        return Path.of("src/test/golden").resolve(name);
    }

    private static String event(String reference) {
        return """
                {"specversion":"1.0","id":"fake","source":"urn:nld:oin:00000009999999999002:systeem:fake",\
                "type":"nl.fake.signaal-gemeld.v1","data":%s}""".formatted(signal(reference));
    }

    private static String signal(String reference) {
        return """
                {"reference":"%s","occurredAt":"2026-11-20T10:00:00Z","reportedAt":"2026-11-20T10:00:00Z",\
                "category":"nuisance.noise","severity":"low","narrative":"Fakeverhaal",\
                "subject":{"household":{"address":{"postalCode":"9990 AB","houseNumber":12}}}}""".formatted(reference);
    }
}
