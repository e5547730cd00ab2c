package nl.wijkhub.sharing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.signal.DataClass;

/** Table {@code narrative_class}: what a person found in a narrative. Append only; the last reading counts. */
public final class NarrativeStore {
    private static final String INSERT = """
            insert into narrative_class (narrative_class_id, signal_id, data_class, classified_by, classified_at)
            values (:id, :signal, :classes, :user, :at)
            """;
    private static final String OF_SIGNALS = """
            select distinct on (signal_id) signal_id, data_class from narrative_class
            where signal_id = any(:signals)
            order by signal_id, classified_at desc, narrative_class_id desc
            """;

    private final Database database;

    public NarrativeStore(Database database) {
        this.database = database;
    }

    void classify(UUID signalId, Set<DataClass> classes, String user, Instant at) {
        database.with(h -> h.createUpdate(INSERT)
                .bind("id", Identifier.next())
                .bind("signal", signalId)
                .bind("classes", classes.stream().map(DataClass::name).sorted().toArray(String[]::new))
                .bind("user", user)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** Of the signals whose narrative somebody read. */
    Map<UUID, Set<DataClass>> of(Collection<UUID> signals) {
        Map<UUID, Set<DataClass>> read = new HashMap<>();
        if (!signals.isEmpty()) {
            database.with(h -> h.createQuery(OF_SIGNALS)
                    .bind("signals", signals.toArray(UUID[]::new))
                    .map((rs, c) -> read.put(
                            rs.getObject("signal_id", UUID.class),
                            Arrays.stream((String[]) rs.getArray("data_class").getArray())
                                    .map(DataClass::valueOf)
                                    .collect(Collectors.toSet())))
                    .list());
        }
        return read;
    }
}
