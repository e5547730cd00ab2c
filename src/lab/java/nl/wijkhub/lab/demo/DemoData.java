package nl.wijkhub.lab.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import nl.wijkhub.app.command.OpenData;
import nl.wijkhub.lab.embedded.EmbeddedDatabase;

/** The data of a demo, running or not; where no demo is, of the database that {@code hub.properties} names. */
public final class DemoData {
    private DemoData() {}

    /** SQLSTATE class 28: who is there takes another password. */
    private static final String REFUSED = "28";

    /**
     * Opens the data of the demo that runs; else starts its database for as long as the command takes.
     *
     * @throws IOException also when a demo with another config runs there: its database is left alone
     */
    public static OpenData open(Path data, Path config) throws IOException {
        if (!OpenData.isOfDemo(data)) {
            return OpenData.ofConfig(data, config);
        }
        Path database = data.resolve("database");
        String password =
                Files.readString(config.resolve("secrets/database-password")).strip();
        try {
            List<String> lines = Files.readAllLines(database.resolve("cluster/postmaster.pid"));
            String url = "jdbc:postgresql://127.0.0.1:" + lines.get(3).strip() + "/postgres";
            try (Connection answers = DriverManager.getConnection(url, EmbeddedDatabase.USER, password)) {
                return new OpenData(config, answers.getMetaData().getURL(), EmbeddedDatabase.USER, password, () -> {});
            }
        } catch (IOException | SQLException notRunning) {
            if (notRunning instanceof SQLException other
                    && String.valueOf(other.getSQLState()).startsWith(REFUSED)) {
                throw new IOException("the demo that runs in " + data + " has another config than " + config
                        + ": name it with --config");
            }
            EmbeddedDatabase started = new EmbeddedDatabase(database, password);
            started.start();
            return new OpenData(config, started.jdbcUrl(), EmbeddedDatabase.USER, password, started::close);
        }
    }
}
