package nl.wijkhub.lab.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.app.broker.OutgoingMessage;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import nl.wijkhub.lab.embedded.EmbeddedBroker;

/**
 * What one durable send costs with few and with many queues. Run after mvn package:
 * {@code java -cp "target/classes:target/test-classes:target/lib/*:target/lib-lab/*" nl.wijkhub.lab.bench.SendCost 10 2000}
 */
public final class SendCost {
    private static final int BATCH = 192;
    private static final int BATCHES = 200;

    private SendCost() {}

    public static void main(String[] queueCounts) throws Exception {
        for (int i = 0; i < queueCounts.length; i++) {
            measure(i, Integer.parseInt(queueCounts[i]));
        }
        Runtime.getRuntime().exit(0);
    }

    private static void measure(int server, int queues) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench")), "send-");
        Vault.createKeys(folder.resolve("secrets"));
        Vault vault = Vault.open(folder.resolve("secrets"));
        try (EmbeddedBroker broker = new EmbeddedBroker(
                server,
                folder.resolve("broker"),
                0,
                new BrokerLogins(vault, p -> false, t -> Optional.empty()),
                Duration.ofDays(30))) {
            broker.start();
            try (BrokerConnection connection = new BrokerConnection(
                    broker.url(), BrokerLogins.HUB, BrokerLogins.passwordOf(vault, BrokerLogins.HUB))) {
                List<String> names = new ArrayList<>();
                for (int i = 0; i < queues; i++) {
                    names.add("team.fake-" + i + ".municipality");
                }
                connection.ensureQueues(names, -1);
                Random random = new Random(1);
                for (int round = 1; round <= 5; round++) {
                    long start = System.nanoTime();
                    for (int b = 0; b < BATCHES; b++) {
                        List<OutgoingMessage> batch = new ArrayList<>();
                        for (int i = 0; i < BATCH; i++) {
                            batch.add(new OutgoingMessage(
                                    names.get(random.nextInt(queues)),
                                    UUID.randomUUID().toString(),
                                    null,
                                    "application/json",
                                    "{}".getBytes(StandardCharsets.UTF_8)));
                        }
                        connection.send(batch);
                    }
                    System.out.printf(
                            "queues %d round %d: %d microseconds a send%n",
                            queues, round, (System.nanoTime() - start) / 1_000 / (BATCH * BATCHES));
                }
            }
        }
    }
}
