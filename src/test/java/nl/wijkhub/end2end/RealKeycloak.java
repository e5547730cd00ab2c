package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.lab.embedded.FreePort;

/**
 * A Keycloak that imported the realm of docker/keycloak as it is shipped. What the realm leaves to an organisation, users
 * and partners, is made afterwards through Keycloak's own interface, as docker/README.md tells it to be.
 */
final class RealKeycloak implements AutoCloseable {
    private static final Path SHIPPED = Path.of("docker/keycloak/wijkhub-realm.json");
    private static final String ADMINISTRATOR = "fake-administrator";
    private static final String PASSWORD = "fake-password-of-a-test";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePort.next();
    private Process process;

    String issuer() {
        return "http://localhost:" + port + "/realms/wijkhub";
    }

    /**
     * Returns when it answers.
     *
     * @param publicUrl where its users find the hub
     * @param boardSecret of the board's client
     */
    void start(String publicUrl, String boardSecret) throws IOException {
        Path home;
        try (var unpacked = Files.list(Path.of("target/keycloak"))) {
            home = unpacked.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        Path realm = Files.createDirectories(home.resolve("data/import")).resolve("wijkhub-realm.json");
        Files.copy(SHIPPED, realm, StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        // a realm that is there already is not imported again
                        "--db=dev-mem",
                        "--http-port=" + port,
                        "--health-enabled=false",
                        "--cache=local")
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target/keycloak.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "WIJKHUB_PUBLIC_URL", publicUrl,
                        "WIJKHUB_BOARD_SECRET", boardSecret,
                        "KC_BOOTSTRAP_ADMIN_USERNAME", ADMINISTRATOR,
                        "KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD));
        process = builder.start();
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(1))
                .failFast(() -> !process.isAlive())
                .until(this::isThere);
    }

    private boolean isThere() throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    void addUser(String name, String password) throws IOException, InterruptedException {
        ObjectNode user = Json.MAPPER
                .createObjectNode()
                .put("username", name)
                .put("enabled", true)
                .put("emailVerified", true)
                .put("email", name + "@example.invalid")
                .put("firstName", "Fake")
                .put("lastName", "Person");
        user.putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", password)
                .put("temporary", false);
        add("/users", user);
    }

    /**
     * A client of a partner: the example of the realm, copied and switched on.
     *
     * @return the secret that Keycloak made
     */
    String addPartner(String id) throws IOException, InterruptedException {
        ObjectNode client =
                (ObjectNode) get("/clients?clientId=corporatie-voorbeeld").get(0);
        client.remove("id");
        client.remove("secret");
        client.get("protocolMappers").forEach(mapper -> ((ObjectNode) mapper).remove("id"));
        client.put("clientId", id).put("enabled", true);
        add("/clients", client);
        String made = get("/clients?clientId=" + id).get(0).get("id").asText();
        return get("/clients/" + made + "/client-secret").get("value").asText();
    }

    HttpResponse<String> clientCredentials(String client, String secret) throws IOException, InterruptedException {
        return form(issuer(), Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret));
    }

    private HttpResponse<String> form(String realm, Map<String, String> fields)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(fields.entrySet().stream()
                                .map(field -> field.getKey()
                                        + '='
                                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&"))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(asAdministrator(path).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    private void add(String path, JsonNode what) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                asAdministrator(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(what.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private HttpRequest.Builder asAdministrator(String path) throws IOException, InterruptedException {
        String token = Json.MAPPER
                .readTree(form(
                                "http://localhost:" + port + "/realms/master",
                                Map.of(
                                        "grant_type",
                                        "password",
                                        "client_id",
                                        "admin-cli",
                                        "username",
                                        ADMINISTRATOR,
                                        "password",
                                        PASSWORD))
                        .body())
                .get("access_token")
                .asText();
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/admin/realms/wijkhub" + path))
                .header("Authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
