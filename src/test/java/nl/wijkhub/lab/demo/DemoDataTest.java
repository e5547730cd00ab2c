package nl.wijkhub.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import nl.wijkhub.lab.embedded.EmbeddedDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDataTest {
    @TempDir
    private Path folder;

    @Test
    void whoever_names_another_config_leaves_the_database_of_a_running_demo_alone() throws IOException, SQLException {
        Path config = folder.resolve("other-config");
        Files.createDirectories(config.resolve("secrets"));
        Files.writeString(config.resolve("secrets/database-password"), "fake-other");
        try (EmbeddedDatabase running = new EmbeddedDatabase(folder.resolve("data/database"), "fake-own")) {
            running.start();

            assertThatThrownBy(() -> DemoData.open(folder.resolve("data"), config))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("--config");
            try (Connection connection = running.dataSource().getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }
}
