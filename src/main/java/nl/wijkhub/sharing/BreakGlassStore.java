package nl.wijkhub.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;

/** Table {@code break_glass}: who broke it, for whom and why, and what a review made of it. */
public final class BreakGlassStore {
    private static final String USE = """
            insert into break_glass (break_glass_id, user_id, team_id, seat, household_id, signal_count,
                reason_sealed, used_at)
            values (:id, :user, :team, :seat, :household, :count, :reason, :at)
            """;
    private static final String TO_REVIEW =
            "select * from break_glass order by outcome is not null, used_at desc, break_glass_id limit :limit";
    private static final String LATEST = "select * from break_glass order by used_at desc, break_glass_id limit :limit";
    private static final String REVIEW = """
            update break_glass set outcome = :outcome, reviewed_by = :user, reviewed_at = :at
            where break_glass_id = :id and (reviewed_at is null or outcome = :outcome)
            """;

    /** One use; {@code outcome} is null until it was reviewed. */
    public record Use(
            UUID id,
            String user,
            Recipient recipient,
            UUID householdId,
            int signals,
            String reason,
            Instant usedAt,
            String outcome,
            String reviewedBy) {}

    private final Database database;
    private final Vault vault;

    public BreakGlassStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    void use(Use use) {
        database.with(h -> h.createUpdate(USE)
                .bind("id", use.id())
                .bind("user", use.user())
                .bind("team", use.recipient().teamId())
                .bind("seat", use.recipient().seatName())
                .bind("household", use.householdId())
                .bind("count", use.signals())
                .bind("reason", vault.seal("break_glass", "reason_sealed", use.id(), use.reason()))
                .bind("at", use.usedAt().atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** The latest uses, newest first. */
    public List<Use> latest(int limit) {
        return database.with(h -> h.createQuery(LATEST)
                .bind("limit", limit)
                .map((rs, c) -> read(rs))
                .list());
    }

    /** What nobody reviewed first, then the latest. */
    public List<Use> toReview(int limit) {
        return database.with(h -> h.createQuery(TO_REVIEW)
                .bind("limit", limit)
                .map((rs, c) -> read(rs))
                .list());
    }

    /** Writes the outcome of a review; false when there is no such use, or it was reviewed before. */
    public boolean review(UUID id, String outcome, String user, Instant at) {
        return database.with(h -> h.createUpdate(REVIEW)
                        .bind("id", id)
                        .bind("outcome", outcome)
                        .bind("user", user)
                        .bind("at", at.atOffset(ZoneOffset.UTC))
                        .execute())
                == 1;
    }

    private Use read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("break_glass_id", UUID.class);
        return new Use(
                id,
                rs.getString("user_id"),
                Recipient.at(rs.getString("team_id"), rs.getString("seat")),
                rs.getObject("household_id", UUID.class),
                rs.getInt("signal_count"),
                vault.open("break_glass", "reason_sealed", id, rs.getBytes("reason_sealed")),
                rs.getObject("used_at", OffsetDateTime.class).toInstant(),
                rs.getString("outcome"),
                rs.getString("reviewed_by"));
    }
}
