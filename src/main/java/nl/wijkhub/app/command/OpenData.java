package nl.wijkhub.app.command;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import nl.wijkhub.app.wiring.HubConfig;
import nl.wijkhub.app.wiring.HubSettings;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;
import picocli.CommandLine.Option;

/** The data of a hub, open for a command that reads it. */
public final class OpenData implements AutoCloseable {
    /** Finds the data of a hub. */
    public interface Source {
        /** @param data the folder of a demo, which need not be there */
        OpenData open(Path data, Path config) throws IOException;
    }

    /** The options of such a command. */
    static final class Options {
        private final Source source;

        @Option(names = "--data", description = "The data folder of a demo.", defaultValue = "data")
        private Path data;

        @Option(names = "--config", description = "The config folder.", defaultValue = "config")
        private Path config;

        Options(Source source) {
            this.source = source;
        }

        OpenData open() throws IOException {
            return source.open(data, config);
        }
    }

    private final Path config;
    private final HikariDataSource pool;
    private final Runnable afterwards;

    /** @param afterwards what is to be stopped when the data is closed */
    public OpenData(Path config, String url, String user, String password, Runnable afterwards) {
        this.config = config;
        this.afterwards = afterwards;
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(url);
        settings.setUsername(user);
        settings.setPassword(password);
        settings.setMaximumPoolSize(2);
        settings.setReadOnly(true);
        this.pool = new HikariDataSource(settings);
    }

    /** Opens the database that {@code hub.properties} names. */
    public static OpenData ofConfig(Path data, Path config) throws IOException {
        if (isOfDemo(data)) {
            throw new IOException(data + " is the data of a demo: ./wijkhub opens it, and this program cannot");
        }
        HubConfig.Reading reading = HubConfig.read(config, System.getenv(), Map.of(), Clock.systemUTC());
        if (!reading.faults().isEmpty()) {
            throw new IOException("there is no demo in " + data + ", and config has faults: "
                    + reading.faults().get(0));
        }
        HubSettings hub = reading.config().settings();
        return new OpenData(
                config,
                hub.text("hub.database.url"),
                hub.text("hub.database.user"),
                hub.text("hub.database.password"),
                () -> {});
    }

    /** Whether a demo keeps its database in this folder. */
    public static boolean isOfDemo(Path data) {
        return Files.isDirectory(data.resolve("database/cluster"));
    }

    Database database() {
        return new Database(pool);
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
        afterwards.run();
    }
}
