package nl.wijkhub.team;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.sharing.Recipient;

/** Tables {@code queue_item} (in whose hands) and {@code queue_item_step} (what was done). */
public final class QueueWorkStore {
    // an item whose release was recalled is nobody's any more
    private static final String HELD = """
            select q.* from queue_item q
            where q.queue_item_id = :id and not exists (select 1 from recall w where w.release_id = q.release_id)
            for update of q
            """;
    private static final String MOVE = """
            update queue_item set state = :state, taken_by = :taker,
                taken_at = case when cast(:taker as text) is null then null else cast(:at as timestamptz) end
            where queue_item_id = :id
            """;
    private static final String STEP = """
            insert into queue_item_step (step_id, queue_item_id, kind, user_id, reason_sealed, happened_at)
            values (:id, :item, :kind, :user, :reason, :at)
            """;
    private static final String TELL = """
            insert into queue_event (queue_item_id, team_id, seat, kind, happened_at)
            select queue_item_id, team_id, seat, :kind, :at from queue_item where queue_item_id = :id
            """;
    private static final String STEPS =
            "select * from queue_item_step where queue_item_id = :item order by happened_at, step_id";
    private static final String WORKLOAD = """
            select q.taken_by as who, count(*) as items, count(*) filter (where q.due_at <= :now) as overdue
            from queue_item q
            where q.team_id = :team and q.seat = :seat and q.state in ('WAITING', 'RETURNED', 'TAKEN_UP')
                and not exists (select 1 from recall w where w.release_id = q.release_id)
            group by q.taken_by order by q.taken_by nulls first
            """;

    private static final String TAKERS =
            "select queue_item_id, taken_by from queue_item where queue_item_id = any(:ids) and taken_by is not null";

    private static final String OF_PLAN = """
            select q.* from queue_item q
            where q.plan_id = :plan and q.state = any(:states)
                and not exists (select 1 from recall w where w.release_id = q.release_id)
            order by q.queue_item_id for update of q
            """;
    // what went with a plan, or stayed behind, when its team handed it over
    private static final String LEFT = """
            select q.* from queue_item q
            where q.plan_id = :plan and q.team_id = :team and q.state in ('HANDED_OVER', 'DONE')
                and not exists (select 1 from recall w where w.release_id = q.release_id)
                and (select s.kind from queue_item_step s where s.queue_item_id = q.queue_item_id
                    order by s.happened_at desc, s.step_id desc limit 1) in ('handed-over', 'left-behind')
            order by q.queue_item_id for update of q
            """;

    /**
     * An item and in whose hands it is.
     *
     * @param takenBy null while nobody has it
     */
    public record InHand(QueueItem item, String takenBy) {}

    /**
     * Something that was done with an item.
     *
     * @param kind taken, returned, done, handed-over, left-behind or came-back
     * @param reason null where none was asked
     */
    public record QueueEvent(String kind, String user, String reason, Instant at) {}

    /**
     * What somebody has in hand; what nobody has, under a user of null.
     *
     * @param overdue of those, past their term
     */
    public record Load(String user, long items, long overdue) {}

    private final Database database;
    private final Vault vault;

    public QueueWorkStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** One item, locked until the transaction ends; empty when there is none, or it was recalled. */
    public Optional<InHand> held(UUID id) {
        return database.with(
                h -> h.createQuery(HELD).bind("id", id).map((rs, c) -> read(rs)).findOne());
    }

    /** In whose hands these items are; nothing of those that nobody has. */
    public Map<UUID, String> takers(Collection<UUID> items) {
        return database.with(h -> {
            Map<UUID, String> takers = new HashMap<>();
            h.createQuery(TAKERS)
                    .bind("ids", items.toArray(UUID[]::new))
                    .map((rs, c) -> takers.put(rs.getObject("queue_item_id", UUID.class), rs.getString("taken_by")))
                    .list();
            return takers;
        });
    }

    /** What is not done of a plan, in any queue; locked until the transaction ends. */
    public List<QueueItem> openOfPlan(UUID plan) {
        return database.with(h -> h.createQuery(OF_PLAN)
                .bind("plan", plan)
                .bind("states", new String[] {"WAITING", "RETURNED", "TAKEN_UP"})
                .map((rs, c) -> QueueStore.read(rs))
                .list());
    }

    /** What a team let go of when it handed the plan over; locked until the transaction ends. */
    public List<QueueItem> leftBy(String team, UUID plan) {
        return database.with(h -> h.createQuery(LEFT)
                .bind("plan", plan)
                .bind("team", team)
                .map((rs, c) -> QueueStore.read(rs))
                .list());
    }

    /**
     * Moves an item on, and tells who follows the queue.
     *
     * @param taker in whose hands it is from now on; null for nobody's
     * @param reason null for none; sealed when stored
     */
    public void move(
            UUID item, QueueItem.ItemState to, String taker, String kind, String user, String reason, Instant at) {
        UUID step = Identifier.next();
        database.with(h -> {
            h.createUpdate(MOVE)
                    .bind("id", item)
                    .bind("state", to.name())
                    .bind("taker", taker)
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
            h.createUpdate(STEP)
                    .bind("id", step)
                    .bind("item", item)
                    .bind("kind", kind)
                    .bind("user", user)
                    .bind(
                            "reason",
                            reason == null ? null : vault.seal("queue_item_step", "reason_sealed", step, reason))
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
            return h.createUpdate(TELL)
                    .bind("id", item)
                    .bind("kind", kind)
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
        });
    }

    public List<QueueEvent> steps(UUID item) {
        return database.with(h -> h.createQuery(STEPS)
                .bind("item", item)
                .map((rs, c) -> {
                    UUID id = rs.getObject("step_id", UUID.class);
                    byte[] reason = rs.getBytes("reason_sealed");
                    return new QueueEvent(
                            rs.getString("kind"),
                            rs.getString("user_id"),
                            reason == null ? null : vault.open("queue_item_step", "reason_sealed", id, reason),
                            rs.getObject("happened_at", OffsetDateTime.class).toInstant());
                })
                .list());
    }

    /** Who of a pair has how much in hand, and how much nobody has. */
    public List<Load> workload(Recipient pair, Instant now) {
        return database.with(h -> h.createQuery(WORKLOAD)
                .bind("team", pair.teamId())
                .bind("seat", pair.seatName())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map((rs, c) -> new Load(rs.getString("who"), rs.getLong("items"), rs.getLong("overdue")))
                .list());
    }

    private static InHand read(ResultSet rs) throws SQLException {
        return new InHand(QueueStore.read(rs), rs.getString("taken_by"));
    }
}
