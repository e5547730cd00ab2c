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
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The oracle for the consent filter, in two files that are read as they stand and never changed here. Every case of what is
 * built has to be green; a case of what is not built yet is counted under what it needs.
 */
@Tag("sharing")
class SharingOracleTest {
    private static final Path COPIES = Path.of("src/test/resources/sharing-cases");
    private static final Path SHARED =
            Path.of(System.getenv().getOrDefault("WIJKHUB_DATA", "../shared/data"), "sharing-cases");
    private static final List<String> FILES = List.of("cases.yaml", "cases-2.yaml");

    /** What the second file asks for by name, and is there. */
    private static final Set<String> BUILT = Set.of("decisions", "seats");

    private static final Set<String> NOT_BUILT = Set.of("own", "acute", "referral");

    /** Where nothing passes because a rule forbids it, not because none permits it. */
    private static final Set<Integer> PROHIBITIONS = Set.of(9, 31);

    private static final List<String> GREEN = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> every_case_of_what_is_built() throws IOException {
        return cases().stream()
                .filter(one ->
                        !one.has("needs") || BUILT.contains(one.path("needs").asText()))
                .map(one -> dynamicTest(one.path("id").asText() + " row " + one.path("row"), () -> {
                    check(one);
                    GREEN.add(one.path("id").asText());
                }));
    }

    @Test
    void every_capability_that_a_case_needs_is_known() throws IOException {
        Set<String> needed = new TreeSet<>();
        cases().stream()
                .filter(one -> one.has("needs"))
                .forEach(one -> needed.add(one.path("needs").asText()));

        Set<String> known = new TreeSet<>(BUILT);
        known.addAll(NOT_BUILT);
        assertThat(needed).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cases.yaml", "cases-2.yaml"})
    void the_copy_is_equal_to_what_was_given(String file) {
        assumeTrue(Files.exists(SHARED) || System.getenv("CI") != null, "the sharing cases are not here");
        assertThat(COPIES.resolve(file)).hasSameBinaryContentAs(SHARED.resolve(file));
    }

    @AfterAll
    static void tell() throws IOException {
        Map<String, List<String>> pending = new TreeMap<>();
        cases().stream()
                .filter(one -> NOT_BUILT.contains(one.path("needs").asText()))
                .forEach(one -> pending.computeIfAbsent(one.path("needs").asText(), needs -> new ArrayList<>())
                        .add(one.path("id").asText()));
        System.out.println("sharing oracle: " + GREEN.size() + " green, not built yet " + pending);
    }

    private static List<JsonNode> cases() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        for (String file : FILES) {
            JsonNode read = new YAMLMapper().readTree(COPIES.resolve(file).toFile());
            StreamSupport.stream(read.path("cases").spliterator(), false).forEach(cases::add);
        }
        return cases;
    }

    static void check(JsonNode one) throws IOException {
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
        if (expect.has("held")) {
            assertThat(decision.heldBy()).isEqualTo(expect.path("held").asText(null));
        }
        expect.path("obligations")
                .forEach(what -> assertThat(decision.obligations()).contains(what.asText()));
        if (decision.releases() || PROHIBITIONS.contains(one.path("row").asInt())) {
            assertThat(oracle.rowsThatSpoke(decision)).contains(one.path("row").asInt());
        }
    }
}
