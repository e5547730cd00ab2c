package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The first oracle for the consent filter, read as it stands in the shared data and never changed here. A case of a row
 * that is not built is named as pending; every other has to be green.
 */
@Tag("sharing")
class SharingOracleTest {
    private static final Path FILE =
            Path.of(System.getenv().getOrDefault("WIJKHUB_DATA", "../shared/data"), "sharing-cases/cases.yaml");

    /** Debt help, Acts, break-glass, subscribers and feedback are no recipients yet. */
    private static final Set<Integer> NOT_BUILT = Set.of(5, 16, 23, 27, 29);

    private static final List<String> GREEN = new ArrayList<>();
    private static final Map<Integer, List<String>> PENDING = new TreeMap<>();

    @TestFactory
    Stream<DynamicTest> every_case_of_a_row_that_is_built() throws IOException {
        assumeTrue(Files.exists(FILE), "the sharing cases are not here");
        return cases().filter(one -> !isPending(one))
                .map(one -> dynamicTest(one.path("id").asText() + " row " + one.path("row"), () -> {
                    check(one);
                    GREEN.add(one.path("id").asText());
                }));
    }

    @Test
    void every_case_is_green_or_pending_by_name() throws IOException {
        assumeTrue(Files.exists(FILE), "the sharing cases are not here");
        cases().filter(SharingOracleTest::isPending)
                .forEach(one -> PENDING.computeIfAbsent(one.path("row").asInt(), row -> new ArrayList<>())
                        .add(one.path("id").asText()));
        List<String> pending =
                PENDING.values().stream().flatMap(List::stream).sorted().toList();
        assertThat(pending).containsExactly("c10", "c45", "c46", "c50", "c55");
    }

    @AfterAll
    static void tell() {
        System.out.println("sharing oracle: green " + GREEN.size() + ", pending by row " + PENDING);
    }

    private static boolean isPending(JsonNode one) {
        return NOT_BUILT.contains(one.path("row").asInt());
    }

    private static Stream<JsonNode> cases() throws IOException {
        JsonNode cases = new YAMLMapper().readTree(FILE.toFile()).path("cases");
        return StreamSupport.stream(cases.spliterator(), false);
    }

    private static void check(JsonNode one) throws IOException {
        OracleCase oracle = new OracleCase(one);
        Decision decision = oracle.decide();
        JsonNode expect = one.path("expect");

        assertThat(decision.disclosure().name())
                .isEqualTo(expect.path("disclosure").asText());
        String shown = oracle.shown(decision);
        expect.path("absent").forEach(what -> assertThat(oracle.tracesOf(what.asText()))
                .isNotEmpty()
                .allSatisfy(trace -> assertThat(shown).as(what.asText()).doesNotContain(trace)));
        expect.path("present").forEach(what -> assertThat(oracle.tracesOf(what.asText()))
                .isNotEmpty()
                .anySatisfy(trace -> assertThat(shown).as(what.asText()).contains(trace)));
        if (decision.releases()) {
            assertThat(oracle.rowsThatSpoke(decision)).contains(one.path("row").asInt());
        }
    }
}
