package nl.wijkhub.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.kernel.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What a hub finds out about a database before it works on it, each on a database of its own. */
class DatabaseStartTest {
    @TempDir
    Path folder;

    private PGSimpleDataSource place;
    private Database database;

    @BeforeEach
    void make() {
        String name = "fake_" + UUID.randomUUID().toString().replace("-", "");
        TestDatabase.store().with(h -> h.execute("create database " + name));
        place = at(name);
        database = new Database(place);
        DatabaseStart.migrate(place);
    }

    @Test
    void the_keys_it_was_filled_with_are_taken_at_every_start() {
        Vault own = keys("own");

        DatabaseStart.requireSameKeys(database, own);

        assertThatCode(() -> DatabaseStart.requireSameKeys(database, own)).doesNotThrowAnyException();
    }

    @Test
    void other_keys_are_refused_and_so_is_one_other_of_the_two() {
        Vault own = keys("own");
        DatabaseStart.requireSameKeys(database, own);

        refuses(keys("other"));
        refuses(mixed());
        assertThatCode(() -> DatabaseStart.requireSameKeys(database, own)).doesNotThrowAnyException();
    }

    @Test
    void a_database_from_before_the_check_is_held_against_what_it_holds() {
        Vault own = keys("own");
        UUID id = UUID.randomUUID();
        database.with(h -> h.createUpdate("""
                        insert into signal (signal_id, partner_id, discipline, reference_key, content_key, category,
                            severity, data_class, group_key, trace_id, span_id, accepted_at, body_sealed)
                        values (:id, 'fake', 'HOUSING', :reference, :reference, 'nuisance.noise', 'low',
                            array['N'], 'fake', 'fake', 'fake', :at, :body)
                        """)
                .bind("id", id)
                .bind("reference", own.pseudonym("reference:fake", "fake-1"))
                .bind("at", Instant.EPOCH.atOffset(ZoneOffset.UTC))
                .bind("body", own.seal("signal", "body_sealed", id, "{\"reference\":\"fake-1\"}"))
                .execute());

        refuses(keys("other"));
        refuses(mixed());
        assertThatCode(() -> DatabaseStart.requireSameKeys(database, own)).doesNotThrowAnyException();
    }

    @Test
    void a_schema_of_a_later_release_is_refused() {
        database.with(h -> h.execute("""
                insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,
                    installed_by, execution_time, success)
                values (9999, '9999', 'of a later release', 'SQL', 'V9999__later.sql', 1, 'fake', 1, true)
                """));

        assertThatThrownBy(() -> DatabaseStart.migrate(place)).hasMessageContaining("does not know the schema");
    }

    @Test
    void a_database_that_answers_and_cannot_be_written_is_away() {
        database.probe();
        PGSimpleDataSource copy = at(place.getDatabaseName());
        copy.setOptions("-c default_transaction_read_only=on");

        assertThatThrownBy(() -> new Database(copy).probe()).isInstanceOf(Unavailable.class);
    }

    @Test
    void a_look_takes_room_and_leaves_none_behind() {
        database.probe();
        long before = size();
        for (int i = 0; i < 50; i++) {
            database.probe();
        }

        assertThat(size() - before).isLessThan(1_000_000);
    }

    private long size() {
        return database.with(h -> h.createQuery("select pg_database_size(current_database())")
                .mapTo(Long.class)
                .one());
    }

    private void refuses(Vault keys) {
        assertThatThrownBy(() -> DatabaseStart.requireSameKeys(database, keys)).hasMessageContaining("key files");
    }

    /** The right keys to open with, and others to find with. */
    private Vault mixed() {
        keys("mixed");
        try {
            Files.copy(
                    folder.resolve("own/field-keys.json"),
                    folder.resolve("mixed/field-keys.json"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Vault.open(folder.resolve("mixed"));
    }

    private Vault keys(String name) {
        Vault.createKeys(folder.resolve(name));
        return Vault.open(folder.resolve(name));
    }

    private static PGSimpleDataSource at(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        String url = TestDatabase.store().with(h -> {
            try {
                return h.getConnection().getMetaData().getURL();
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        source.setUrl(url);
        source.setUser(nl.wijkhub.lab.embedded.EmbeddedDatabase.USER);
        source.setPassword("fake-password");
        source.setDatabaseName(database);
        return source;
    }
}
