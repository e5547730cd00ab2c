package nl.wijkhub.app.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import nl.wijkhub.kernel.Json;

/**
 * Senders as partners should be: each repeats a message, unchanged, until it is acknowledged. A repeat that comes back
 * with another id than before is a fault of the hub.
 */
public final class ChaosLoad {
    private static final String LETTERS = "ABCDEFGHJKLMNPRTUVWXZ";

    private final ChaosHub hub;
    private final int households;
    private final long seed;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger repeats = new AtomicInteger();
    private final AtomicReference<String> fault = new AtomicReference<>();
    private volatile boolean running = true;
    private volatile String token = "";

    public ChaosLoad(ChaosHub hub, int households, long seed) {
        this.hub = hub;
        this.households = households;
        this.seed = seed;
    }

    /**
     * Sends over several connections.
     *
     * @param most stops after this many messages
     * @return counted down when every sender is done
     */
    public CountDownLatch start(int connections, int most) {
        CountDownLatch done = new CountDownLatch(connections);
        for (int i = 0; i < connections; i++) {
            Thread sender = new Thread(
                    () -> {
                        try {
                            for (int n = next.getAndIncrement(); running && n < most; n = next.getAndIncrement()) {
                                untilAcknowledged(n);
                            }
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        } finally {
                            done.countDown();
                        }
                    },
                    "sender-" + i);
            sender.setDaemon(true);
            sender.start();
        }
        return done;
    }

    /** Sends nothing new; what was begun is repeated until it is acknowledged. */
    public void stop() {
        running = false;
    }

    private void untilAcknowledged(int number) throws InterruptedException {
        String reference = "chaos-" + seed + "-" + number;
        String body = body(reference, number);
        for (int attempt = 0; ; attempt++) {
            if (attempt > 0) {
                repeats.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(Math.min(200, 25L << Math.min(attempt, 5)));
            }
            try {
                HttpResponse<String> answer = send(body);
                if (answer.statusCode() == 202 || answer.statusCode() == 200) {
                    String id = Json.MAPPER.readTree(answer.body()).get("id").asText();
                    String before = acknowledged.put(reference, id);
                    if (before != null && !before.equals(id)) {
                        fault.set("one reference, two ids");
                    }
                    return;
                }
                if (answer.statusCode() == 401) {
                    token = hub.token("corporatie-demo");
                } else if (answer.statusCode() < 500 && answer.statusCode() != 429) {
                    fault.set("unexpected answer " + answer.statusCode());
                    return;
                }
            } catch (IOException unknownOutcome) {
                // the connection broke: whether it was stored, only the repeat will tell
                refreshToken();
            }
        }
    }

    private void refreshToken() {
        if (token.isEmpty()) {
            try {
                token = hub.token("corporatie-demo");
            } catch (IOException stillAway) {
                token = "";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private HttpResponse<String> send(String body) throws IOException, InterruptedException {
        if (token.isEmpty()) {
            token = hub.token("corporatie-demo");
        }
        return http.send(
                HttpRequest.newBuilder(URI.create(hub.url() + "/v1/signals"))
                        .timeout(Duration.ofSeconds(20))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String body(String reference, int number) {
        int household = new Random(seed * 31 + number).nextInt(households);
        String postalCode = "9990 "
                + LETTERS.charAt(household / LETTERS.length() % LETTERS.length())
                + LETTERS.charAt(household % LETTERS.length());
        String time = Instant.parse("2026-01-01T00:00:00Z")
                .plus(number, ChronoUnit.SECONDS)
                .toString();
        return """
                {"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"nuisance.noise","severity":"low",
                 "subject":{"household":{"address":{"postalCode":"%s","houseNumber":%d}}}}""".formatted(
                        reference,
                        time,
                        time,
                        postalCode.replace("SA", "AS").replace("SD", "DS").replace("SS", "AA"),
                        1 + household / 441);
    }

    /** Reference → id of everything a sender was told is stored. */
    public Map<String, String> acknowledged() {
        return acknowledged;
    }

    public int repeats() {
        return repeats.get();
    }

    /** What a sender saw that may never be; null for nothing. */
    public String fault() {
        return fault.get();
    }
}
