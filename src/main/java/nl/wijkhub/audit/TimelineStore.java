package nl.wijkhub.audit;

import static nl.wijkhub.kernel.Database.column;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wijkhub.audit.Timeline.Entry;
import nl.wijkhub.kernel.Database;

/**
 * Table {@code timeline_step}: append only, one row for what a transaction did with a signal. {@code timeline} holds what was
 * written before there were such rows; nothing is added to it.
 */
public final class TimelineStore {
    private static final String INSERT = """
            insert into timeline_step (signal_id, stages, outcomes, passed_at)
            select i, cast(s as text[]), cast(o as text[]), cast(t as timestamptz[])
            from unnest(:signals::uuid[], :stages::text[], :outcomes::text[], :times::text[]) as n(i, s, o, t)
            """;
    private static final String OF_SIGNAL = """
            select t.signal_id, n.stage, n.outcome, n.at
            from (
                select signal_id, false as is_new, timeline_id as place, array[stage] as stages, array[outcome] as outcomes,
                    array[passed_at] as passed_at
                from timeline where signal_id = :signal
                union all
                select signal_id, true, step_id, stages, outcomes, passed_at from timeline_step where signal_id = :signal) as t
            cross join lateral unnest(t.stages, t.outcomes, t.passed_at) with ordinality as n(stage, outcome, at, step)
            order by t.is_new, t.place, n.step
            """;

    private final Database database;

    public TimelineStore(Database database) {
        this.database = database;
    }

    /** In the transaction of this thread, at its end; at once where there is none. */
    void insert(Collection<Entry> entries) {
        database.gather(this, entries, this::write);
    }

    private void write(List<Entry> entries) {
        Map<UUID, List<Entry>> bySignal = new LinkedHashMap<>();
        entries.forEach(entry -> bySignal.computeIfAbsent(entry.signalId(), signal -> new ArrayList<>())
                .add(entry));
        database.with(h -> h.createUpdate(INSERT)
                .bind("signals", bySignal.keySet().toArray(UUID[]::new))
                .bind("stages", column(bySignal.values(), String[]::new, own -> array(own, Entry::stage)))
                .bind("outcomes", column(bySignal.values(), String[]::new, own -> array(own, Entry::outcome)))
                .bind("times", column(bySignal.values(), String[]::new, own -> array(own, Entry::at)))
                .execute());
    }

    /** As a literal of the server: codes and moments, none of which needs quotes. */
    private static String array(List<Entry> entries, Function<Entry, Object> value) {
        return entries.stream().map(value).map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    List<Entry> of(UUID signalId) {
        return database.with(h -> h.createQuery(OF_SIGNAL)
                .bind("signal", signalId)
                .map((rs, c) -> new Entry(
                        rs.getObject("signal_id", UUID.class),
                        rs.getString("stage"),
                        rs.getString("outcome"),
                        rs.getObject("at", OffsetDateTime.class).toInstant()))
                .list());
    }
}
