package nl.wijkhub.lab.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import nl.wijkhub.lab.embedded.EmbeddedBroker;
import nl.wijkhub.lab.embedded.EmbeddedDatabase;
import sun.misc.Signal;

/**
 * This machine's limit: the shape of the hub without its logic, on the same broker and database, in a process of its
 * own. A POST becomes one committed row and one durable id; ids become, up to 64 at once, twelve rows of 4 KB together
 * and three durable messages each. It is the yardstick: it changes only when the shape does, and is never made slower.
 */
public final class BarePipeline implements AutoCloseable {
    static final String SECRETS = "secrets";
    private static final String PASSWORD = "bare";

    /** How it is set up, word for word on its command line; the hub's own values. */
    record Setup(Path folder, int httpPort, int amqpPort, int batchSize, int consumers, int connections, int teams) {
        static Setup of(String[] words) {
            int[] numbers = new int[words.length];
            for (int i = 1; i < words.length; i++) {
                numbers[i] = Integer.parseInt(words[i]);
            }
            return new Setup(Path.of(words[0]), numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
        }

        List<String> words() {
            List<String> words = new ArrayList<>(List.of(folder.toString()));
            for (int number : new int[] {httpPort, amqpPort, batchSize, consumers, connections, teams}) {
                words.add(String.valueOf(number));
            }
            return words;
        }
    }

    private final Setup setup;
    private final AtomicLong sent = new AtomicLong();
    private final List<BareLine> lines = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private EmbeddedDatabase database;
    private EmbeddedBroker broker;
    private HikariDataSource pool;
    private BareRows rows;
    private BareBroker messages;

    private BarePipeline(Setup setup) {
        this.setup = setup;
    }

    public static void main(String[] words) throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        Signal.handle(new Signal("TERM"), signal -> stop.countDown());
        try (BarePipeline pipeline = new BarePipeline(Setup.of(words))) {
            pipeline.start();
            stop.await();
        } finally {
            Runtime.getRuntime().exit(0);
        }
    }

    private void start() throws Exception {
        Path secrets = setup.folder().resolve(SECRETS);
        Vault.createKeys(secrets);
        Vault vault = Vault.open(secrets);
        database = new EmbeddedDatabase(setup.folder().resolve("database"), PASSWORD);
        database.start();
        broker = new EmbeddedBroker(
                0,
                setup.folder().resolve("broker"),
                setup.amqpPort(),
                new BrokerLogins(vault, id -> false, id -> Optional.empty()),
                Duration.ofDays(30));
        broker.start();
        pool = pool();
        rows = new BareRows(pool);
        rows.createTables();
        messages = new BareBroker(broker.url(), BrokerLogins.passwordOf(vault, BrokerLogins.HUB), setup.teams());
        messages.createQueues();
        for (int i = 0; i < setup.consumers(); i++) {
            BareLine line = new BareLine(messages, rows, setup.batchSize(), sent);
            lines.add(line);
            new Thread(line, "bare-line-" + i).start();
        }
        vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(setup.httpPort(), "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** POST: one row, one id, 202. GET: how many messages were sent so far. */
    private void answer(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().end(String.valueOf(sent.get()));
            return;
        }
        request.body()
                .compose(body -> vertx.executeBlocking(
                        () -> {
                            UUID id = Identifier.next();
                            rows.insert(id, body.getBytes());
                            messages.accept(id);
                            return id;
                        },
                        false))
                .onSuccess(id -> request.response()
                        .setStatusCode(202)
                        .putHeader("Content-Type", "application/json")
                        .end("{\"id\":\"" + id + "\",\"status\":\"accepted\",\"duplicate\":false}"))
                .onFailure(failure -> request.response().setStatusCode(500).end());
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(setup.connections());
        return new HikariDataSource(config);
    }

    @Override
    public void close() throws InterruptedException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        for (BareLine line : lines) {
            line.stop();
        }
        if (messages != null) {
            messages.close();
        }
        if (pool != null) {
            pool.close();
        }
        if (broker != null) {
            broker.close();
        }
        if (database != null) {
            database.close();
        }
    }
}
