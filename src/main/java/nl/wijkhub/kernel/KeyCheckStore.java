package nl.wijkhub.kernel;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Table {@code key_check}: one value, sealed and as a pseudonym, under the keys this database was filled with. Whoever opens
 * the database with other keys finds out here, before anything is sealed that the old keys cannot open.
 */
public final class KeyCheckStore {
    private static final String TABLE = "key_check";
    private static final String VALUE = "wijkhub";
    private static final UUID ROW = new UUID(0, 1);
    private static final String KEPT = "select value_sealed, value_key from key_check";
    private static final String KEEP = """
            insert into key_check (key_check_id, value_sealed, value_key) values (1, :sealed, :key)
            on conflict (key_check_id) do nothing
            """;

    private record Kept(byte[] sealed, byte[] key) {}

    private final Database database;
    private final Vault vault;

    public KeyCheckStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** Whether this database was filled under these keys; empty when nothing was kept yet. */
    public Optional<Boolean> fits() {
        return database.with(h -> h.createQuery(KEPT)
                        .map((rs, c) -> new Kept(rs.getBytes("value_sealed"), rs.getBytes("value_key")))
                        .findOne())
                .map(kept -> vault.opens(TABLE, "value_sealed", ROW, kept.sealed())
                        && Arrays.equals(vault.pseudonym(TABLE, VALUE), kept.key()));
    }

    /** Keeps the value for the next start, once. */
    public void keep() {
        database.with(h -> h.createUpdate(KEEP)
                .bind("sealed", vault.seal(TABLE, "value_sealed", ROW, VALUE))
                .bind("key", vault.pseudonym(TABLE, VALUE))
                .execute());
    }
}
