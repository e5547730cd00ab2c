package nl.wijkhub.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigNodeTest {
    @TempDir
    private Path folder;

    private final List<ConfigFault> faults = new ArrayList<>();

    @Test
    void every_fault_carries_its_own_line() throws IOException {
        ConfigNode node = read("""
                id: a
                days: many
                when: 2026-13-01
                typo: x
                id: b
                """);
        node.text("id");
        node.integer("days");
        node.date("when");
        node.text("gone");
        node.nothingElse();

        assertThat(faults).extracting(ConfigFault::line).containsExactlyInAnyOrder(5, 2, 3, 1, 4);
        assertThat(faults).extracting(ConfigFault::toString).anyMatch(f -> f.contains("unknown key 'typo'"));
    }

    @Test
    void what_is_no_yaml_is_one_fault() throws IOException {
        read("a: [1, 2\nb: }");

        assertThat(faults).singleElement().satisfies(f -> assertThat(f.reason()).startsWith("is no YAML"));
    }

    @Test
    void a_file_that_is_not_there_is_one_fault() {
        ConfigNode.read(folder, "nothing.yaml", faults);

        assertThat(faults).singleElement().satisfies(f -> assertThat(f.reason()).isEqualTo("cannot be read"));
    }

    private ConfigNode read(String yaml) throws IOException {
        Files.writeString(folder.resolve("file.yaml"), yaml);
        return ConfigNode.read(folder, "file.yaml", faults);
    }

    @Test
    void a_list_is_read_and_what_is_none_is_told() {
        java.util.List<ConfigFault> told = new java.util.ArrayList<>();

        assertThat(ConfigNode.listOf("fake.yaml", "- {a: 1}\n- {a: 2}", told)).hasSize(2);
        assertThat(told).isEmpty();
        assertThat(ConfigNode.listOf("fake.yaml", "a: 1", told)).isEmpty();
        assertThat(ConfigNode.listOf("fake.yaml", "- {", told)).isEmpty();
        assertThat(ConfigNode.of("fake.yaml", "- 1", told).keys()).isEmpty();
        assertThat(told)
                .extracting(ConfigFault::reason)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("expected a list at the top"),
                        second -> assertThat(second).startsWith("is no YAML"),
                        third -> assertThat(third).isEqualTo("expected a mapping at the top"));
    }
}
