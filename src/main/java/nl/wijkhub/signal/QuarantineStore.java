package nl.wijkhub.signal;

import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.Quarantined.Answer;

/** Tables {@code quarantine} and {@code quarantine_part}. */
public final class QuarantineStore {
    private static final String TABLE = "quarantine";
    private static final String PART_TABLE = "quarantine_part";

    // without a key it is not whole yet, and shows to nobody
    private static final String BEGIN = """
            insert into quarantine
                (quarantine_id, partner_id, size_bytes, refusal_sealed, received_at, last_received_at, is_whole)
            values (:id, :partner, 0, :refusal, :now, :now, true)
            """;
    private static final String ADD_PART = """
            insert into quarantine_part (quarantine_id, part_number, part_sealed) values (:id, :number, :part)
            """;
    private static final String SAME = """
            update quarantine q set last_received_at = n.last_received_at, received_count = q.received_count + 1
            from quarantine n
            where n.quarantine_id = :id and q.partner_id = :partner and q.content_key = :key and q.taken_at is null
            returning q.quarantine_id
            """;
    private static final String FINISH = """
            update quarantine set content_key = :key, size_bytes = :bytes, is_whole = :whole where quarantine_id = :id
            """;
    private static final String DROP = "delete from quarantine where quarantine_id = :id";
    private static final String DROP_PARTS = "delete from quarantine_part where quarantine_id = :id";
    private static final String COLUMNS = """
            select quarantine_id, partner_id, size_bytes, refusal_sealed, received_at, last_received_at, received_count,
                is_whole, answer_sealed
            from quarantine
            """;
    private static final String WAITING = COLUMNS + """
            where taken_at is null and content_key is not null and (:partner::text is null or partner_id = :partner)
                and (:after::uuid is null or quarantine_id > :after)
            order by quarantine_id limit :size
            """;
    private static final String FIND = COLUMNS + "where quarantine_id = :id and content_key is not null";
    private static final String WAITING_FOR = """
            select quarantine_id from quarantine where partner_id = :partner and content_key = :key and taken_at is null
            """;
    private static final String FORGET = """
            delete from quarantine where last_received_at < :before or (content_key is null and received_at < :begun)
            """;
    private static final String PARTS = """
            select part_number, part_sealed from quarantine_part where quarantine_id = :id order by part_number
            """;
    private static final String REFUSED_AGAIN = """
            update quarantine set refusal_sealed = :refusal where quarantine_id = :id and taken_at is null
            """;
    private static final String TAKEN = """
            update quarantine set taken_at = :now, answer_sealed = :answer
            where quarantine_id = :id and taken_at is null
            """;

    private final Database database;
    private final Vault vault;

    public QuarantineStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    void begin(UUID id, String partnerId, String refusal, Instant now) {
        database.with(h -> h.createUpdate(BEGIN)
                .bind("id", id)
                .bind("partner", partnerId)
                .bind("refusal", vault.seal(TABLE, "refusal_sealed", id, refusal))
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute());
    }

    void addPart(UUID id, int number, byte[] part) {
        database.with(h -> h.createUpdate(ADD_PART)
                .bind("id", id)
                .bind("number", number)
                .bind("part", vault.seal(PART_TABLE, "part_sealed/" + number, id, part))
                .execute());
    }

    /** The id under which it stands from now on: its own, or that of the same message that waits already. */
    UUID finish(UUID id, String partnerId, byte[] key, long bytes, boolean isWhole) {
        return database.with(h -> {
            Optional<UUID> same = h.createQuery(SAME)
                    .bind("id", id)
                    .bind("partner", partnerId)
                    .bind("key", key)
                    .mapTo(UUID.class)
                    .findFirst();
            if (same.isPresent()) {
                h.createUpdate(DROP).bind("id", id).execute();
            } else {
                h.createUpdate(FINISH)
                        .bind("id", id)
                        .bind("key", key)
                        .bind("bytes", bytes)
                        .bind("whole", isWhole)
                        .execute();
            }
            return same.orElse(id);
        });
    }

    void drop(UUID id) {
        database.with(h -> h.createUpdate(DROP).bind("id", id).execute());
    }

    Optional<UUID> waitingFor(String partnerId, byte[] key) {
        return database.with(h -> h.createQuery(WAITING_FOR)
                .bind("partner", partnerId)
                .bind("key", key)
                .mapTo(UUID.class)
                .findOne());
    }

    /** How many are gone: those that last came before this, and those begun before that and never finished. */
    int forget(Instant before, Instant begun) {
        return database.with(h -> h.createUpdate(FORGET)
                .bind("before", before.atOffset(ZoneOffset.UTC))
                .bind("begun", begun.atOffset(ZoneOffset.UTC))
                .execute());
    }

    void dropParts(UUID id) {
        database.with(h -> h.createUpdate(DROP_PARTS).bind("id", id).execute());
    }

    List<Quarantined> waiting(String partnerId, UUID after, int size) {
        return database.with(h -> h.createQuery(WAITING)
                .bind("partner", partnerId)
                .bind("after", after)
                .bind("size", size)
                .map((rs, c) -> read(rs))
                .list());
    }

    Optional<Quarantined> find(UUID id) {
        return database.with(
                h -> h.createQuery(FIND).bind("id", id).map((rs, c) -> read(rs)).findFirst());
    }

    byte[] content(UUID id) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        database.with(h -> {
            h.createQuery(PARTS).bind("id", id).map((rs, c) -> part(id, rs)).forEach(content::writeBytes);
            return content;
        });
        return content.toByteArray();
    }

    void refusedAgain(UUID id, String refusal) {
        database.with(h -> h.createUpdate(REFUSED_AGAIN)
                .bind("id", id)
                .bind("refusal", vault.seal(TABLE, "refusal_sealed", id, refusal))
                .execute());
    }

    void taken(UUID id, Answer answer, Instant now) {
        database.with(h -> h.createUpdate(TAKEN)
                .bind("id", id)
                .bind("answer", vault.seal(TABLE, "answer_sealed", id, Json.write(answer)))
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute());
    }

    private byte[] part(UUID id, ResultSet rs) throws SQLException {
        return vault.openBytes(PART_TABLE, "part_sealed/" + rs.getInt("part_number"), id, rs.getBytes("part_sealed"));
    }

    private Quarantined read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("quarantine_id", UUID.class);
        byte[] answer = rs.getBytes("answer_sealed");
        return new Quarantined(
                id,
                rs.getString("partner_id"),
                rs.getLong("size_bytes"),
                rs.getBoolean("is_whole"),
                vault.open(TABLE, "refusal_sealed", id, rs.getBytes("refusal_sealed")),
                rs.getObject("received_at", OffsetDateTime.class).toInstant(),
                rs.getObject("last_received_at", OffsetDateTime.class).toInstant(),
                rs.getInt("received_count"),
                answer == null ? null : Json.read(vault.open(TABLE, "answer_sealed", id, answer), Answer.class));
    }
}
