package nl.wijkhub.team;

import static nl.wijkhub.kernel.Database.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.sharing.Recipient;
import org.jdbi.v3.core.Handle;

/** Tables {@code queue_item} and {@code queue_event}. Every change of an item is an event that a board can follow. */
public final class QueueStore {
    private static final String INSERT = """
            insert into queue_item (queue_item_id, team_id, seat, release_id, signal_id, plan_id, plan_epoch, state,
                priority, created_at, due_at)
            select i, t, d, r, s, p, e, w, y, c, u
            from unnest(:ids::uuid[], :teams::text[], :seats::text[], :releases::uuid[], :signals::uuid[],
                :plans::uuid[], :epochs::int[], :states::text[], :priorities::text[], :created::timestamptz[],
                :due::timestamptz[]) as n(i, t, d, r, s, p, e, w, y, c, u)
            """;
    private static final String EVENT = """
            insert into queue_event (event_id, queue_item_id, team_id, seat, kind, happened_at)
            select e, i, t, d, :kind, :at
            from unnest(:events::uuid[], :items::uuid[], :teams::text[], :seats::text[]) as n(e, i, t, d)
            """;
    private static final String CLOSE = """
            update queue_item set state = 'DONE' where release_id = any(:releases)
            returning *
            """;
    private static final String BY_IDS = "select * from queue_item where queue_item_id = any(:ids)";
    // what came back from another team is an older item, of an older release
    private static final String OF_SIGNAL = """
            select q.* from release r join queue_item q on q.release_id = r.release_id
            where r.signal_id = :signal and q.team_id = :team and q.seat = :seat
                and not exists (select 1 from recall w where w.release_id = q.release_id)
            order by q.state in ('WAITING', 'TAKEN_UP', 'RETURNED') desc, q.queue_item_id desc limit 1
            """;
    private static final String LIST_BY_DUE = listing("""
            (q.due_at, q.queue_item_id) >
                (select c.due_at, c.queue_item_id from queue_item c where c.queue_item_id = :cursor)
            """, "q.due_at, q.queue_item_id");
    private static final String LIST_OLDEST = listing("q.queue_item_id > :cursor::uuid", "q.queue_item_id");
    private static final String LIST_NEWEST = listing("q.queue_item_id < :cursor::uuid", "q.queue_item_id desc");
    private static final String EVENTS = """
            select transaction_id::text::bigint as transaction, queue_event_id, event_id, queue_item_id, team_id,
                seat, kind
            from queue_event
            where (transaction_id, queue_event_id) > (cast(cast(:transaction as text) as xid8), :sequence)
                and (:team::text is null or (team_id = :team and seat = :seat))
                and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
            order by transaction_id, queue_event_id limit :limit
            """;
    private static final String LAST_EVENT = """
            select transaction_id::text::bigint as transaction, queue_event_id from queue_event
            where transaction_id < pg_snapshot_xmin(pg_current_snapshot())
            order by transaction_id desc, queue_event_id desc limit 1
            """;

    /** How a list is ordered; each ends in the id, so that a cursor never skips. */
    public enum Sort {
        DUE_AT,
        CREATED_AT,
        NEWEST
    }

    private static final String CURSOR_OF =
            "select transaction_id::text::bigint as transaction, queue_event_id from queue_event where event_id = :id";

    /** An item whose release was recalled is nobody's any more; opening one decides anew. */
    private static String listing(String after, String order) {
        return """
                select q.* from queue_item q
                where q.team_id = :team and q.seat = :seat
                    and (:state::text is null or q.state = :state)
                    and not exists (select 1 from recall w where w.release_id = q.release_id)
                    and (:cursor::uuid is null or %s)
                order by %s limit :limit
                """.formatted(after, order);
    }

    /** Where a reader of events stands: never shown, because its gaps would tell of what others get. */
    public record Cursor(long transaction, long sequence) implements Comparable<Cursor> {
        static final Cursor START = new Cursor(0, 0);

        @Override
        public int compareTo(Cursor other) {
            int byTransaction = Long.compare(transaction, other.transaction);
            return byTransaction == 0 ? Long.compare(sequence, other.sequence) : byTransaction;
        }
    }

    /**
     * Something happened to an item.
     *
     * @param at where it stands
     * @param id what a follower is told, to resume from
     */
    public record Event(Cursor at, UUID id, UUID itemId, Recipient recipient, String kind) {}

    private final Database database;

    public QueueStore(Database database) {
        this.database = database;
    }

    /** Puts new items in their queues; all of them at the same moment. */
    void insert(Collection<QueueItem> items, Instant at) {
        if (items.isEmpty()) {
            return;
        }
        database.with(h -> {
            h.createUpdate(INSERT)
                    .bind("ids", column(items, UUID[]::new, QueueItem::id))
                    .bind("teams", teams(items))
                    .bind("seats", seats(items))
                    .bind("releases", column(items, UUID[]::new, QueueItem::releaseId))
                    .bind("signals", column(items, UUID[]::new, QueueItem::signalId))
                    .bind("plans", column(items, UUID[]::new, QueueItem::planId))
                    .bind("epochs", column(items, Integer[]::new, QueueItem::planEpoch))
                    .bind("states", column(items, String[]::new, i -> i.state().name()))
                    .bind("priorities", column(items, String[]::new, i -> i.priority()
                            .name()))
                    .bind("created", column(items, Instant[]::new, QueueItem::createdAt))
                    .bind("due", column(items, Instant[]::new, QueueItem::dueAt))
                    .execute();
            return tell(h, items, "assigned", at);
        });
    }

