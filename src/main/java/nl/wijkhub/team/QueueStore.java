package nl.wijkhub.team;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Tables {@code queue_item} and {@code queue_event}. Every change of an item is an event that a board can follow. */
public final class QueueStore {
    private static final String INSERT = """
            insert into queue_item (queue_item_id, team_id, discipline, release_id, signal_id, plan_id, state, priority,
                created_at, due_at)
            values (:id, :team, :discipline, :release, :signal, :plan, :state, :priority, :created, :due)
            """;
    private static final String EVENT = """
            insert into queue_event (queue_item_id, team_id, discipline, kind, happened_at)
            values (:item, :team, :discipline, :kind, :at)
            """;
    private static final String CLOSE = """
            update queue_item set state = 'DONE' where release_id = any(:releases) and state <> 'DONE'
            returning *
            """;
    // an item whose signal was withdrawn is nobody's any more; opening one decides anew
    private static final String LIST = """
            select q.* from queue_item q
            where q.team_id = :team and q.discipline = :discipline
                and (:state::text is null or q.state = :state)
                and not exists (select 1 from withdrawal w where w.signal_id = q.signal_id)
                and (:cursor::uuid is null or %s)
            order by %s limit :limit
            """;
    private static final String EVENTS = """
            select transaction_id::text::bigint as transaction, queue_event_id, event_id, queue_item_id, team_id,
                discipline, kind
            from queue_event
            where (transaction_id, queue_event_id) > (cast(cast(:transaction as text) as xid8), :sequence)
                and (:team::text is null or (team_id = :team and discipline = :discipline))
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
        DUE_AT(
                "(q.due_at, q.queue_item_id) > (select c.due_at, c.queue_item_id from queue_item c where c.queue_item_id = :cursor)",
                "q.due_at, q.queue_item_id"),
        CREATED_AT("q.queue_item_id > :cursor::uuid", "q.queue_item_id"),
        NEWEST("q.queue_item_id < :cursor::uuid", "q.queue_item_id desc");

        private final String after;
        private final String order;

        Sort(String after, String order) {
            this.after = after;
            this.order = order;
        }
    }

    private static final String CURSOR_OF =
            "select transaction_id::text::bigint as transaction, queue_event_id from queue_event where event_id = :id";

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

    private final DatabaseStore database;

    public QueueStore(DatabaseStore database) {
        this.database = database;
    }

    void insert(Collection<QueueItem> items) {
        if (items.isEmpty()) {
            return;
        }
        database.with(h -> {
            var batch = h.prepareBatch(INSERT);
            var events = h.prepareBatch(EVENT);
            for (QueueItem item : items) {
                batch.bind("id", item.id())
                        .bind("team", item.recipient().teamId())
                        .bind("discipline", item.recipient().discipline().name())
                        .bind("release", item.releaseId())
                        .bind("signal", item.signalId())
                        .bind("plan", item.planId())
                        .bind("state", item.state().name())
                        .bind("priority", item.priority().name())
                        .bind("created", item.createdAt().atOffset(ZoneOffset.UTC))
                        .bind("due", item.dueAt().atOffset(ZoneOffset.UTC))
                        .add();
                add(events, item, "assigned", item.createdAt());
            }
            batch.execute();
            return events.execute();
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
                var events = h.prepareBatch(EVENT);
                closed.forEach(item -> add(events, item, "recalled", at));
                events.execute();
            }
            return closed;
        });
    }

    private static void add(PreparedBatch events, QueueItem item, String kind, Instant at) {
        events.bind("item", item.id())
                .bind("team", item.recipient().teamId())
                .bind("discipline", item.recipient().discipline().name())
                .bind("kind", kind)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .add();
    }

    /**
     * One page of a pair's queue.
     *
     * @param state null for all
     * @param cursor the last item of the page before; null for the first page
     */
    public List<QueueItem> page(Recipient recipient, QueueItem.State state, Sort sort, UUID cursor, int limit) {
        return database.with(h -> h.createQuery(LIST.formatted(sort.after, sort.order))
                .bind("team", recipient.teamId())
                .bind("discipline", recipient.discipline().name())
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
                .bind(
                        "discipline",
                        recipient == null ? null : recipient.discipline().name())
                .bind("limit", limit)
                .map((rs, c) -> new Event(
                        cursor(rs),
                        rs.getObject("event_id", UUID.class),
                        rs.getObject("queue_item_id", UUID.class),
                        new Recipient(rs.getString("team_id"), Discipline.valueOf(rs.getString("discipline"))),
                        rs.getString("kind")))
                .list());
    }

    /** Where the newest event that can be read stands. */
    public Cursor lastEvent() {
        return database.with(h ->
                h.createQuery(LAST_EVENT).map((rs, c) -> cursor(rs)).findOne().orElse(Cursor.START));
    }

    private static QueueItem read(ResultSet rs) throws SQLException {
        return new QueueItem(
                rs.getObject("queue_item_id", UUID.class),
                new Recipient(rs.getString("team_id"), Discipline.valueOf(rs.getString("discipline"))),
                rs.getObject("release_id", UUID.class),
                rs.getObject("signal_id", UUID.class),
                rs.getObject("plan_id", UUID.class),
                QueueItem.State.valueOf(rs.getString("state")),
                Priority.valueOf(rs.getString("priority")),
                rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                rs.getObject("due_at", OffsetDateTime.class).toInstant());
    }
}
