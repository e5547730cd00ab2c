package nl.wijkhub.audit;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.audit.Timeline.Entry;
import nl.wijkhub.kernel.Database;

/** Table {@code timeline}: append only. */
public final class TimelineStore {
    private static final String INSERT = """
            insert into timeline (signal_id, stage, outcome, passed_at)
            select * from unnest(:signals::uuid[], :stages::text[], :outcomes::text[], :times::timestamptz[])
            """;
    private static final String OF_SIGNAL =
            "select signal_id, stage, outcome, passed_at from timeline where signal_id = :signal order by timeline_id";

    private final Database database;

    public TimelineStore(Database database) {
        this.database = database;
    }

    void insert(Collection<Entry> entries) {
        database.with(h -> h.createUpdate(INSERT)
                .bind("signals", entries.stream().map(Entry::signalId).toArray(UUID[]::new))
                .bind("stages", entries.stream().map(Entry::stage).toArray(String[]::new))
                .bind("outcomes", entries.stream().map(Entry::outcome).toArray(String[]::new))
                .bind(
                        "times",
                        entries.stream()
                                .map(e -> e.at().atOffset(ZoneOffset.UTC).toString())
                                .toArray(String[]::new))
                .execute());
    }

    List<Entry> of(UUID signalId) {
        return database.with(h -> h.createQuery(OF_SIGNAL)
                .bind("signal", signalId)
                .map((rs, c) -> new Entry(
                        rs.getObject("signal_id", UUID.class),
                        rs.getString("stage"),
                        rs.getString("outcome"),
                        rs.getObject("passed_at", OffsetDateTime.class).toInstant()))
                .list());
    }
}
