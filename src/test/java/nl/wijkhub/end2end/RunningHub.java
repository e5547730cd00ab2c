package nl.wijkhub.end2end;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.lab.chaos.ChaosHub;
import nl.wijkhub.lab.embedded.DemoTown;
import nl.wijkhub.lab.embedded.FreePort;

/** A real hub in a process of its own, with its own data and a copy of the configuration; and a partner's HTTP client. */
public final class RunningHub implements AutoCloseable {
    public final ChaosHub process;
    public final Path place;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    private static RunningHub shared;

    private RunningHub(ChaosHub process, Path place) {
        this.process = process;
        this.place = place;
    }

    public static RunningHub start() throws IOException, InterruptedException {
        return start(Path.of("routes"));
    }

    /**
     * The one hub of all tests that need no fresh one: each brings households, references and readers of its own, and
     * asks nothing about what others brought. It ends with the test process.
     */
    static synchronized RunningHub shared() throws IOException, InterruptedException {
        if (shared == null) {
            RunningHub started = start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            shared = started;
        }
        return shared;
    }

    /**
     * A hub whose configuration says something else here and there.
     *
     * @param instead file below the configuration → what stands in it → what stands there instead
     */
    public static RunningHub start(Map<String, Map<String, String>> instead) throws IOException, InterruptedException {
        return start(Path.of("routes"), instead);
    }

    public static RunningHub start(Path routes) throws IOException, InterruptedException {
        return start(routes, Map.of());
    }

    /** @param jvmOptions of its process */
    static RunningHub start(List<String> jvmOptions) throws IOException, InterruptedException {
        return start(Path.of("routes"), Map.of(), jvmOptions);
    }

    /**
     * A hub with the files of one more partner.
     *
     * @param partner a folder with {@code routes} and {@code config}, which stand beside those that are shipped
     */
    static RunningHub startWith(Path partner, Map<String, Map<String, String>> instead)
            throws IOException, InterruptedException {
        Path both = Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), "routes-");
        copy(Path.of("routes"), both);
        copy(partner.resolve("routes"), both);
        return start(both, List.of(Path.of("config"), partner.resolve("config")), instead, List.of());
    }

    private static RunningHub start(Path routes, Map<String, Map<String, String>> instead)
            throws IOException, InterruptedException {
        return start(routes, instead, List.of());
    }

    private static RunningHub start(Path routes, Map<String, Map<String, String>> instead, List<String> jvmOptions)
            throws IOException, InterruptedException {
        return start(routes, List.of(Path.of("config")), instead, jvmOptions);
    }

    private static RunningHub start(
            Path routes, List<Path> configs, Map<String, Map<String, String>> instead, List<String> jvmOptions)
            throws IOException, InterruptedException {
        Path place = Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), "hub-")
                .toAbsolutePath();
        for (Path config : configs) {
            copy(config, place.resolve("config"));
        }
        for (Map.Entry<String, Map<String, String>> file : instead.entrySet()) {
            Path changed = place.resolve("config").resolve(file.getKey());
            String text = Files.readString(changed);
            for (Map.Entry<String, String> change : file.getValue().entrySet()) {
                if (!text.contains(change.getKey())) {
                    throw new IllegalArgumentException("no such text in " + file.getKey());
                }
                text = text.replace(change.getKey(), change.getValue());
            }
            Files.writeString(changed, text);
        }
        ChaosHub process = new ChaosHub(place.resolve("data"), place.resolve("config"), routes, jvmOptions);
        process.start();
        process.awaitReady();
        return new RunningHub(process, place);
    }

    /** A hub, and the broker it talks to in a process of its own. */
    record Apart(RunningHub hub, ApartBroker broker) {}

    static Apart startApart() throws IOException, InterruptedException {
        Path place = Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), "hub-")
                .toAbsolutePath();
        copy(Path.of("config"), place.resolve("config"));
        Path secrets = place.resolve("config/secrets");
        DemoTown.secrets(secrets);
        int port = FreePort.next();
        ChaosHub process = new ChaosHub(
                place.resolve("data"),
                place.resolve("config"),
                Path.of("routes"),
                List.of("-Dwijkhub.broker=tcp://127.0.0.1:" + port));
        ApartBroker broker = new ApartBroker(place.resolve("broker"), secrets, port, process.amqpPort());
        broker.start();
        await().atMost(Duration.ofSeconds(60)).until(broker::isListening);
        process.start();
        process.awaitReady();
        return new Apart(new RunningHub(process, place), broker);
    }

    public Path config() {
        return place.resolve("config");
    }

    /** Everything the hub wrote to its console. */
    public String log() throws IOException {
        return Files.readString(place.resolve("data.log"));
    }

    public HttpResponse<String> post(String partner, String path, String json)
            throws IOException, InterruptedException {
        return send("POST", token(partner), path, json);
    }

    public HttpResponse<String> post(String partner, String path, String mediaType, String body)
            throws IOException, InterruptedException {
        return post(partner, path, mediaType, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A message in a partner's own language. */
    public HttpResponse<String> post(String partner, String path, String mediaType, byte[] body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(process.url() + path))
                        .header("Authorization", "Bearer " + token(partner))
                        .header("Content-Type", mediaType)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The same, put. */
    public HttpResponse<String> put(String partner, String path, String mediaType, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(process.url() + path))
                        .header("Authorization", "Bearer " + token(partner))
                        .header("Content-Type", mediaType)
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> put(String partner, String path, String json) throws IOException, InterruptedException {
        return send("PUT", token(partner), path, json);
    }

    /** Posts with this token, whoever it is of. */
    public HttpResponse<String> sendAs(String token, String path, String json)
            throws IOException, InterruptedException {
        return send("POST", token, path, json);
    }

    /** Puts with this token, whoever it is of. */
    HttpResponse<String> putAs(String token, String path, String json) throws IOException, InterruptedException {
        return send("PUT", token, path, json);
    }

    /** The same as {@link #sendAs}, for an answer of this kind. */
    public HttpResponse<String> sendAs(String token, String path, String json, String accept)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(process.url() + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Accept", accept)
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String token, String path) throws IOException, InterruptedException {
        return send("GET", token, path, null);
    }

    public HttpResponse<String> delete(String token, String path) throws IOException, InterruptedException {
        return send("DELETE", token, path, null);
    }

    public JsonNode json(HttpResponse<String> response) throws IOException {
        return Json.MAPPER.readTree(response.body());
    }

    /** Token of a partner or a team's system, asked for once. */
    public String token(String client) throws IOException, InterruptedException {
        if (!tokens.containsKey(client)) {
            tokens.put(client, process.token(client));
        }
        return tokens.get(client);
    }

    /** Token of a user, asked for once. */
    public String user(String user) throws IOException, InterruptedException {
        if (!tokens.containsKey("user:" + user)) {
            tokens.put("user:" + user, process.userToken(user));
        }
        return tokens.get("user:" + user);
    }

    /** Changes some fields, on the version that was seen. */
    public HttpResponse<String> patch(String token, String path, String etag, String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(process.url() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/merge-patch+json");
        if (etag != null) {
            request.header("If-Match", etag);
        }
        return http.send(
                request.method("PATCH", HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String token, String path, String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(process.url() + path)).header("Authorization", "Bearer " + token);
        if (json == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(json));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file :
                    files.filter(f -> !f.startsWith(from.resolve("secrets"))).toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
