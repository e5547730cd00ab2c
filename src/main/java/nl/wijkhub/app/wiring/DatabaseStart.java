package nl.wijkhub.app.wiring;

import javax.sql.DataSource;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.KeyCheckStore;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.SignalKeysStore;
import nl.wijkhub.team.SeatStore;
import nl.wijkhub.team.Teams;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Checks a database before a hub works on it: a schema that this release knows, and its own keys. */
public final class DatabaseStart {
    private DatabaseStart() {}

    /** Brings the schema up to this release. Rejects: one that is newer, or was changed by hand. */
    public static void migrate(DataSource database) {
        try {
            Flyway.configure()
                    .dataSource(database)
                    .locations("classpath:db")
                    .validateMigrationNaming(true)
                    // a step that only a later release knows is a fault, and no warning
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
        } catch (FlywayValidateException otherSchema) {
            throw new IllegalStateException(
                    "this release does not know the schema of the database: start the release that last ran on it, or a later"
                            + " one, or put back the backup of before (docs/operating.md, \"An upgrade\")",
                    otherSchema);
        }
    }

    /** Rejects: keys under which nothing of what the database holds can be opened or found. */
    public static void requireSameKeys(Database database, Vault vault) {
        KeyCheckStore kept = new KeyCheckStore(database, vault);
        boolean fits = kept.fits().orElseGet(() -> new SignalKeysStore(database, vault).opensNewest());
        if (!fits) {
            throw new IllegalStateException(
                    "the key files in secrets/ are not those that this database was filled with: put the right ones back"
                            + " (docs/operating.md, \"Keys\"); nothing was changed");
        }
        kept.keep();
    }

    /** Rejects: a seat at which another organisation sat before, since it would read what that one was told. */
    public static void requireSameSeats(Database database, Teams teams) {
        new SeatStore(database)
                .settle(teams.all().stream()
                        .flatMap(team -> team.seats().stream())
                        .toList());
    }
}
