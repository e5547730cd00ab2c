package nl.wijkhub.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import nl.wijkhub.app.command.CommandRun;
import nl.wijkhub.app.wiring.HubConfig;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Meters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of docker/ say of each other, of config/ and of the hub what is so. {@link KubernetesIT} starts what they describe. */
class DockerFilesTest {
    private static final Path DOCKER = Path.of("docker");
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    private Path folder;

    @Test
    void the_image_carries_the_whole_config_and_the_routes() throws IOException {
        Image image = new Image();
        image.copyTo(folder);

        assertThat(OwnConfig.files(folder.resolve("etc/wijkhub"))).isEqualTo(OwnConfig.files(Path.of("config")));
        assertThat(OwnConfig.files(folder.resolve("opt/wijkhub/routes"))).isEqualTo(OwnConfig.files(Path.of("routes")));
        List<String> let = Files.readAllLines(DOCKER.resolve("Dockerfile.dockerignore"));
        assertThat(image.copies()).allSatisfy(copy -> assertThat(let)
                .contains("!" + Path.of(copy[0]).getName(0)));
    }

    @Test
    void the_pod_sees_every_file_of_config_and_no_other() throws IOException {
        podWith(folder.resolve("own")).mount(folder.resolve("root"));

        assertThat(OwnConfig.files(folder.resolve("root/etc/wijkhub")))
                .isEqualTo(OwnConfig.files(folder.resolve("own/config")));
    }

    static Stream<Path> needed() throws IOException {
        return OwnConfig.files(Path.of("config")).stream().filter(file -> !file.equals(Path.of("theme.css")));
    }

    @ParameterizedTest
    @MethodSource("needed")
    void a_pod_that_lacks_one_of_them_cannot_start(Path file) throws IOException {
        Pod pod = podWith(folder.resolve("own"));
        pod.mount(folder.resolve("root"));
        Path config = folder.resolve("root/etc/wijkhub");
        assertThat(HubConfig.read(config, pod.environment(), Map.of(), Clock.systemUTC())
                        .faults())
                .isEmpty();

        Files.delete(config.resolve(file));

        assertThat(HubConfig.read(config, pod.environment(), Map.of(), Clock.systemUTC())
                        .faults())
                .extracting(ConfigFault::file)
                .contains(file.toString());
    }

    @Test
    void the_pod_has_the_variables_that_config_asks_for_and_no_other() throws IOException {
        Pod pod = podWith(folder);

        assertThat(pod.environment().keySet()).isEqualTo(OwnConfig.variables(folder.resolve("config")));
    }

