package nl.wijkhub.app.command;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import nl.wijkhub.app.wiring.HubConfig;
import nl.wijkhub.app.wiring.HubSettings;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.EmbeddedDatabase;
import picocli.CommandLine.Option;

/**
 * The data of a hub, for a command that reads it: of a demo, running or not, under {@code --data}; else of the database
 * that {@code hub.properties} names.
 */
final class OpenData implements AutoCloseable {
    /** The options of such a command. */
    static final class Options {
        @Option(names = "--data", description = "The data folder of a demo.", defaultValue = "data")
        private Path data;

        @Option(names = "--config", description = "The config folder.", defaultValue = "config")
        private Path config;

        OpenData open() throws IOException {
            return new OpenData(data, config);
        }
    }

    private final Path config;
    private final HikariDataSource pool;
    private EmbeddedDatabase started;

    private OpenData(Path data, Path config) throws IOException {
        this.config = config;
        Path database = data.resolve("database");
        HikariConfig settings = new HikariConfig();
        if (Files.isDirectory(database.resolve("cluster"))) {
            String password = Files.readString(config.resolve("secrets/database-password"))
                    .strip();
            settings.setJdbcUrl(urlOfDemo(database, password));
            settings.setUsername(EmbeddedDatabase.USER);
            settings.setPassword(password);
        } else {
            HubConfig.Reading reading = HubConfig.read(config, System.getenv(), Map.of());
            if (!reading.faults().isEmpty()) {
                throw new IOException("there is no demo in " + data + ", and config has faults: "
                        + reading.faults().get(0));
            }
            HubSettings hub = reading.config().settings();
            settings.setJdbcUrl(hub.text("hub.database.url"));
            settings.setUsername(hub.text("hub.database.user"));
            settings.setPassword(hub.text("hub.database.password"));
        }
        settings.setMaximumPoolSize(2);
        settings.setReadOnly(true);
        this.pool = new HikariDataSource(settings);
    }

    /** Of the demo that runs; else its database is started for as long as the command takes. */
    private String urlOfDemo(Path database, String password) {
        try {
            List<String> lines = Files.readAllLines(database.resolve("cluster/postmaster.pid"));
            String url = "jdbc:postgresql://127.0.0.1:" + lines.get(3).strip() + "/postgres";
            try (Connection answers = DriverManager.getConnection(url, EmbeddedDatabase.USER, password)) {
                return answers.getMetaData().getURL();
            }
        } catch (IOException | SQLException notRunning) {
            started = new EmbeddedDatabase(database, password);
            started.start();
            return started.jdbcUrl();
        }
    }

    DatabaseStore database() {
        return new DatabaseStore(pool);
    }

    Vault vault() {
        return Vault.open(config.resolve("secrets"));
    }

    Path config() {
        return config;
    }

    @Override
    public void close() {
        pool.close();
        if (started != null) {
            started.close();
        }
    }
}
