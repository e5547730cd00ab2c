package nl.wijkhub.signal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Database;

/** The signals of table {@code signal} that stand aside because working on them failed each time. */
public final class ParkedStore {
    private static final String LIST = """
            select signal_id, partner_id, parked_at, parked_reason from signal
            where parked_at is not null order by parked_at, signal_id limit :limit
            """;
    // the sweep brings it to the work again
    private static final String AGAIN = """
            update signal set parked_at = null, parked_reason = null, attempt_count = 0, requeue_at = null
            where signal_id = :id and parked_at is not null and worked_at is null
            """;

    /** @param reason a class name, never a message */
    public record Parked(UUID id, String partnerId, Instant at, String reason) {}

    private final Database database;

    public ParkedStore(Database database) {
        this.database = database;
    }

    /** The longest parked first. */
    public List<Parked> list(int limit) {
        return database.with(h -> h.createQuery(LIST)
                .bind("limit", limit)
                .map((rs, c) -> new Parked(
                        rs.getObject("signal_id", UUID.class),
                        rs.getString("partner_id"),
                        rs.getObject("parked_at", OffsetDateTime.class).toInstant(),
                        rs.getString("parked_reason")))
                .list());
    }

    /** Gives it its attempts again; false when it stands aside no more. */
    public boolean again(UUID id) {
        return database.with(h -> h.createUpdate(AGAIN).bind("id", id).execute()) > 0;
    }
}
