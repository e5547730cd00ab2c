package nl.wijkhub.kernel;

import org.jdbi.v3.core.Handle;

/** What {@link Database#probe} writes to find out whether the database can still be written to. */
final class PulseStore {
    /** One per connection; its rows go with each transaction, and need new room on the disk in the next. */
    private static final String ROOM = "create temporary table probe_room (filler text) on commit delete rows";

    private static final String HAS_ROOM = "select to_regclass('pg_temp.probe_room') is not null";

    /** Half a megabyte: a table grows by as much at once. */
    private static final String FILL =
            "insert into probe_room (filler) select repeat('x', 1900) from generate_series(1, 256)";

    // the database's own time: that it was written counts, not when
    private static final String BEAT = "update pulse set beat_at = now()";

    private PulseStore() {}

    static int beat(Handle handle) {
        if (!handle.createQuery(HAS_ROOM).mapTo(Boolean.class).one()) {
            handle.execute(ROOM);
        }
        handle.execute(FILL);
        return handle.execute(BEAT);
    }
}
