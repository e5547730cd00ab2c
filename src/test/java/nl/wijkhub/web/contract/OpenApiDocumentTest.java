package nl.wijkhub.web.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import nl.wijkhub.Contract;
import nl.wijkhub.Contract.Operation;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.PartnerDoor;
import nl.wijkhub.signal.SignalFixture;
import nl.wijkhub.signal.SignalSchema;
import org.junit.jupiter.api.Test;

/** The OpenAPI document as it is put together: whole, sound in itself, and about exactly what the hub mounts. */
public class OpenApiDocumentTest {
    private static final Path FOLDER = Path.of("src/main/resources/openapi");

    public static OpenApiDocument document() {
        return new OpenApiDocument(
                "https://wijkhub.example.nl",
                "https://identity.example.nl",
                new SignalSchema().tree(),
                SignalFixture.DOORS.names());
    }

    private final Contract contract = new Contract(document().tree());

    @Test
    void every_part_in_the_folder_is_read() throws IOException {
        JsonNode api = new YAMLMapper().readTree(FOLDER.resolve("api.yaml").toFile());
        Set<String> named = new TreeSet<>();
        api.get("x-parts").forEach(one -> assertThat(named.add(one.asText())).isTrue());
        named.remove("doors");
        SignalFixture.DOORS.names().stream()
                .filter(door -> Files.exists(FOLDER.resolve(door + ".yaml")))
                .forEach(named::add);
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                            .filter(name -> !name.equals("api")))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Test
    void every_operation_has_a_name_of_its_own_a_summary_a_known_tag_and_every_reference_leads_somewhere() {
        Set<String> names = new HashSet<>();
        List<String> tags = contract.document().get("tags").findValuesAsText("name");
        for (Operation operation : contract.operations()) {
            assertThat(names.add(operation.id())).as(operation.name()).isTrue();
            assertThat(operation.node().path("summary").asText())
                    .as(operation.name())
                    .isNotBlank()
                    .doesNotContain("\n");
            assertThat(operation.node().get("tags")).as(operation.name()).hasSize(1);
            assertThat(tags).contains(operation.node().at("/tags/0").asText());
            for (JsonNode parameter : contract.parameters(operation)) {
                assertThat(parameter.has("schema")).as(operation.name()).isTrue();
            }
        }
        contract.document().findParents("$ref").forEach(contract::follow);
    }

    @Test
    void every_body_has_an_example_and_every_example_fits_its_schema() {
        for (Operation operation : contract.operations()) {
            if (operation.node().has("requestBody")) {
                JsonNode body = contract.follow(operation.node().get("requestBody"));
                assertThat(contract.examples(body).stream()
                                .map(Contract.Example::mediaType)
                                .distinct())
                        .as(operation.name())
                        .hasSameSizeAs(body.get("content"));
                fit(operation, body);
            }
            operation.node().get("responses").forEach(response -> {
                fit(operation, contract.follow(response));
                fitLines(operation, contract.follow(response));
            });
        }
    }

    private void fit(Operation operation, JsonNode body) {
        for (Contract.Example example : contract.examples(body)) {
            assertThat(contract.faults(
                            body.get("content").get(example.mediaType()).get("schema"), example.value()))
                    .as(operation.name() + " " + example.name())
                    .isEmpty();
        }
    }

    private void fitLines(Operation operation, JsonNode body) {
        for (Contract.Example example : contract.examples(body)) {
            JsonNode schema = body.get("content").get(example.mediaType()).path("x-line-schema");
            if (!schema.isMissingNode()) {
                example.value().asText().lines().forEach(line -> assertThat(
                                contract.faults(schema, Json.read(line, JsonNode.class)))
                        .as(operation.name() + " " + line)
                        .isEmpty());
            }
        }
    }

    @Test
    void the_case_signal_is_the_published_schema() {
        JsonNode published = new SignalSchema().tree();
        JsonNode here = document().tree().at("/components/schemas/CaseSignal");

        assertThat(here.get("required")).isEqualTo(published.get("required"));
        assertThat(here.get("properties").size())
                .isEqualTo(published.get("properties").size());
        assertThat(here.at("/properties/occurredAt/$ref").asText())
                .isEqualTo("#/components/schemas/CaseSignal/$defs/instant");
    }

    @Test
    void what_is_mounted_and_what_the_routes_open_is_what_the_document_tells() throws Exception {
        Set<String> answered = new TreeSet<>(mounted());
        answered.addAll(routes());

        assertThat(contract.operations().stream().map(one -> one.name().replaceAll("\\{[^}]+}", "{}")))
                .containsExactlyInAnyOrderElementsOf(answered);
    }

    @Test
    void it_is_kept_for_whoever_lints_or_reads_it() throws IOException {
        Path file = Path.of("target/contract/openapi.json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                Json.MAPPER
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(document().tree()));

        // a number may be of another kind in Java and is the same in JSON
        assertThat(new YAMLMapper().readTree(document().yaml()).toString())
                .isEqualTo(document().tree().toString());
    }

    /** Every class that mounts something, mounted on a router without what it works with. */
    private static Set<String> mounted() throws Exception {
        Set<String> paths = new TreeSet<>();
        Vertx vertx = Vertx.vertx();
        try {
            Router router = Router.router(vertx);
            for (JavaClass one : new ClassFileImporter().importPackages("nl.wijkhub.web")) {
                if (one.getSimpleName().endsWith("Api")) {
                    Class<?> api = one.reflect();
                    Method mount = api.getDeclaredMethod("mount", Router.class);
                    mount.invoke(made(api), router);
                }
            }
            router.getRoutes().stream()
                    .filter(route ->
                            route.getPath() != null && route.getPath().startsWith("/v1/") && route.methods() != null)
                    .forEach(route -> route.methods()
                            .forEach(method -> paths.add(
                                    method.name() + " " + route.getPath().replaceAll(":[a-zA-Z]+", "{}"))));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        return paths;
    }

    private static Object made(Class<?> api) throws Exception {
        if (api == ContractApi.class) {
            return new ContractApi(document(), AsyncApiDocumentTest.document());
        }
        return ofNothing(api);
    }

    /** Made without what it works with; a record that holds that is there, and empty. */
    private static Object ofNothing(Class<?> type) throws Exception {
        Constructor<?> constructor = type.getConstructors()[0];
        Object[] arguments = new Object[constructor.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> given = constructor.getParameterTypes()[i];
            arguments[i] = given.isRecord() ? ofNothing(given) : null;
        }
        return constructor.newInstance(arguments);
    }

    /** Every door of /v1 is opened by the template, which {@link SignalFixture#DOORS} reads. */
    private static Set<String> routes() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("routes"))) {
            for (Path file : all.toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain("platform-http:/v1");
            }
        }
        Set<String> paths = new TreeSet<>();
        for (PartnerDoor door : SignalFixture.DOORS.all()) {
            if (door.path().startsWith("/v1")) {
                door.methods()
                        .forEach(method -> paths.add(method + " " + door.path().replaceAll("\\{[^}]+}", "{}")));
            }
        }
        return paths;
    }
}
