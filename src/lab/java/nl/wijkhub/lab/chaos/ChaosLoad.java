package nl.wijkhub.lab.chaos;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
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
 * with another id than before is a fault of the hub. Some may be forgetful: when a connection breaks they never ask again,
 * so that what was stored of theirs comes out by the sweep or not at all.
 */
public final class ChaosLoad {
    private static final String LETTERS = "ABCDEFGHJKLMNPRTUVWXZ";
    private static final int EVERY_FORGETFUL = 4;

    // a backlog that a slow machine still works off while the run ends; the doors alone would take in far more
    private static final int LONGEST_QUEUE = 500;

    /** What a thread does. */
    private interface Task {
        void run() throws InterruptedException;
    }

    private final ChaosHub hub;
    private final int households;
    private final long seed;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger repeats = new AtomicInteger();
    private final AtomicInteger forgotten = new AtomicInteger();
    private final AtomicInteger inHand = new AtomicInteger();
    private final AtomicReference<String> fault = new AtomicReference<>();
    private final AtomicReference<String> died = new AtomicReference<>();
    private CountDownLatch sending = new CountDownLatch(0);
    private boolean forgetful;
    private volatile boolean running = true;
    private volatile boolean abandoned;
    private volatile boolean held;
    private volatile String token = "";

    public ChaosLoad(ChaosHub hub, int households, long seed) {
        this.hub = hub;
        this.households = households;
        this.seed = seed;
    }

    /** Every fourth sender is a forgetful one; said before the start. */
    ChaosLoad forgetful() {
        forgetful = true;
        return this;
    }

    /**
     * Sends over several connections.
     *
     * @param most stops after this many messages
     * @return counted down when every sender is done
     */
    public CountDownLatch start(int connections, int most) {
        CountDownLatch done = new CountDownLatch(connections);
        sending = done;
        for (int i = 0; i < connections; i++) {
            boolean forgets = forgetful && i % EVERY_FORGETFUL == 0;
            inThread("sender-" + i, () -> {
                try {
                    for (int n = next.getAndIncrement(); running && n < most; n = next.getAndIncrement()) {
                        awaitLeave();
                        untilAcknowledged(n, forgets);
                    }
                } finally {
                    done.countDown();
                }
            });
        }
        inThread("brake", this::brake);
        return done;
    }

    private void inThread(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException | Error e) {
                        died.set(name + " (" + e.getClass().getSimpleName() + ")");
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends nothing new; what was begun is repeated until it is acknowledged. */
    public void stop() {
        running = false;
    }

    /** Repeats nothing any more. */
    void abandon() {
        running = false;
        abandoned = true;
    }

    /** Holds the senders back while the stages do not keep up. */
    private void brake() throws InterruptedException {
        while (running) {
            try {
                held = hub.gauge("wijkhub_queue_depth") > LONGEST_QUEUE;
            } catch (IOException away) {
                // then nobody can send either
                held = false;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        held = false;
    }

    private void awaitLeave() throws InterruptedException {
        while (held && running) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void untilAcknowledged(int number, boolean forgets) throws InterruptedException {
        String reference = "chaos-" + seed + "-" + number;
        String body = body(reference, number);
        for (int attempt = 0; !abandoned; attempt++) {
            if (attempt > 0) {
                repeats.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(Math.min(200, 25L << Math.min(attempt, 5)));
            }
            try {
                if (isAnswered(reference, send(body))) {
                    return;
                }
            } catch (ConnectException | HttpConnectTimeoutException nothingWasSent) {
                refreshToken();
            } catch (IOException unknownOutcome) {
                // the connection broke: whether it was stored, only the repeat will tell
                if (forgets) {
                    forgotten.incrementAndGet();
                    return;
                }
                refreshToken();
            }
        }
    }

    /** Takes note of an answer; false when the message has to be sent again. */
    private boolean isAnswered(String reference, HttpResponse<String> answer) throws IOException, InterruptedException {
        int status = answer.statusCode();
        if (status == 202 || status == 200) {
            String id = Json.MAPPER.readTree(answer.body()).get("id").asText();
            String before = acknowledged.put(reference, id);
            if (before != null && !before.equals(id)) {
                fault.set("one reference, two ids");
            }
            return true;
        }
        if (status == 401) {
            token = hub.token("corporatie-demo");
        } else if (status < 500 && status != 429) {
            fault.set("unexpected answer " + status);
            return true;
        }
        return false;
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
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub.url() + "/v1/signals"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        inHand.incrementAndGet();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } finally {
            inHand.decrementAndGet();
        }
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

    /** Messages whose outcome nobody asked for any more. */
    int forgotten() {
        return forgotten.get();
    }

    /** Requests without an answer yet. */
    int inHand() {
        return inHand.get();
    }

    boolean isSending() {
        return sending.getCount() > 0;
    }

    /** Which of the threads came to its end by a fault of its own; null for none. */
    String died() {
        return died.get();
    }

    /** What a sender saw that may never be; null for nothing. */
    public String fault() {
        return fault.get();
    }
}
