package nl.wijkhub.docker;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.lab.embedded.EmbeddedDatabase;
import nl.wijkhub.lab.embedded.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What docker/kubernetes describes is started: the image's command on exactly the files and variables of the pod, with a
 * PostgreSQL and the broker of docker/artemis beside it. The identity server may come later, so there is none.
 */
class KubernetesIT {
    private static final String PASSWORD = "fake-password-of-a-test";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int httpPort = FreePort.next();
    private final int managementPort = FreePort.next();
    private final Map<String, Integer> brokerPorts = Map.of("core", FreePort.next(), "amqp", FreePort.next());
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Path place;

    @BeforeEach
    void makeRoom() throws IOException {
        place = Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), "kubernetes-")
                .toAbsolutePath();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @Test
    void a_hub_starts_on_what_the_pod_sees_and_says_so_where_its_probes_ask() throws Exception {
        EmbeddedDatabase database = new EmbeddedDatabase(place.resolve("database"), PASSWORD);
        opened.add(database);
        database.start();
        ShippedBroker broker = new ShippedBroker(place.resolve("broker"), brokerPorts, PASSWORD);
        opened.add(0, broker);
        Pod pod = pod(database.jdbcUrl());
        Path root = place.resolve("root");
        pod.mount(root);
        Process hub = start(pod, root);

        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode asked = pod.container().get(probe).get("httpGet");
            String url =
                    "http://127.0.0.1:" + managementPort + asked.get("path").asText();
            await(probe)
                    .atMost(Duration.ofSeconds(90))
                    .failFast(() -> !hub.isAlive())
                    .until(() -> status(url) == 200);
        }
        assertThat(status("http://127.0.0.1:" + httpPort + "/v1/openapi.json")).isEqualTo(200);
        assertThat(status("http://127.0.0.1:" + httpPort + "/v1/signals?reference=x"))
                .isEqualTo(401);
        // both ways to the broker are open
        await().untilAsserted(() -> {
            assertThat(broker.readers("signal.accepted")).isPositive();
            assertThat(broker.readers("signal.in.corporatie-voorbeeld")).isPositive();
        });

        hub.destroy();
        assertThat(hub.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(hub.exitValue()).isZero();
    }

    @Test
    void one_that_lacks_a_file_says_which_and_does_not_start() throws Exception {
        Pod pod = pod("jdbc:postgresql://database.invalid/wijkhub");
        Path root = place.resolve("root");
        pod.mount(root);
        Files.delete(root.resolve("etc/wijkhub/vocabulary/care-note.yaml"));

        Process hub = start(pod, root);

        assertThat(hub.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(hub.exitValue()).isEqualTo(1);
        assertThat(Files.readString(place.resolve("hub.log")))
                .contains("vocabulary/care-note.yaml:0: cannot be read", "wijkhub: not started");
    }

    private Pod pod(String databaseUrl) throws IOException {
        Map<String, String> values = Map.of(
                "WIJKHUB_PUBLIC_URL",
                "https://wijkhub.invalid",
                "WIJKHUB_ISSUER",
                "https://login.invalid/realms/wijkhub",
                "WIJKHUB_OIN",
                "00000001234567890000",
                "WIJKHUB_DATABASE_URL",
                databaseUrl,
                "WIJKHUB_DATABASE_USER",
                EmbeddedDatabase.USER,
                "WIJKHUB_BROKER_URL",
                "tcp://127.0.0.1:" + brokerPorts.get("core"),
                "WIJKHUB_BROKER_AMQP_URL",
                "amqp://127.0.0.1:" + brokerPorts.get("amqp"),
                "WIJKHUB_BROKER_USER",
                "hub");
        Path own = place.resolve("own");
        OwnPod.make(
                own,
                Map.of(
                        "hub.http.port",
                        String.valueOf(httpPort),
                        "hub.management.port",
                        String.valueOf(managementPort)),
                name -> values.getOrDefault(name, PASSWORD));
        return new Pod(own);
    }

    /** The image's own command, in its own folder, with the jar and lib folder of the build, on the mounted files. */
    private Process start(Pod pod, Path root) throws IOException {
        Image image = new Image();
        Path inImage = place.resolve("image");
        image.copyTo(inImage);
        List<String> command = new ArrayList<>(image.command());
        command.set(0, ProcessHandle.current().info().command().orElse("java"));
        command.set(command.indexOf("--config") + 1, root + command.get(command.indexOf("--config") + 1));
        Path working = inImage.resolve(image.workingFolder().toString().substring(1));
        Path target = Path.of("target").toAbsolutePath();
        for (String built : List.of("wijkhub.jar", "lib")) {
            Files.createSymbolicLink(working.resolve(built), target.resolve(built));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(working.toFile())
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("hub.log").toFile());
        builder.environment().clear();
        builder.environment().putAll(pod.environment());
        Process hub = builder.start();
        opened.add(0, hub::destroyForcibly);
        return hub;
    }

    private int status(String url) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }
}
