package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A broker that dies, or falls silent, apart from the hub: nobody waits for it, health names it and nobody else, and what was
 * acknowledged comes out once. And a hub that dies apart from the broker.
 */
@Tag("alone")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokerAwayIT {
    private static final String QUEUE = "team.vb-noord.municipality.gemeente-demo";

    /** It takes a second, and on a busy machine a little more; a hub that waits for a broker takes half a minute. */
    private static final Duration AT_ONCE = Duration.ofSeconds(4);

    /** From the kill: to start takes the hub ten seconds, and as long takes the broker to miss it; by default it takes a minute. */
    private static final Duration MISSED = Duration.ofSeconds(45);

    private static final Duration BACK = Duration.ofSeconds(60);
    private static final ConcurrentLinkedQueue<String> ACKNOWLEDGED = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final HttpClient BOARD = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
    private static RunningHub.Apart apart;

    private record Answer(int status, long millis) {}

    @BeforeAll
    static void start() throws Exception {
        apart = RunningHub.startApart();
        HttpResponse<String> form = board("/board/");
        BOARD.send(
                HttpRequest.newBuilder(form.uri())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=medewerker-demo"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(apart).ifPresent(both -> {
            both.hub().close();
            both.broker().close();
        });
    }

    @Test
    @Order(1)
    void a_broker_that_was_killed_keeps_nobody_waiting_and_nothing_is_lost() throws Exception {
        assertThat(postOnce().status()).isEqualTo(202);
        away("killed", () -> {
            apart.broker().kill();
            return null;
        });

        apart.broker().start();

        backAndWhole();
    }

    @Test
    @Order(2)
    void neither_does_one_that_says_nothing_more() throws Exception {
        away("silent", () -> {
            apart.broker().silence();
            return null;
        });

        apart.broker().goOn();

        backAndWhole();
    }

    @Test
    @Order(3)
    void a_hub_that_was_killed_is_missed_and_its_work_goes_on() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            lines.append(body(NUMBER.incrementAndGet())).append('\n');
        }
        HttpResponse<String> taken =
                apart.hub().post("corporatie-demo", "/v1/signals", "application/x-ndjson", lines.toString());
        List<String> ids = taken.body()
                .lines()
                .map(line -> Json.read(line, JsonNode.class).path("id").asText())
                .toList();
        ACKNOWLEDGED.addAll(ids);
        apart.hub().process.kill();
        long killed = System.nanoTime();
        assertThat(onTheQueue().containsAll(ids)).as("all of it was done").isFalse();
        apart.hub().process.start();
        apart.hub().process.awaitReady();
        long ready = System.nanoTime();

        await().atMost(MISSED).untilAsserted(BrokerAwayIT::assertNothingLostOrDoubled);

        Duration gone = Duration.ofNanos(System.nanoTime() - killed);
        System.out.println("hub killed and started: ready after "
                + Duration.ofNanos(ready - killed).toMillis() + " ms, all its work done after " + gone.toMillis()
                + " ms");
        assertThat(gone).isLessThan(MISSED);
    }

    private interface Blow {
        Void strike() throws Exception;
    }

    /** Sends on while it happens, and asserts what everybody meets. */
    private static void away(String how, Blow blow) throws Exception {
        ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
        ExecutorService senders = Executors.newFixedThreadPool(4);
        AtomicInteger running = new AtomicInteger(1);
        for (int i = 0; i < 4; i++) {
            senders.execute(() -> {
                while (running.get() > 0) {
                    answers.add(postOnce());
                }
            });
        }
        long struck = System.nanoTime();
        blow.strike();
        await().atMost(BACK).until(() -> answers.stream().anyMatch(answer -> answer.status() == 503));
        long first = Duration.ofNanos(System.nanoTime() - struck).toMillis();
        await().atMost(BACK).untilAsserted(() -> assertThat(health()).contains("broker DOWN"));
        assertThat(health()).contains("database UP", "doors UP");
        long page = slowest(() -> board("/board/teams/vb-noord/queue").statusCode());
        int sofar = answers.size();
        await().atMost(BACK).until(() -> answers.size() > sofar + 40);
        running.set(0);
        senders.shutdown();
        assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        // those that were on their way when it happened are among them
        long door = answers.stream().mapToLong(Answer::millis).max().orElseThrow();
        System.out.println("broker " + how + ": first 503 after " + first + " ms, slowest door " + door
                + " ms, slowest page of the board " + page + " ms, health " + health());
        assertThat(answers).extracting(Answer::status).isSubsetOf(202, 429, 503);
        assertThat(Duration.ofMillis(Math.max(first, Math.max(door, page)))).isLessThan(AT_ONCE);
    }

    private static void backAndWhole() throws Exception {
        long back = System.nanoTime();
        await().atMost(BACK).until(() -> postOnce().status() == 202);
        System.out.println("broker back: taken again after "
                + Duration.ofNanos(System.nanoTime() - back).toMillis() + " ms");
        await().atMost(BACK).untilAsserted(() -> assertThat(health()).contains("broker UP"));
        await().atMost(BACK).untilAsserted(BrokerAwayIT::assertNothingLostOrDoubled);
    }

    /** What got 503 after its row was stored stands on the queue too, in its time. */
    private static void assertNothingLostOrDoubled() throws Exception {
        assertThat(onTheQueue()).containsAll(ACKNOWLEDGED).doesNotHaveDuplicates();
    }

    /** One new signal; what is acknowledged is noted. */
    private static Answer postOnce() {
        return send(body(NUMBER.incrementAndGet()));
    }

    private static String body(int number) {
        return """
                {"reference":"fake-away-%d","occurredAt":"2026-11-20T10:00:00Z","reportedAt":"2026-11-20T10:00:00Z",\
                "category":"nuisance.noise","severity":"low",\
                "subject":{"household":{"address":{"postalCode":"9990 AB","houseNumber":%d}}}}""".formatted(number, 1 + number % 90);
    }

    private static Answer send(String body) {
        long began = System.nanoTime();
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(apart.hub().process.url() + "/v1/signals"))
                            .timeout(Duration.ofSeconds(60))
                            .header("Authorization", "Bearer " + apart.hub().token("corporatie-demo"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 202) {
                ACKNOWLEDGED.add(Json.MAPPER.readTree(answer.body()).get("id").asText());
            }
            return new Answer(
                    answer.statusCode(),
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
        } catch (IOException e) {
            return new Answer(0, Duration.ofNanos(System.nanoTime() - began).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, 0);
        }
    }

    private interface Look {
        int status() throws Exception;
    }

    private static long slowest(Look look) throws Exception {
        long slowest = 0;
        for (int i = 0; i < 10; i++) {
            long began = System.nanoTime();
            assertThat(look.status()).isEqualTo(200);
            slowest = Math.max(
                    slowest, Duration.ofNanos(System.nanoTime() - began).toMillis());
        }
        return slowest;
    }

    private static HttpResponse<String> board(String path) throws Exception {
        return BOARD.send(
                HttpRequest.newBuilder(URI.create(apart.hub().process.url() + path))
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> health() throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(apart.hub().process.managementUrl() + "/health/ready"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode checks = Json.MAPPER.readTree(answer.body()).path("checks");
        return List.of(
                "doors " + checks.path("doors").asText(),
                "database " + checks.path("database").asText(),
                "broker " + checks.path("broker").asText());
    }

    /** Ids of the signals on the queue, as often as they stand there. */
    private static List<String> onTheQueue() throws Exception {
        Vault vault = Vault.open(apart.hub().config().resolve("secrets"));
        try (BrokerConnection connection = new BrokerConnection(
                apart.broker().url(), BrokerLogins.HUB, BrokerLogins.passwordOf(vault, BrokerLogins.HUB))) {
            return connection.browse(QUEUE).stream()
                    .map(event -> {
                        String dataref = Json.read(new String(event, StandardCharsets.UTF_8), JsonNode.class)
                                .path("dataref")
                                .asText();
                        return dataref.substring(dataref.lastIndexOf('/') + 1);
                    })
                    .toList();
        }
    }
}
