package nl.wijkhub.casework;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.casework.AskedAttention.Asked;
import nl.wijkhub.casework.AskedAttention.Reason;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.sharing.Recipient;

/** Table {@code attention_asked}. */
public final class AskedStore {
    private static final String INSERT = """
            insert into attention_asked (asked_id, team_id, by_seat, seat, reason, asked_by, asked_at)
            values (:id, :team, :by, :seat, :reason, :user, :at)
            on conflict (team_id, seat, by_seat, reason) where done_at is null do nothing
            """;
    private static final String STANDING = """
            select asked_id from attention_asked
            where team_id = :team and seat = :seat and by_seat = :by and reason = :reason and done_at is null
            """;
    private static final String OF_SEAT = """
            select * from attention_asked
            where team_id = :team and seat = :seat and done_at is null
            order by asked_at, asked_id limit :limit
            """;
    // a second time it stays done by whoever did it first
    private static final String DONE = """
            update attention_asked set done_by = coalesce(done_by, :user), done_at = coalesce(done_at, :at)
            where asked_id = :id and team_id = :team and seat = :seat
            """;

    private final Database database;

    public AskedStore(Database database) {
        this.database = database;
    }

    /** Whether it is there now and was not before: while one stands there is no second. */
    boolean insert(UUID id, Recipient by, Recipient seat, Reason reason, String user, Instant at) {
        return database.with(h -> h.createUpdate(INSERT)
                        .bind("id", id)
                        .bind("team", seat.teamId())
                        .bind("by", by.seatName())
                        .bind("seat", seat.seatName())
                        .bind("reason", reason.code())
                        .bind("user", user)
                        .bind("at", at.atOffset(ZoneOffset.UTC))
                        .execute())
                == 1;
    }

    Optional<UUID> standing(Recipient by, Recipient seat, Reason reason) {
        return database.with(h -> h.createQuery(STANDING)
                .bind("team", seat.teamId())
                .bind("by", by.seatName())
                .bind("seat", seat.seatName())
                .bind("reason", reason.code())
                .mapTo(UUID.class)
                .findOne());
    }

    List<Asked> of(Recipient seat, int limit) {
        return database.with(h -> h.createQuery(OF_SEAT)
                .bind("team", seat.teamId())
                .bind("seat", seat.seatName())
                .bind("limit", limit)
                .map((rs, c) -> new Asked(
                        rs.getObject("asked_id", UUID.class),
                        rs.getString("reason"),
                        Recipient.at(rs.getString("team_id"), rs.getString("by_seat")),
                        rs.getObject("asked_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    /** Whether it is one of this seat's. */
    boolean done(UUID id, Recipient seat, String user, Instant at) {
        return database.with(h -> h.createUpdate(DONE)
                        .bind("id", id)
                        .bind("team", seat.teamId())
                        .bind("seat", seat.seatName())
                        .bind("user", user)
                        .bind("at", at.atOffset(ZoneOffset.UTC))
                        .execute())
                == 1;
    }
}