    @Test
    void ports_and_probes_are_where_the_hub_listens() throws IOException {
        JsonNode container = podWith(folder).container();
        Map<String, Integer> ports = new TreeMap<>();
        container
                .get("ports")
                .forEach(port -> ports.put(
                        port.get("name").asText(), port.get("containerPort").asInt()));
        Map<String, String> settings = Variables.of(folder.resolve("config/hub.properties"));

        assertThat(ports)
                .containsOnly(
                        Map.entry("http", Integer.valueOf(settings.get("hub.http.port"))),
                        Map.entry("management", Integer.valueOf(settings.get("hub.management.port"))));
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.get(probe).at("/httpGet/port").asText()).isEqualTo("management");
        }
        assertThat(settings.get("hub.management.host")).isEqualTo("0.0.0.0");
        assertThat(Files.readString(Image.FILE))
                .contains("EXPOSE " + ports.get("http") + " " + ports.get("management"))
                .contains("http://127.0.0.1:" + ports.get("management") + "/health/live");
        JsonNode labels = YAML.readTree(
                        DOCKER.resolve("kubernetes/deployment.yaml").toFile())
                .at("/spec/template/metadata/labels");
        try (var services = YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(DOCKER.resolve("kubernetes/service.yaml").toFile())) {
            assertThat(services.readAll()).hasSize(2).allSatisfy(service -> {
                assertThat(service.at("/spec/selector")).isEqualTo(labels);
                JsonNode port = service.at("/spec/ports/0");
                assertThat(ports.get(port.get("targetPort").asText()))
                        .isEqualTo(port.get("port").asInt());
            });
        }
    }

    @Test
    void compose_asks_for_what_env_example_lists_and_nothing_else() throws IOException {
        assertThat(Variables.of(DOCKER.resolve("env.example")).keySet())
                .isEqualTo(Pattern.compile("\\$\\{([A-Z_]+):\\?")
                        .matcher(Files.readString(DOCKER.resolve("compose.yaml")))
                        .results()
                        .map(name -> name.group(1))
                        .collect(Collectors.toSet()));
    }

    @Test
    void compose_gives_the_hub_what_its_config_asks_for_and_the_config_is_sound_with_it() throws Exception {
        OwnConfig.make(folder, Map.of());
        Map<String, String> given = environment("hub");

        assertThat(given.keySet()).isEqualTo(OwnConfig.variables(folder));
        CommandRun check = CommandRun.of(given, "check-config", "--config", folder.toString());
        assertThat(check.text()).contains("config is sound").doesNotContain("not set here");
        assertThat(check.exit()).isZero();
    }

    @Test
    void compose_gives_the_others_what_their_files_ask_for() throws IOException {
        assertThat(environment("keycloak").keySet())
                .containsAll(names("\\$\\{([A-Z_]+)}", DOCKER.resolve("keycloak/wijkhub-realm.json")));
        assertThat(environment("postgres").keySet())
                .containsAll(names("\\\\getenv \\w+ ([A-Z_]+)", DOCKER.resolve("postgres/databases.sql")));
    }

    @Test
    void what_compose_mounts_is_there() throws IOException {
        List<String> mounted = StreamSupport.stream(services().spliterator(), false)
                .flatMap(service -> StreamSupport.stream(service.path("volumes").spliterator(), false))
                .map(volume -> volume.isTextual()
                        ? volume.asText().split(":")[0]
                        : volume.get("source").asText())
                .filter(source -> source.startsWith("./"))
                .toList();

        // made by whoever follows README.md
        assertThat(mounted).contains("./config");
        assertThat(mounted.stream().filter(source -> !source.equals("./config")))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(DOCKER.resolve(source)).exists());
    }

    @Test
    void prometheus_and_grafana_look_where_something_is_to_be_seen() throws IOException {
        JsonNode prometheus =
                YAML.readTree(DOCKER.resolve("prometheus/prometheus.yml").toFile());
        assertThat(prometheus.at("/scrape_configs/0/static_configs/0/targets/0").asText())
                .isEqualTo("hub:9090");
        assertThat(services().has("hub")).isTrue();
        for (JsonNode rules : prometheus.get("rule_files")) {
            assertThat(DOCKER.resolve("prometheus").resolve(rules.asText())).exists();
        }
        JsonNode source = YAML.readTree(DOCKER.resolve("grafana/provisioning/datasources/prometheus.yaml")
                        .toFile())
                .at("/datasources/0");
        assertThat(source.get("url").asText()).isEqualTo("http://prometheus:9090");
        JsonNode provider = YAML.readTree(DOCKER.resolve("grafana/provisioning/dashboards/wijkhub.yaml")
                        .toFile())
                .at("/providers/0/options/path");
        assertThat(services().at("/grafana/volumes").toString())
                .contains("\"./grafana/dashboards:" + provider.asText() + ":ro\"");
        Path dashboard = DOCKER.resolve("grafana/dashboards/wijkhub.json");
        assertThat(names("\"uid\": *\"(wijkhub-prometheus)\"", dashboard))
                .containsExactly(source.get("uid").asText());

        Set<String> told = Stream.of(Meters.class.getFields())
                .map(DockerFilesTest::value)
                .filter(name -> name.startsWith("wijkhub."))
                .map(name -> name.replace('.', '_'))
                .collect(Collectors.toSet());
        for (Path file : List.of(dashboard, DOCKER.resolve("prometheus/alerts.yml"))) {
            assertThat(names("(wijkhub_[a-z_]+)", file)).isNotEmpty().allSatisfy(name -> assertThat(told)
                    .as(name)
                    .anyMatch(metric -> name.matches(metric + "(_seconds|_total)?")));
        }
    }

    private static String value(java.lang.reflect.Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> names(String pattern, Path file) {
        try {
            return Pattern.compile(pattern)
                    .matcher(Files.readString(file))
                    .results()
                    .map(name -> name.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode services() throws IOException {
        return YAML.readTree(DOCKER.resolve("compose.yaml").toFile()).get("services");
    }

    /** What compose gives a service, when env.example is filled in. */
    private static Map<String, String> environment(String service) throws IOException {
        Map<String, String> environment = new TreeMap<>();
        services()
                .get(service)
                .get("environment")
                .fields()
                .forEachRemaining(one -> environment.put(
                        one.getKey(),
                        one.getValue().asText().replaceAll("\\$\\{[A-Z_]+:\\?[^}]*}", "https://filled.in.example")));
        return environment;
    }

    private static Pod podWith(Path own) throws IOException {
        OwnPod.make(own, Map.of(), name -> name.equals("WIJKHUB_BROKER_AMQP_URL") ? "amqps://filled.in.example" : "x");
        return new Pod(own);
    }
}
