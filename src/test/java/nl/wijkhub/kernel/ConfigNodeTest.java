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
}