    /** Closes the items of these releases and returns them. */
    List<QueueItem> close(Collection<UUID> releases, Instant at) {
        if (releases.isEmpty()) {
            return List.of();
        }
        return database.with(h -> {
            List<QueueItem> closed = h.createQuery(CLOSE)
                    .bind("releases", releases.toArray(UUID[]::new))
                    .map((rs, c) -> read(rs))
                    .list();
            if (!closed.isEmpty()) {
                tell(h, closed, "recalled", at);
            }
            return closed;
        });
    }

    List<QueueItem> byIds(Collection<UUID> ids) {
        return database.with(h -> h.createQuery(BY_IDS)
                .bind("ids", ids.toArray(UUID[]::new))
                .map((rs, c) -> read(rs))
                .list());
    }

    /** The item of a pair that a signal is; empty when it never stood in its queue, or was recalled. */
    public Optional<QueueItem> ofSignal(UUID signal, Recipient pair) {
        return database.with(h -> h.createQuery(OF_SIGNAL)
                .bind("signal", signal)
                .bind("team", pair.teamId())
                .bind("seat", pair.seatName())
                .map((rs, c) -> read(rs))
                .findOne());
    }

    private static int tell(Handle handle, Collection<QueueItem> items, String kind, Instant at) {
        return handle.createUpdate(EVENT)
                .bind("events", column(items, UUID[]::new, item -> Identifier.next()))
                .bind("items", column(items, UUID[]::new, QueueItem::id))
                .bind("teams", teams(items))
                .bind("seats", seats(items))
                .bind("kind", kind)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute();
    }

    private static String[] teams(Collection<QueueItem> items) {
        return column(items, String[]::new, i -> i.recipient().teamId());
    }

    private static String[] seats(Collection<QueueItem> items) {
        return column(items, String[]::new, i -> i.recipient().seatName());
    }

    /**
     * One page of a pair's queue.
     *
     * @param state null for all
     * @param cursor the last item of the page before; null for the first page
     */
    public List<QueueItem> page(Recipient recipient, QueueItem.ItemState state, Sort sort, UUID cursor, int limit) {
        String list =
                switch (sort) {
                    case DUE_AT -> LIST_BY_DUE;
                    case CREATED_AT -> LIST_OLDEST;
                    case NEWEST -> LIST_NEWEST;
                };
        return database.with(h -> h.createQuery(list)
                .bind("team", recipient.teamId())
                .bind("seat", recipient.seatName())
                .bind("state", state == null ? null : state.name())
                .bind("cursor", cursor)
                .bind("limit", limit)
                .map((rs, c) -> read(rs))
                .list());
    }

    /** Events after a cursor, never one that could still be overtaken by an older transaction. */
    public List<Event> eventsAfter(Cursor after, int limit) {
        return events(after, null, limit);
    }

    /** The same for one pair. */
    public List<Event> eventsFor(Recipient recipient, Cursor after, int limit) {
        return events(after, recipient, limit);
    }

    /** The cursor behind an event's id; empty when it never was. */
    public Optional<Cursor> cursorOf(UUID eventId) {
        return database.with(h -> h.createQuery(CURSOR_OF)
                .bind("id", eventId)
                .map((rs, c) -> cursor(rs))
                .findOne());
    }

    private static Cursor cursor(ResultSet rs) throws SQLException {
        return new Cursor(rs.getLong("transaction"), rs.getLong("queue_event_id"));
    }

    private List<Event> events(Cursor after, Recipient recipient, int limit) {
        return database.with(h -> h.createQuery(EVENTS)
                .bind("transaction", String.valueOf(after.transaction()))
                .bind("sequence", after.sequence())
                .bind("team", recipient == null ? null : recipient.teamId())
                .bind("seat", recipient == null ? null : recipient.seatName())
                .bind("limit", limit)
                .map((rs, c) -> new Event(
                        cursor(rs),
                        rs.getObject("event_id", UUID.class),
                        rs.getObject("queue_item_id", UUID.class),
                        Recipient.at(rs.getString("team_id"), rs.getString("seat")),
                        rs.getString("kind")))
                .list());
    }

    /** Where the newest event that can be read stands. */
    public Cursor lastEvent() {
        return database.with(h ->
                h.createQuery(LAST_EVENT).map((rs, c) -> cursor(rs)).findOne().orElse(Cursor.START));
    }

    static QueueItem read(ResultSet rs) throws SQLException {
        return new QueueItem(
                rs.getObject("queue_item_id", UUID.class),
                Recipient.at(rs.getString("team_id"), rs.getString("seat")),
                rs.getObject("release_id", UUID.class),
                rs.getObject("signal_id", UUID.class),
                rs.getObject("plan_id", UUID.class),
                rs.getInt("plan_epoch"),
                QueueItem.ItemState.valueOf(rs.getString("state")),
                Priority.valueOf(rs.getString("priority")),
                rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                rs.getObject("due_at", OffsetDateTime.class).toInstant());
    }
}
