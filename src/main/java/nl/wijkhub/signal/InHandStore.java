package nl.wijkhub.signal;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import nl.wijkhub.kernel.Database;
import org.jdbi.v3.core.Handle;

/**
 * Table {@code in_hand}: what each line works on right now. Somebody takes what it works and lets it go at the end, whatever
 * came of it; so what stands here when it comes again was in hand when a hub died, and may be why.
 */
public final class InHandStore {
    /** With so many hubs gone over one message, it is put aside unread. */
    public static final int MOST_TIMES = 3;

    private static final Duration KEPT = Duration.ofDays(7);
    private static final String TAKE_NEW = """
            with known as (
                select item from in_hand where queue = :queue and item = any(:items::text[]) and hub_start <> :start),
            taken as (
                insert into in_hand (queue, item, times, hub_start, since)
                select :queue, i, 1, :start, :now from unnest(:items::text[]) as n(i) where not exists (select 1 from known)
                on conflict (queue, item) do nothing)
            select item from known
            """;
    private static final String TAKE = """
            insert into in_hand (queue, item, times, hub_start, since) values (:queue, :item, 1, :start, :now)
            on conflict (queue, item) do update set hub_start = :start,
                times = in_hand.times + case when in_hand.hub_start = :start then 0 else 1 end
            returning times
            """;
    private static final String RELEASE =
            "delete from in_hand where queue = :queue and item = any(:items::text[]) and hub_start = :start";
    // a killed hub leaves its rows; a database that dies may lose those of the last moment, and no more depends on them
    private static final String NOBODY_WAITS_FOR_THE_DISK = "set local synchronous_commit to off";
    private static final String FORGET = "delete from in_hand where since < :before";

    private final Database database;
    private final Clock clock;
    private final UUID start = UUID.randomUUID();

    public InHandStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Takes several at once, unless one of them was in hand when a hub died.
     *
     * @return whether they are taken; else each has to be taken alone, so that the next death tells which it was
     */
    public boolean takeTogether(String queue, Collection<String> items) {
        return lightly(h -> h.createQuery(TAKE_NEW)
                .bind("queue", queue)
                .bind("items", items.toArray(String[]::new))
                .bind("start", start)
                .bind("now", now())
                .mapTo(String.class)
                .list()
                .isEmpty());
    }

    /** Takes one; returns how many starts of a hub took it and never let it go, this one included. */
    public int take(String queue, String item) {
        return lightly(h -> h.createQuery(TAKE)
                .bind("queue", queue)
                .bind("item", item)
                .bind("start", start)
                .bind("now", now())
                .mapTo(Integer.class)
                .one());
    }

    public void release(String queue, Collection<String> items) {
        lightly(h -> h.createUpdate(RELEASE)
                .bind("queue", queue)
                .bind("items", items.toArray(String[]::new))
                .bind("start", start)
                .execute());
    }

    private <T> T lightly(Function<Handle, T> statement) {
        return database.inTransaction(() -> database.with(h -> {
            h.execute(NOBODY_WAITS_FOR_THE_DISK);
            return statement.apply(h);
        }));
    }

    public void release(String queue, String item) {
        release(queue, List.of(item));
    }

    /** What died with a hub between its last two steps comes never again. */
    public void forget() {
        database.with(
                h -> h.createUpdate(FORGET).bind("before", now().minus(KEPT)).execute());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
