package nl.wijkhub.lab.bench;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.chaos.ChaosHub;
import nl.wijkhub.lab.embedded.BrokerLogins;
import nl.wijkhub.lab.embedded.DemoTown;
import nl.wijkhub.signal.Address;

/** The hub as a process of its own, with households in its database, reached through its real doors. */
final class HubChild implements Measured {
    /** How long a queue may take to be made at the first start. */
    private static final Duration PER_QUEUE = Duration.ofMillis(30);

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    /** Brings a body to one kilobyte, as the bare pipeline's. */
    private static final String NARRATIVE =
            "Verzonnen verhaal om mee te meten: er klonk muziek, er werd geklopt, en het duurde tot diep in de nacht. "
                    .repeat(7)
                    .strip();

    private final BenchTown town;
    private final Vault vault;
    private final ChaosHub hub;
    private final HouseholdRows rows;
    private final List<String> tokens = new ArrayList<>();
    private int starts;
    private final String happened = Instant.now()
            .minus(1, ChronoUnit.HOURS)
            .truncatedTo(ChronoUnit.SECONDS)
            .toString();

    /**
     * @param folder gets {@code config/} and {@code data/}
     * @param jvmOptions of its process, beside the memory limit
     */
    HubChild(Path folder, BenchTown town, Path config, Path routes, List<String> jvmOptions) throws IOException {
        this.town = town;
        Path own = folder.resolve("config");
        town.writeConfig(config, own);
        this.vault = DemoTown.secrets(own.resolve("secrets"));
        this.hub = new ChaosHub(folder.resolve("data").toAbsolutePath(), own, routes, jvmOptions);
        this.rows = new HouseholdRows(hub.data(), own.resolve("secrets"));
    }

    @Override
    public void start() throws IOException, InterruptedException {
        hub.start();
        hub.awaitFirstReady(START_LIMIT.plus(PER_QUEUE.multipliedBy(town.queueCount())));
        rows.preload(town, vault);
        fetchTokens();
    }

    private void fetchTokens() throws IOException, InterruptedException {
        tokens.clear();
        for (int i = 0; i < town.partners(); i++) {
            tokens.add(hub.token(BenchTown.partner(i)));
        }
    }

    /** Starts on the data there is; the seconds until it was ready. */
    double startAgain() throws IOException, InterruptedException {
        // whoever sends to it next counts from the beginning, and a reference that was sent before is a repeat
        starts++;
        long from = System.nanoTime();
        hub.start();
        hub.awaitFirstReady(START_LIMIT);
        double seconds = (System.nanoTime() - from) / 1e9;
        fetchTokens();
        return seconds;
    }

    @Override
    public URI door() {
        return URI.create(hub.url() + "/v1/signals");
    }

    @Override
    public String token(long number) {
        return tokens.get((int) (number % tokens.size()));
    }

    /** Token of any client. */
    String tokenOf(String client) throws IOException, InterruptedException {
        return hub.token(client);
    }

    /** A noise nuisance about one household of all, each as likely; the same for the same number. */
    @Override
    public Buffer body(long number) {
        Address address = town.address(new SplittableRandom(number).nextInt(town.households()));
        return Buffer.buffer(body("bench-" + starts + "-" + number, address));
    }

    /** Its database, for whoever measures there. */
    HouseholdRows rows() {
        return rows;
    }

    /** A noise nuisance about one household. */
    String body(String reference, Address address) {
        return """
                {"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"nuisance.noise",\
                "severity":"low","subject":{"household":{"address":{"postalCode":"%s","houseNumber":%d}}},\
                "narrative":"%s"}""".formatted(reference, happened, happened, address.postalCode(), address.houseNumber(), NARRATIVE);
    }

    @Override
    public int amqpPort() {
        return hub.amqpPort();
    }

    @Override
    public String brokerPassword() {
        return BrokerLogins.passwordOf(vault, BrokerLogins.HUB);
    }

    @Override
    public List<String> queues() {
        return town.receivingQueues();
    }

    @Override
    public long sent() throws IOException, InterruptedException {
        return (long) metric("wijkhub_delivery_total");
    }

    @Override
    public long heapUsed() throws IOException, InterruptedException {
        return (long) metric("jvm_memory_used_bytes{area=\"heap\"");
    }

    /** The sum of all series that begin so. */
    private double metric(String name) throws IOException, InterruptedException {
        return hub.metrics()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Override
    public long pid() {
        return hub.pid();
    }

    @Override
    public Path data() {
        return hub.data();
    }

    /** Waits for the sweep, which marks the last deliveries as sent, then holds the tables against what was sent. */
    @Override
    public List<String> findings(long signals) throws InterruptedException {
        Instant limit = Instant.now().plusSeconds(15);
        while (rows.unsent() > 0 && Instant.now().isBefore(limit)) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return rows.findings(signals, town.households());
    }

    @Override
    public void close() {
        hub.close();
    }
}
