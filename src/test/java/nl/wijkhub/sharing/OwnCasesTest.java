package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our own cases for the consent filter: a folder per row of the table, in the words of the oracle. */
@Tag("sharing")
class OwnCasesTest {
    private static final Path CASES = Path.of("src/test/sharing-cases");
    private static final Map<String, Integer> GREEN = new TreeMap<>();

    @TestFactory
    Stream<DynamicTest> every_case() throws IOException {
        return all().stream()
                .map(one -> dynamicTest(
                        one.node().path("id").asText() + " "
                                + one.node().path("note").asText(),
                        () -> {
                            SharingOracleTest.check(one.node());
                            GREEN.merge(one.row(), 1, Integer::sum);
                        }));
    }

    @Test
    void every_row_has_its_variants() throws IOException {
        List<Case> all = all();
        assertThat(all).hasSizeGreaterThanOrEqualTo(150);
        assertThat(all.stream().map(Case::row).distinct()).hasSize(33);
        assertThat(all.stream().map(one -> one.node().path("id").asText()).toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void every_rule_of_the_agreement_speaks_in_a_case() throws IOException {
        Set<String> silent = SharingFixture.AGREEMENT.rules().stream()
                .map(SharingRule::id)
                .collect(Collectors.toCollection(TreeSet::new));
        for (Case one : all()) {
            Decision decision = new OracleCase(one.node()).decide();
            silent.remove(decision.ruleId());
            silent.removeIf(id -> decision.reasons().contains("removed-by-" + id));
        }
        assertThat(silent).isEmpty();
    }

    @AfterAll
    static void tell() {
        GREEN.forEach((row, count) -> System.out.println(row + " " + count));
        System.out.println(GREEN.values().stream().mapToInt(Integer::intValue).sum() + " cases");
    }

    private record Case(String row, JsonNode node) {}

    private static List<Case> all() throws IOException {
        List<Case> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CASES)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                for (JsonNode one : new YAMLMapper().readTree(file.toFile()).path("cases")) {
                    all.add(new Case(file.getParent().getFileName().toString(), one));
                }
            }
        }
        return all;
    }
}
