package nl.wijkhub.sharing;

import static nl.wijkhub.kernel.Database.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;

/** Table {@code duty}: what is owed to citizens, one open duty per household and kind. */
public final class DutyStore {
    private static final String OWE = """
            insert into duty (duty_id, household_id, kind, signal_id, owed_at, due_at)
            select i, h, k, s, :at, d
            from unnest(:ids::uuid[], :households::uuid[], :kinds::text[], :signals::uuid[], :due::timestamptz[])
                as n(i, h, k, s, d)
            order by h, k
            on conflict (household_id, kind) where state = 'OPEN' do nothing
            """;
    private static final String OPEN = """
            select * from duty where state in ('OPEN', 'DEFERRED')
            order by due_at, duty_id limit :limit
            """;
    private static final String DECIDE = """
            update duty set state = :state, due_at = coalesce(cast(:until as timestamptz), due_at),
                reason_sealed = :reason, decided_at = :at, decided_by = :user
            where duty_id = :id and (state in ('OPEN', 'DEFERRED') or state = :state)
            """;

    /** A duty that somebody has; {@code state} is OPEN, DEFERRED or DONE. */
    public record Duty(
            UUID id,
            UUID householdId,
            String kind,
            UUID signalId,
            String state,
            Instant owedAt,
            Instant dueAt,
            String reason) {}

    record Owed(UUID householdId, String kind, UUID signalId, Instant dueAt) {}

    private final Database database;
    private final Vault vault;

    public DutyStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    void owe(Collection<Owed> owed, Instant at) {
        if (owed.isEmpty()) {
            return;
        }
        database.with(h -> h.createUpdate(OWE)
                .bind("ids", column(owed, UUID[]::new, o -> Identifier.next()))
                .bind("households", column(owed, UUID[]::new, Owed::householdId))
                .bind("kinds", column(owed, String[]::new, Owed::kind))
                .bind("signals", column(owed, UUID[]::new, Owed::signalId))
                .bind("due", column(owed, Instant[]::new, Owed::dueAt))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** What is owed and not done, soonest first. */
    public List<Duty> open(int limit) {
        return database.with(h -> h.createQuery(OPEN)
                .bind("limit", limit)
                .map((rs, c) -> read(rs))
                .list());
    }

    /**
     * Says that a duty is done, or deferred and why; false when there is no such duty.
     *
     * @param until of a deferral; null for one that is done
     */
    public boolean decide(UUID id, String reason, Instant until, String user, Instant at) {
        return database.with(h -> h.createUpdate(DECIDE)
                        .bind("id", id)
                        .bind("state", until == null ? "DONE" : "DEFERRED")
                        .bind("until", until == null ? null : until.atOffset(ZoneOffset.UTC))
                        .bind("reason", reason == null ? null : vault.seal("duty", "reason_sealed", id, reason))
                        .bind("user", user)
                        .bind("at", at.atOffset(ZoneOffset.UTC))
                        .execute())
                == 1;
    }

    private Duty read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("duty_id", UUID.class);
        byte[] reason = rs.getBytes("reason_sealed");
        return new Duty(
                id,
                rs.getObject("household_id", UUID.class),
                rs.getString("kind"),
                rs.getObject("signal_id", UUID.class),
                rs.getString("state"),
                rs.getObject("owed_at", OffsetDateTime.class).toInstant(),
                rs.getObject("due_at", OffsetDateTime.class).toInstant(),
                reason == null ? null : vault.open("duty", "reason_sealed", id, reason));
    }
}
