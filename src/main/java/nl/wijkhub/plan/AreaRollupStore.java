package nl.wijkhub.plan;

import static nl.wijkhub.kernel.Database.column;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.AreaRollups.PublishedCounts;
import nl.wijkhub.plan.RollupPolicy.Cell;
import nl.wijkhub.signal.Address;

/** Tables {@code area_rollup_period} and {@code area_rollup}, append only; what they are counted from is only read. */
public final class AreaRollupStore {
    private static final String IS_PUBLISHED =
            "select exists (select 1 from area_rollup_period where period = :period)";
    private static final String CLAIM = """
            insert into area_rollup_period (period, rollup_id, column_count, policy_version, published_at)
            values (:period, :id, :columns, :policy, :at)
            on conflict (period) do nothing
            """;
    private static final String INSERT = """
            insert into area_rollup (period, area, category_class, household_count)
            select :period, a, c, n
            from unnest(:areas::text[], :classes::text[], :counts::int[]) as t(a, c, n)
            """;
    private static final String OF_AREAS = """
            select p.column_count, a.area, r.category_class, r.household_count
            from area_rollup_period p
            cross join unnest(:areas::text[]) as a(area)
            left join area_rollup r on r.period = p.period and r.area = a.area
            where p.period = :period
            order by a.area, r.category_class
            """;
    private static final String HOUSEHOLDS = """
            select h.household_id, h.address_sealed,
                array_agg(distinct split_part(s.category, '.', 1)) as category_class
            from signal s join household its on its.household_id = s.household_id
                left join household into_one on into_one.household_id = its.merged_into_id
                join household h
                    on h.household_id = coalesce(into_one.merged_into_id, its.merged_into_id, its.household_id)
            where s.worked_at >= :from and s.worked_at < :until and h.address_sealed is not null
                and not exists (select 1 from withdrawal w where w.signal_id = s.signal_id)
            group by h.household_id
            """;
    private static final int PAGE = 1000;

    private final Database database;
    private final Vault vault;

    public AreaRollupStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    boolean isPublished(Quarter quarter) {
        return database.with(h -> h.createQuery(IS_PUBLISHED)
                .bind("period", quarter.toString())
                .mapTo(Boolean.class)
                .one());
    }

    /** Takes a quarter to publish it; false when it was published already. */
    boolean claim(Quarter quarter, UUID id, int columns, String policyVersion, Instant at) {
        return database.with(h -> h.createUpdate(CLAIM)
                        .bind("period", quarter.toString())
                        .bind("id", id)
                        .bind("columns", columns)
                        .bind("policy", policyVersion)
                        .bind("at", at.atOffset(ZoneOffset.UTC))
                        .execute())
                == 1;
    }

    void insert(Quarter quarter, SortedMap<Cell, Integer> published) {
        if (!published.isEmpty()) {
            database.with(h -> h.createUpdate(INSERT)
                    .bind("period", quarter.toString())
                    .bind("areas", column(published.keySet(), String[]::new, Cell::area))
                    .bind("classes", column(published.keySet(), String[]::new, Cell::categoryClass))
                    .bind("counts", published.values().toArray(Integer[]::new))
                    .execute());
        }
    }

    /** What was published of each of these areas; empty when the quarter is not published. */
    Optional<Map<String, PublishedCounts>> of(Quarter quarter, Collection<String> areas) {
        Map<String, SortedMap<String, Integer>> households = new HashMap<>();
        int[] columns = new int[1];
        database.with(h -> h.createQuery(OF_AREAS)
                .bind("period", quarter.toString())
                .bind("areas", areas.toArray(String[]::new))
                .map((rs, c) -> {
                    columns[0] = rs.getInt("column_count");
                    SortedMap<String, Integer> own =
                            households.computeIfAbsent(rs.getString("area"), area -> new TreeMap<>());
                    String categoryClass = rs.getString("category_class");
                    return categoryClass == null ? null : own.put(categoryClass, rs.getInt("household_count"));
                })
                .list());
        Map<String, PublishedCounts> told = new HashMap<>();
        households.forEach((area, own) -> told.put(area, new PublishedCounts(own, own.size() < columns[0])));
        return told.isEmpty() ? Optional.empty() : Optional.of(told);
    }

    /**
     * Every household with an address of which a signal was worked in a quarter and not withdrawn, one after another.
     *
     * @param each its address and the classes of its signals
     */
    void households(Quarter quarter, BiConsumer<Address, Set<String>> each) {
        database.inTransaction(() -> database.with(h -> {
            try (var all = h
                    .createQuery(HOUSEHOLDS)
                    .bind("from", quarter.from().atOffset(ZoneOffset.UTC))
                    .bind("until", quarter.until().atOffset(ZoneOffset.UTC))
                    .setFetchSize(PAGE)
                    .map((rs, c) -> new Counted(
                            address(rs.getObject("household_id", UUID.class), rs.getBytes("address_sealed")),
                            classes(rs.getArray("category_class"))))
                    .stream()) {
                all.forEach(one -> each.accept(one.address(), one.classes()));
            }
            return null;
        }));
    }

    private record Counted(Address address, Set<String> classes) {}

    private Address address(UUID household, byte[] bytes) {
        return Json.read(vault.open("household", "address_sealed", household, bytes), Address.class);
    }

    private static Set<String> classes(java.sql.Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }
}
