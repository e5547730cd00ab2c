package nl.wijkhub.lab.bench;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import nl.wijkhub.lab.embedded.FreePort;

/** The bare pipeline as a process of its own, with the memory the hub has. */
final class BareChild implements Measured {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final int BODY_BYTES = 1024;

    private final BarePipeline.Setup setup;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Buffer body;
    private Process process;

    BareChild(Path folder, HubLimits limits, int teams) {
        this.setup = new BarePipeline.Setup(
                folder,
                FreePort.next(),
                FreePort.next(),
                limits.batchSize(),
                limits.consumers(),
                limits.connections(),
                teams);
        byte[] bytes = new byte[BODY_BYTES];
        new Random(1).nextBytes(bytes);
        this.body = Buffer.buffer(bytes);
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Files.createDirectories(setup.folder());
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                BarePipeline.class.getName()));
        command.addAll(setup.words());
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(setup.folder()
                        .resolveSibling(setup.folder().getFileName() + ".log")
                        .toFile())
                .start();
        Instant limit = Instant.now().plus(START_LIMIT);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(limit)) {
                throw new IOException("the bare pipeline did not start; see its log");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return sent() >= 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public long sent() throws IOException, InterruptedException {
        return Long.parseLong(http.send(HttpRequest.newBuilder(door()).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    @Override
    public URI door() {
        return URI.create("http://127.0.0.1:" + setup.httpPort() + "/signals");
    }

    @Override
    public String token(long number) {
        return null;
    }

    @Override
    public Buffer body(long number) {
        return body;
    }

    @Override
    public int amqpPort() {
        return setup.amqpPort();
    }

    @Override
    public String brokerPassword() {
        return BrokerLogins.passwordOf(Vault.open(setup.folder().resolve(BarePipeline.SECRETS)), BrokerLogins.HUB);
    }

    @Override
    public List<String> queues() {
        return BareBroker.teamQueues(setup.teams());
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Path data() {
        return setup.folder();
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
