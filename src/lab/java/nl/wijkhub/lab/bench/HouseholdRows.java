package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.EmbeddedDatabase;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.ds.PGSimpleDataSource;

/** A way into the database of a running hub: puts households there before it is measured, and counts afterwards. */
final class HouseholdRows {
    /** Rows per COPY: large enough to be fast, small enough to be held as text. */
    private static final int AT_ONCE = 50_000;

    private final Path data;
    private final Path secrets;

    HouseholdRows(Path data, Path secrets) {
        this.data = data;
        this.secrets = secrets;
    }

    /** Every household of the town, with its address as alias and an active plan. */
    void preload(BenchTown town, Vault vault) {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            // what is copied refers to what was copied just before
            statement.execute("set session_replication_role = replica");
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (int from = 0; from < town.households(); from += AT_ONCE) {
                copy(copy, town, vault, from, Math.min(town.households(), from + AT_ONCE));
            }
            statement.execute("vacuum analyze household");
            statement.execute("vacuum analyze household_alias");
            statement.execute("vacuum analyze plan");
            statement.execute("checkpoint");
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("the households cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static void copy(CopyManager copy, BenchTown town, Vault vault, int from, int to)
            throws SQLException, IOException {
        StringBuilder households = new StringBuilder();
        StringBuilder aliases = new StringBuilder();
        StringBuilder plans = new StringBuilder();
        for (int i = from; i < to; i++) {
            UUID household = Identifier.next();
            // as HouseholdKeys makes it; a household that the hub would not find shows as one too many afterwards
            byte[] key = vault.pseudonym("household-ADDRESS", town.address(i).matchKey());
            households.append(household).append("\tnow\n");
            aliases.append("\\\\x")
                    .append(HexFormat.of().formatHex(key))
                    .append("\tADDRESS\t")
                    .append(household)
                    .append("\tnow\n");
            plans.append(UUID.randomUUID()).append('\t').append(household).append('\t');
            plans.append(town.teamOf(i)).append("\tPROPOSED\tnow\n");
        }
        copy(copy, "household (household_id, created_at)", households);
        copy(copy, "household_alias (alias_key, kind, household_id, learned_at)", aliases);
        copy(copy, "plan (plan_id, household_id, team_id, state, opened_at)", plans);
    }

    private static void copy(CopyManager copy, String into, StringBuilder rows) throws SQLException, IOException {
        copy.copyIn(
                "copy " + into + " from stdin",
                new java.io.ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    /** Deliveries that nobody has marked as sent yet. */
    long unsent() {
        return count("select count(*) from delivery where void_at is null");
    }

    /** What is wrong after this many signals about known households; empty when nothing is. */
    List<String> findings(long signals, long households) {
        List<String> findings = new ArrayList<>();
        expect(findings, "signals in the database", "select count(*) from signal", signals);
        expect(
                findings,
                "signals worked",
                "select count(*) from signal where worked_at is not null and parked_at is null",
                signals);
        expect(findings, "queue items", "select count(*) from queue_item", signals * Measured.DELIVERIES);
        expect(findings, "deliveries left", "select count(*) from delivery where void_at is null", 0);
        expect(findings, "households", "select count(*) from household", households);
        return findings;
    }

    private void expect(List<String> findings, String what, String sql, long expected) {
        long found = count(sql);
        if (found != expected) {
            findings.add(what + ": " + found + ", expected " + expected);
        }
    }

    long count(String sql) {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the hub's database does not answer", e);
        }
    }

    /** The cost of its tables and indexes so far. */
    TableCosts costs() {
        try (Connection connection = open()) {
            return TableCosts.of(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the hub's database does not answer", e);
        }
    }

    private Connection open() throws SQLException {
        return source().getConnection();
    }

    /** The server tells its port in the fourth line of its pid file. */
    PGSimpleDataSource source() {
        try {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setServerNames(new String[] {"127.0.0.1"});
            source.setPortNumbers(new int[] {
                Integer.parseInt(Files.readAllLines(data.resolve("database/cluster/postmaster.pid"))
                        .get(3)
                        .strip())
            });
            source.setDatabaseName("postgres");
            source.setUser(EmbeddedDatabase.USER);
            source.setPassword(Files.readString(secrets.resolve("database-password")));
            return source;
        } catch (IOException e) {
            throw new UncheckedIOException("the hub's database cannot be reached", e);
        }
    }
}
