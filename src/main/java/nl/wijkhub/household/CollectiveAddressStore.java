package nl.wijkhub.household;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;

/** Table {@code collective_address}, by whoever marks one. Its address is a keyed pseudonym. */
public final class CollectiveAddressStore {
    private static final String MARK = """
            insert into collective_address (collective_address_id, alias_key, reason_sealed, marked_by, marked_at)
            values (:id, :key, :reason, :user, :at)
            on conflict (alias_key) where ended_at is null do nothing
            """;
    private static final String ONE =
            "select collective_address_id from collective_address where alias_key = :key and ended_at is null for update";
    private static final String END = """
            update collective_address set ended_by = :user, ended_at = :at, end_reason_sealed = :reason
            where collective_address_id = :id
            """;

    private final Database database;
    private final Vault vault;

    public CollectiveAddressStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** Marks an address; one that is marked already stays as it is. */
    void mark(String key, String reason, String user, Instant at) {
        UUID id = Identifier.next();
        database.with(h -> h.createUpdate(MARK)
                .bind("id", id)
                .bind("key", HexFormat.of().parseHex(key))
                .bind("reason", vault.seal("collective_address", "reason_sealed", id, reason))
                .bind("user", user)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** Ends the mark of an address; nothing where there is none. */
    void end(String key, String reason, String user, Instant at) {
        database.with(h -> h.createQuery(ONE)
                        .bind("key", HexFormat.of().parseHex(key))
                        .mapTo(UUID.class)
                        .findOne())
                .ifPresent(id -> database.with(h -> h.createUpdate(END)
                        .bind("id", id)
                        .bind("user", user)
                        .bind("at", at.atOffset(ZoneOffset.UTC))
                        .bind("reason", vault.seal("collective_address", "end_reason_sealed", id, reason))
                        .execute()));
    }
}
