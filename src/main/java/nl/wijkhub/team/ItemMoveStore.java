package nl.wijkhub.team;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.Database;

/** Tables {@code queue_item} and {@code queue_event}, as signals go from one plan to another. */
public final class ItemMoveStore {
    private static final String MOVE = """
            update queue_item q set plan_id = :to, plan_epoch = n.e
            from unnest(:signals::uuid[], :epochs::int[]) as n(s, e)
            where q.plan_id = :from and q.signal_id = n.s
            """;
    // what is done, or was recalled, is on nobody's board
    private static final String TELL = """
            insert into queue_event (queue_item_id, team_id, seat, kind, happened_at)
            select q.queue_item_id, q.team_id, q.seat, 'moved', :at
            from queue_item q
            where q.plan_id = :plan and q.signal_id = any(:signals) and q.state <> 'DONE'
                and not exists (select 1 from recall w where w.release_id = q.release_id)
            """;

    private final Database database;

    public ItemMoveStore(Database database) {
        this.database = database;
    }

    /**
     * The items of these signals go with them; whoever follows a queue is told.
     *
     * @param epochs by signal: in which life of the other plan
     */
    public void move(UUID from, UUID to, Map<UUID, Integer> epochs, Instant at) {
        if (epochs.isEmpty()) {
            return;
        }
        UUID[] signals = epochs.keySet().toArray(UUID[]::new);
        database.with(h -> {
            h.createUpdate(MOVE)
                    .bind("from", from)
                    .bind("to", to)
                    .bind("signals", signals)
                    .bind("epochs", epochs.values().toArray(Integer[]::new))
                    .execute();
            return h.createUpdate(TELL)
                    .bind("plan", to)
                    .bind("signals", signals)
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
        });
    }
}
