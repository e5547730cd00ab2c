package nl.wijkhub.signal;

import static nl.wijkhub.kernel.Database.column;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Database;

/** Table {@code partner_traffic}: what each partner sent, per hour. */
public final class PartnerTrafficStore {
    private static final String ADD = """
            insert into partner_traffic (partner_id, hour_at, accepted_count, refused_count, failed_count, last_at)
            select p, h, a, r, f, l
            from unnest(:partners::text[], :hours::timestamptz[], :accepted::bigint[], :refused::bigint[],
                :failed::bigint[], :last::timestamptz[]) as n(p, h, a, r, f, l)
            on conflict (partner_id, hour_at) do update set
                accepted_count = partner_traffic.accepted_count + excluded.accepted_count,
                refused_count = partner_traffic.refused_count + excluded.refused_count,
                failed_count = partner_traffic.failed_count + excluded.failed_count,
                last_at = greatest(partner_traffic.last_at, excluded.last_at)
            """;
    private static final String SINCE = """
            select partner_id, coalesce(sum(accepted_count) filter (where hour_at >= :since), 0) as accepted,
                coalesce(sum(refused_count) filter (where hour_at >= :since), 0) as refused,
                coalesce(sum(failed_count) filter (where hour_at >= :since), 0) as failed, max(last_at) as last_at
            from partner_traffic group by partner_id
            """;

    /**
     * What a partner sent since some moment, by whole hours.
     *
     * @param lastAt when it was last heard, however long ago
     */
    public record Sent(long accepted, long refused, long failed, Instant lastAt) {}

    private final Database database;

    public PartnerTrafficStore(Database database) {
        this.database = database;
    }

    void add(List<PartnerTraffic.Count> counts) {
        if (!counts.isEmpty()) {
            database.with(h -> h.createUpdate(ADD)
                    .bind("partners", column(counts, String[]::new, PartnerTraffic.Count::partnerId))
                    .bind("hours", column(counts, Instant[]::new, c -> c.hour()))
                    .bind("accepted", column(counts, Long[]::new, PartnerTraffic.Count::accepted))
                    .bind("refused", column(counts, Long[]::new, PartnerTraffic.Count::refused))
                    .bind("failed", column(counts, Long[]::new, PartnerTraffic.Count::failed))
                    .bind("last", column(counts, Instant[]::new, c -> c.lastAt()))
                    .execute());
        }
    }

    /** Who was never heard is absent. */
    public Map<String, Sent> since(Instant since) {
        Collection<Map.Entry<String, Sent>> rows = database.with(h -> h.createQuery(SINCE)
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .map((rs, c) -> Map.entry(
                        rs.getString("partner_id"),
                        new Sent(
                                rs.getLong("accepted"),
                                rs.getLong("refused"),
                                rs.getLong("failed"),
                                rs.getObject("last_at", OffsetDateTime.class).toInstant())))
                .list());
        return rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
