package nl.wijkhub.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Rejected;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole messages through every stage on the real database, held against what stands beside them. Rewritten only by
 * {@code -Dgolden=write}, never in CI.
 * In: 00-in.json, one message. What came before it in before.json, what people and time do after it in then.json:
 * {@link GoldenStage}. Switches of the agreement that are on for this case alone in switches.json.
 * Out: 20-signal.json, 40-releases.json and 70-deliveries.json of the message, or problem.json. Where there is any:
 * 40-releases-then.json, what the same recipients are told after then.json; 41-beside-the-team.json, what was decided for
 * others than the disciplines of the team; 60-escalations.json, the steps up the ladder.
 */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/golden");
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    private static final Set<String> RULES_MET = new TreeSet<>();
    private static final Set<String> HOLDS_MET = new TreeSet<>();
    private static final Set<String> ESCALATIONS_MET = new TreeSet<>();

    @BeforeEach
    void refuse_to_rewrite_in_ci() {
        assertThat(WRITE && "true".equals(System.getenv("CI")))
                .as("golden files are not rewritten in CI")
                .isFalse();
    }

    @TestFactory
    Stream<DynamicTest> every_case() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            return files
                    .filter(p -> p.getFileName().toString().startsWith("00-in."))
                    .map(Path::getParent)
                    .sorted()
                    .map(folder ->
                            DynamicTest.dynamicTest(GOLDEN.relativize(folder).toString(), () -> run(folder)))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @CsvSource({"housing, 16, 6", "police, 12, 4", "welfare, 12, 4", "care, 12, 4", "public-space, 12, 4"})
    void there_are_enough_cases_of_each_partner_and_enough_bad_ones(String partner, int all, int bad)
            throws IOException {
        try (Stream<Path> folders = Files.list(GOLDEN.resolve(partner))) {
            var cases = folders.toList();
            assertThat(cases).hasSizeGreaterThanOrEqualTo(all);
            assertThat(cases.stream().filter(c -> Files.exists(c.resolve("problem.json"))))
                    .hasSizeGreaterThanOrEqualTo(bad);
        }
    }

    @AfterAll
    static void every_rule_met_a_sample() throws IOException {
        assertThat(RULES_MET).containsAll(GoldenRules.ofTheAgreement());
        assertThat(HOLDS_MET).isEqualTo(GoldenRules.holds());
        assertThat(ESCALATIONS_MET).isEqualTo(GoldenRules.ofTheLadder());
    }

    private static void run(Path folder) throws IOException {
        TestDatabase.empty();
        GoldenHub hub = new GoldenHub(switches(folder));
        GoldenStage stage = new GoldenStage(hub);
        for (JsonNode earlier : steps(folder, "before.json")) {
            stage.play(folder, earlier);
        }
        JsonNode in = json(folder.resolve("00-in.json"));
        stage.pass(in);
        GoldenHub.Outcome outcome;
        try {
            outcome = hub.send(GoldenMessage.of(folder, in));
        } catch (Rejected rejected) {
            compare(folder.resolve("problem.json"), problem(rejected));
            assertThat(folder.resolve("20-signal.json")).doesNotExist();
            assertThat(hub.stored()).as("nothing is stored of a bad message").isEqualTo(hub.sent());
            return;
        }
        compare(folder.resolve("20-signal.json"), outcome.signal());
        compare(folder.resolve("40-releases.json"), outcome.releases());
        compare(folder.resolve("70-deliveries.json"), outcome.deliveries());
        assertThat(folder.resolve("problem.json")).doesNotExist();
        meets(outcome.releases());
        RULES_MET.addAll(outcome.withdrawnBy());
        HOLDS_MET.addAll(outcome.heldBy());
        for (JsonNode later : steps(folder, "then.json")) {
            stage.play(folder, later);
        }
        if (Files.exists(folder.resolve("then.json"))) {
            ArrayNode toldNow = hub.toldNow();
            compareOrNone(folder.resolve("40-releases-then.json"), toldNow);
            meets(toldNow);
        }
        ArrayNode beside = hub.besideTheTeam();
        compareOrNone(folder.resolve("41-beside-the-team.json"), beside);
        meets(beside);
        ArrayNode escalations = GoldenNodes.escalations(hub.stages);
        compareOrNone(folder.resolve("60-escalations.json"), escalations);
        escalations.forEach(step -> ESCALATIONS_MET.add(step.get("rule").asText()));
    }

    private static void meets(ArrayNode releases) {
        for (JsonNode release : releases) {
            RULES_MET.add(release.get("rule").asText());
            release.get("reasons")
                    .forEach(reason -> RULES_MET.add(reason.asText().replace("removed-by-", "")));
        }
    }

    /** The switches of the agreement that are on in this case alone. */
    private static Set<String> switches(Path folder) throws IOException {
        Set<String> switches = new TreeSet<>();
        steps(folder, "switches.json").forEach(one -> switches.add(one.asText()));
        return switches;
    }

    private static JsonNode steps(Path folder, String file) throws IOException {
        return Files.exists(folder.resolve(file)) ? json(folder.resolve(file)) : Json.MAPPER.createArrayNode();
    }

    private static ObjectNode problem(Rejected rejected) {
        ObjectNode problem =
                Json.MAPPER.createObjectNode().put("problem", rejected.problem().code());
        ArrayNode errors = problem.putArray("errors");
        for (Fault fault : rejected.faults()) {
            errors.addObject().put("pointer", fault.pointer()).put("code", fault.code());
        }
        return problem;
    }

    private static void compare(Path file, JsonNode actual) throws IOException {
        String text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(actual) + "\n";
        if (WRITE) {
            Files.writeString(file, text);
        }
        assertThat(file).exists();
        assertThat(text).isEqualTo(Files.readString(file));
    }

    /** A file that stands there only when there is something to say. */
    private static void compareOrNone(Path file, ArrayNode actual) throws IOException {
        if (actual.isEmpty()) {
            assertThat(file).doesNotExist();
        } else {
            compare(file, actual);
        }
    }

    private static JsonNode json(Path file) throws IOException {
        return Json.MAPPER.readTree(file.toFile());
    }
}
