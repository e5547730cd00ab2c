package nl.wijkhub.signal;

import static nl.wijkhub.kernel.Database.column;

import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import nl.wijkhub.kernel.Database;

/** Table {@code signal}, new rows, one or several: one statement, and so one transaction, whatever their number. */
public final class SignalBatchStore {
    // references in order, so that two messages with the same ones wait for each other and never in a circle
    private static final String INSERT_ALL = """
            insert into signal (signal_id, partner_id, discipline, reference_key, content_key, category, severity,
                data_class, superseded_id, group_key, trace_id, span_id, accepted_at, body_sealed)
            select r.id, r.partner, r.discipline, r.reference, r.content, r.category, r.severity,
                string_to_array(r.classes, ','), r.superseded, r.grp, r.trace, r.span, r.at, r.body
            from unnest(:ids::uuid[], :partners::text[], :disciplines::text[], :references::bytea[], :contents::bytea[],
                :categories::text[], :severities::text[], :classes::text[], :superseded::uuid[], :groups::text[],
                :traces::text[], :spans::text[], :ats::timestamptz[], :bodies::bytea[])
                as r(id, partner, discipline, reference, content, category, severity, classes, superseded, grp, trace,
                    span, at, body)
            order by r.partner, r.reference
            on conflict (partner_id, reference_key) do nothing
            returning signal_id
            """;
    private static final String BY_REFERENCES = """
            select signal_id, reference_key, content_key, worked_at is not null as worked,
                parked_at is not null as parked, group_key, accepted_at, partner_id
            from signal where partner_id = :partner and reference_key = any(:references)
            """;

    /** A signal to store, with the keys under which it is found again. */
    public record Keyed(AcceptedSignal signal, byte[] reference, byte[] content, String group) {}

    private final Database database;
    private final Function<AcceptedSignal, byte[]> sealed;

    /** @param sealed what is said in a signal, sealed for its row */
    SignalBatchStore(Database database, Function<AcceptedSignal, byte[]> sealed) {
        this.database = database;
        this.sealed = sealed;
    }

    /** Stores new signals, all in one statement; returns the ids of those whose reference was not used before. */
    public Set<UUID> insertAll(List<Keyed> rows) {
        return database.with(h -> h.createQuery(INSERT_ALL)
                .bind("ids", column(rows, UUID[]::new, r -> r.signal().id()))
                .bind("partners", column(rows, String[]::new, r -> r.signal().partnerId()))
                .bind(
                        "disciplines",
                        column(rows, String[]::new, r -> r.signal().discipline().name()))
                .bind("references", column(rows, byte[][]::new, Keyed::reference))
                .bind("contents", column(rows, byte[][]::new, Keyed::content))
                .bind(
                        "categories",
                        column(rows, String[]::new, r -> r.signal().signal().category()))
                .bind("severities", column(rows, String[]::new, r -> r.signal()
                        .signal()
                        .severity()
                        .code()))
                .bind(
                        "classes",
                        column(
                                rows,
                                String[]::new,
                                r -> String.join(
                                        ",", SignalStore.codes(r.signal().classes()))))
                .bind("superseded", column(rows, UUID[]::new, r -> r.signal().supersededId()))
                .bind("groups", column(rows, String[]::new, Keyed::group))
                .bind(
                        "traces",
                        column(rows, String[]::new, r -> r.signal().trace().traceId()))
                .bind(
                        "spans",
                        column(rows, String[]::new, r -> r.signal().trace().spanId()))
                .bind("ats", column(rows, Instant[]::new, r -> r.signal().acceptedAt()))
                .bind("bodies", column(rows, byte[][]::new, r -> sealed.apply(r.signal())))
                .mapTo(UUID.class)
                .set());
    }

    /** What is known of those of a partner's references that were used before: reference key in hex → what is known. */
    Map<String, SignalStore.EarlierSignal> byReferences(String partnerId, Collection<byte[]> referenceKeys) {
        return database.with(h -> h.createQuery(BY_REFERENCES)
                .bind("partner", partnerId)
                .bind("references", referenceKeys.toArray(byte[][]::new))
                .map((rs, c) ->
                        Map.entry(HexFormat.of().formatHex(rs.getBytes("reference_key")), SignalStore.known(rs)))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
