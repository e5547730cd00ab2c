package nl.wijkhub.signal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.Database;

/** Table {@code receipt}: the keyed pseudonym of the code of each signal about an area. */
public final class ReceiptStore {
    private static final String GIVE = """
            insert into receipt (signal_id, code_key, expires_at) values (:signal, :key, :expires)
            on conflict (signal_id) do nothing
            """;
    // in order, so that two messages with the same signals wait for each other and never in a circle
    private static final String GIVE_ALL = """
            insert into receipt (signal_id, code_key, expires_at)
            select r.signal, r.key, :expires from unnest(:signals::uuid[], :keys::bytea[]) as r(signal, key)
            order by r.signal
            on conflict (signal_id) do nothing
            """;
    // a correction that is about a household is nobody's receipt: the way ends before it
    private static final String FOLLOW = """
            with recursive way (signal_id, step) as (
                select r.signal_id, 0 from receipt r where r.code_key = :key and r.expires_at > :now
                union all
                select s.signal_id, way.step + 1
                from way join signal s on s.superseded_id = way.signal_id
                where way.step < 100 and exists (select 1 from receipt r where r.signal_id = s.signal_id))
            select signal_id from way order by step, signal_id limit 100
            """;

    private final Database database;

    public ReceiptStore(Database database) {
        this.database = database;
    }

    /** Keeps a receipt; the one that was given before stays as it is. */
    void give(UUID signal, byte[] codeKey, Instant expiresAt) {
        database.with(h -> h.createUpdate(GIVE)
                .bind("signal", signal)
                .bind("key", codeKey)
                .bind("expires", expiresAt.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** As {@link #give}, several at once: signal → key. */
    void giveAll(Map<UUID, byte[]> codeKeys, Instant expiresAt) {
        database.with(h -> h.createUpdate(GIVE_ALL)
                .bind("signals", codeKeys.keySet().toArray(UUID[]::new))
                .bind("keys", codeKeys.values().toArray(byte[][]::new))
                .bind("expires", expiresAt.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** The signal with this code, and those that replaced it in turn; none for a code that is not there or expired. */
    List<UUID> follow(byte[] codeKey, Instant now) {
        return database.with(h -> h.createQuery(FOLLOW)
                .bind("key", codeKey)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .mapTo(UUID.class)
                .list());
    }
}
