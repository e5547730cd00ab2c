package nl.wijkhub.plan;

import static nl.wijkhub.kernel.Database.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;

/** Table {@code plan_event}: the history of a plan. Append only. */
public final class PlanEventStore {
    private static final String INSERT = """
            insert into plan_event (event_id, plan_id, epoch, kind, part_id, user_id, happened_at, detail_sealed)
            select i, p, e, k, t, u, a, d
            from unnest(:ids::uuid[], :plans::uuid[], :epochs::int[], :kinds::text[], :parts::uuid[], :users::text[],
                :times::timestamptz[], :details::bytea[]) as n(i, p, e, k, t, u, a, d)
            """;
    private static final String OF_PLAN = """
            select * from plan_event where plan_id in (
                select plan_id from plan where plan_id = :plan or merged_into_id = :plan)
            order by happened_at, event_id
            """;

    private final Database database;
    private final Vault vault;

    public PlanEventStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    public void add(Collection<PlanEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        database.with(h -> h.createUpdate(INSERT)
                .bind("ids", column(events, UUID[]::new, PlanEvent::id))
                .bind("plans", column(events, UUID[]::new, PlanEvent::planId))
                .bind("epochs", column(events, Integer[]::new, PlanEvent::epoch))
                .bind("kinds", column(events, String[]::new, PlanEvent::kind))
                .bind("parts", column(events, UUID[]::new, PlanEvent::partId))
                .bind("users", column(events, String[]::new, PlanEvent::user))
                .bind("times", column(events, Instant[]::new, PlanEvent::at))
                .bind("details", column(events, byte[][]::new, this::sealed))
                .execute());
    }

    /** Every step, the oldest first; those of plans that were merged into it too. */
    public List<PlanEvent> of(UUID plan) {
        return database.with(h -> h.createQuery(OF_PLAN)
                .bind("plan", plan)
                .map((rs, c) -> read(rs))
                .list());
    }

    private byte[] sealed(PlanEvent event) {
        return event.detail() == null ? null : vault.seal("plan_event", "detail_sealed", event.id(), event.detail());
    }

    private PlanEvent read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("event_id", UUID.class);
        byte[] detail = rs.getBytes("detail_sealed");
        Instant at = rs.getObject("happened_at", OffsetDateTime.class).toInstant();
        return new PlanEvent(
                id,
                rs.getObject("plan_id", UUID.class),
                rs.getInt("epoch"),
                rs.getString("kind"),
                rs.getObject("part_id", UUID.class),
                rs.getString("user_id"),
                at,
                detail == null ? null : vault.open("plan_event", "detail_sealed", id, detail));
    }
}
