package nl.wijkhub.escalation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.escalation.PlanFacts.Viewer;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;

/** What each recipient may know of a plan's signals: {@code plan_signal_seen} and {@code release}; nothing is written. */
public final class SeenSignalStore {
    private static final String COUNTS = """
            select v.plan_id, v.team_id, v.seat, v.sender,
                count(*) filter (where v.attached_at > :since) as signals30,
                min(v.attached_at) filter (where v.attached_at > :since) as oldest30,
                count(*) filter (where v.epoch = p.epoch) as signals,
                coalesce(max(v.child_count) filter (where v.epoch = p.epoch), 0) as children,
                min(v.attached_at) filter (where v.epoch = p.epoch) as first_at
            from plan p join plan_signal_seen v on v.plan_id = p.plan_id
            where p.plan_id = any(:plans) and not v.signal_id = any(:own)
                and (v.attached_at > :since or v.epoch = p.epoch)
            group by v.plan_id, v.team_id, v.seat, v.sender
            """;
    // severity and category only where the release that stands lets them pass
    private static final String OF_PLANS = """
            select v.plan_id, v.team_id, v.seat, v.signal_id, ps.epoch, ps.attached_at, v.sender, v.child_count,
                case when jsonb_exists(d.decision -> 'fields', 'severity') then s.severity else '' end as severity,
                case when jsonb_exists(d.decision -> 'fields', 'category')
                    then coalesce(d.decision ->> 'shownAs', s.category) else '' end as category
            from plan_signal ps join signal s on s.signal_id = ps.signal_id
                join plan_signal_seen v on v.plan_id = ps.plan_id and v.signal_id = ps.signal_id
                left join lateral (
                    select cast(r.decision as jsonb) as decision from decided_release r
                    where r.signal_id = v.signal_id and r.team_id = v.team_id and r.seat = v.seat
                        and r.kind = 'TEAM' and r.disclosure <> 'NONE'
                        and not exists (select 1 from recall x where x.release_id = r.release_id)
                    order by r.decided_at desc limit 1) as d on true
            where ps.plan_id = any(:plans)
            order by v.plan_id, v.team_id, v.seat, ps.attached_at, v.signal_id
            """;
    private static final String PLANS_SINCE =
            "select plan_id from plan_signal where attached_at >= :since group by plan_id order by plan_id";

    /**
     * What one recipient saw of one plan of one sender.
     *
     * @param sender null for those whose sender does not pass
     * @param signals30 of the window
     * @param oldest30 when the oldest of these came; null for none
     * @param signals of this life of the plan, as what follows
     * @param first when the first of this life came; null for none
     */
    record Counts(
            Viewer viewer,
            Discipline sender,
            long signals30,
            Instant oldest30,
            long signals,
            long children,
            Instant first) {}

    private final Database database;

    public SeenSignalStore(Database database) {
        this.database = database;
    }

    /**
     * @param since when the window begins
     * @param without signals that are counted by hand
     */
    List<Counts> counts(Collection<UUID> plans, Instant since, Collection<UUID> without) {
        if (plans.isEmpty()) {
            return List.of();
        }
        return database.with(h -> h.createQuery(COUNTS)
                .bind("plans", plans.toArray(UUID[]::new))
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .bind("own", without.toArray(UUID[]::new))
                .map((rs, c) -> new Counts(
                        viewer(rs),
                        sender(rs),
                        rs.getLong("signals30"),
                        instant(rs, "oldest30"),
                        rs.getLong("signals"),
                        rs.getLong("children"),
                        instant(rs, "first_at")))
                .list());
    }

    /** Every signal of these plans as each recipient may see it: plan by plan, recipient by recipient, oldest first. */
    public List<SeenSignal> of(Collection<UUID> plans) {
        return database.with(h -> h.createQuery(OF_PLANS)
                .bind("plans", plans.toArray(UUID[]::new))
                .map((rs, c) -> new SeenSignal(
                        viewer(rs),
                        rs.getObject("signal_id", UUID.class),
                        rs.getInt("epoch"),
                        instant(rs, "attached_at"),
                        sender(rs),
                        rs.getLong("child_count"),
                        rs.getString("severity"),
                        rs.getString("category")))
                .list());
    }

    /** The plans to which a signal came since this moment. */
    public List<UUID> plansSince(Instant since) {
        return database.with(h -> h.createQuery(PLANS_SINCE)
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .mapTo(UUID.class)
                .list());
    }

    private static Viewer viewer(ResultSet rs) throws SQLException {
        return new Viewer(
                rs.getObject("plan_id", UUID.class), Recipient.at(rs.getString("team_id"), rs.getString("seat")));
    }

    private static Discipline sender(ResultSet rs) throws SQLException {
        String sender = rs.getString("sender");
        return sender == null ? null : Discipline.valueOf(sender);
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime at = rs.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
