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
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The first oracle for the consent filter, read as it stands in the shared data and never changed here. Every
 * case has to be green.
 */
@Tag("sharing")
class SharingOracleTest {
    private static final Path FILE =
            Path.of(System.getenv().getOrDefault("WIJKHUB_DATA", "../shared/data"), "sharing-cases/cases.yaml");

    /** Where nothing passes because a rule forbids it, not because none permits it. */
    private static final Set<Integer> PROHIBITIONS = Set.of(9, 31);

    private static final List<String> GREEN = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> every_case() throws IOException {
        assumeTrue(Files.exists(FILE), "the sharing cases are not here");
        return cases().map(one -> dynamicTest(one.path("id").asText() + " row " + one.path("row"), () -> {
            check(one);
            GREEN.add(one.path("id").asText());
        }));
    }

    @AfterAll
    static void tell() {
        System.out.println("sharing oracle: " + GREEN.size() + " green");
    }

    private static Stream<JsonNode> cases() throws IOException {
        JsonNode cases = new YAMLMapper().readTree(FILE.toFile()).path("cases");
        return StreamSupport.stream(cases.spliterator(), false);
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
