package nl.wijkhub.lab.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.lab.embedded.FreePort;

/** A hub in a process of its own, on ports and a data folder of its own, to be killed and started again. */
public final class ChaosHub implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Path data;
    private final Path config;
    private final Path routes;
    private final int httpPort = FreePort.next();
    private final int managementPort = FreePort.next();
    private final int amqpPort = FreePort.next();
    private final int identityPort = FreePort.next();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> jvmOptions;
    private Process process;

    public ChaosHub(Path data, Path config, Path routes) {
        this(data, config, routes, List.of());
    }

    /**
     * @param jvmOptions of its process, beside the memory limit
     */
    public ChaosHub(Path data, Path config, Path routes, List<String> jvmOptions) {
        this.data = data;
        this.config = config;
        this.routes = routes;
        this.jvmOptions = jvmOptions;
    }

    /** Starts the hub; does not wait for it. */
    public void start() throws IOException {
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx512m", "-XX:+UseParallelGC"));
        command.addAll(jvmOptions);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "nl.wijkhub.lab.LabMain", "demo", "--no-sample"));
        add(command, "--data", data);
        add(command, "--config", config);
        add(command, "--routes", routes);
        add(command, "--port", httpPort);
        add(command, "--management-port", managementPort);
        add(command, "--amqp-port", amqpPort);
        add(command, "--identity-port", identityPort);
        Files.createDirectories(data);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling(data.getFileName() + ".log").toFile()))
                .start();
    }

    private static void add(List<String> command, String option, Object value) {
        command.add(option);
        command.add(String.valueOf(value));
    }

    /** Waits until the hub is ready, starting it again when it came to its end by itself. */
    public void awaitReady() throws IOException, InterruptedException {
        awaitReady(START_LIMIT, true);
    }

    /** Waits so long for a hub that is started for the first time; one that comes to its end by itself is a failure. */
    public void awaitFirstReady(Duration patience) throws IOException, InterruptedException {
        awaitReady(patience, false);
    }

    private void awaitReady(Duration patience, boolean again) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(patience);
        while (!isReady()) {
            if (Instant.now().isAfter(limit) || (!again && !process.isAlive())) {
                throw new IOException("the hub did not become ready; see its log");
            }
            if (!process.isAlive()) {
                start();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    public boolean isReady() {
        try {
            return http.send(
                                    HttpRequest.newBuilder(
                                                    URI.create("http://localhost:" + managementPort + "/health/ready"))
                                            .timeout(Duration.ofSeconds(2))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A bearer token of this hub's own identity server. */
    public String token(String client) throws IOException, InterruptedException {
        return grant("grant_type=client_credentials&client_id=" + client + "&client_secret=demo&scope=wijkhub");
    }

    /** A bearer token of a user. */
    public String userToken(String user) throws IOException, InterruptedException {
        return grant(
                "grant_type=password&client_id=wijkhub-token&client_secret=demo&scope=openid&password=demo&username="
                        + user);
    }

    private String grant(String form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer() + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        String answer = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
        JsonNode token = Json.MAPPER.readTree(answer).get("access_token");
        if (token == null) {
            throw new IOException("the identity server gives no token");
        }
        return token.asText();
    }

    /** What the hub tells of itself, in Prometheus' text form. */
    public String metrics() throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(managementUrl() + "/metrics"))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** What one gauge stands at, all its tags together. */
    double gauge(String name) throws IOException, InterruptedException {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + ' ') || line.startsWith(name + '{'))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Its own identity server. */
    public String issuer() {
        return "http://localhost:" + identityPort + "/wijkhub";
    }

    public String url() {
        return "http://localhost:" + httpPort;
    }

    public String managementUrl() {
        return "http://localhost:" + managementPort;
    }

    public int amqpPort() {
        return amqpPort;
    }

    public Path data() {
        return data;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** SIGKILL: no goodbye. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGKILL for the database server; the hub starts it again. */
    public void killDatabase() throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("database/cluster/postmaster.pid"));
        ProcessHandle.of(Long.parseLong(lines.get(0).strip())).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** SIGTERM; returns the exit code. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        if (isAlive()) {
            try {
                stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
        }
    }
}
