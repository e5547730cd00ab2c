package nl.wijkhub.lab.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import nl.wijkhub.lab.bench.TableCosts.Table;

/** The cost of each table and index so far, as PostgreSQL counts it. */
record TableCosts(Map<String, Table> tables, Map<String, Long> scans) {
    private static final String TABLES = """
            select relname, n_tup_ins, n_tup_upd, n_tup_del, pg_table_size(relid) as bytes,
                pg_indexes_size(relid) as index_bytes
            from pg_stat_user_tables
            """;
    private static final String INDEXES =
            "select relname || '.' || indexrelname as name, idx_scan from pg_stat_user_indexes";

    /**
     * One table.
     *
     * @param bytes of its rows
     * @param indexBytes of all its indexes
     */
    record Table(long inserted, long updated, long deleted, long bytes, long indexBytes) {
        static final Table NOTHING = new Table(0, 0, 0, 0, 0);

        Table since(Table before) {
            return new Table(
                    inserted - before.inserted,
                    updated - before.updated,
                    deleted - before.deleted,
                    bytes - before.bytes,
                    indexBytes - before.indexBytes);
        }

        Table and(Table other) {
            return new Table(
                    inserted + other.inserted,
                    updated + other.updated,
                    deleted + other.deleted,
                    bytes + other.bytes,
                    indexBytes + other.indexBytes);
        }

        boolean isTouched() {
            return inserted + updated + deleted > 0;
        }
    }

    static TableCosts of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Map<String, Table> tables = new TreeMap<>();
            try (ResultSet rs = statement.executeQuery(TABLES)) {
                while (rs.next()) {
                    tables.put(
                            rs.getString("relname"),
                            new Table(
                                    rs.getLong("n_tup_ins"),
                                    rs.getLong("n_tup_upd"),
                                    rs.getLong("n_tup_del"),
                                    rs.getLong("bytes"),
                                    rs.getLong("index_bytes")));
                }
            }
            Map<String, Long> scans = new TreeMap<>();
            try (ResultSet rs = statement.executeQuery(INDEXES)) {
                while (rs.next()) {
                    scans.put(rs.getString("name"), rs.getLong("idx_scan"));
                }
            }
            return new TableCosts(tables, scans);
        }
    }

    /** The rows since an earlier look, per signal, the most first; then how often each index of these tables was used. */
    List<String> linesSince(TableCosts before, long signals) {
        Map<String, Table> since = new TreeMap<>();
        tables.forEach((name, table) -> {
            Table own = table.since(before.tables.getOrDefault(name, Table.NOTHING));
            if (own.isTouched()) {
                since.put(name, own);
            }
        });
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-28s %9s %9s %9s %9s %9s",
                "per signal",
                "inserted",
                "updated",
                "deleted",
                "KB rows",
                "KB index"));
        since.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Table> one) ->
                                -one.getValue().inserted() - one.getValue().updated())
                        .thenComparing(Map.Entry::getKey))
                .forEach(one -> lines.add(line(one.getKey(), one.getValue(), signals)));
        lines.add(line("all", since.values().stream().reduce(Table.NOTHING, Table::and), signals));
        scans.forEach((name, count) -> {
            if (since.containsKey(name.substring(0, name.indexOf('.')))) {
                lines.add(String.format(
                        Locale.ROOT,
                        "index %-60s %10.3f scans",
                        name,
                        (count - before.scans.getOrDefault(name, 0L)) / (double) signals));
            }
        });
        return lines;
    }

    private static String line(String name, Table table, double signals) {
        return String.format(
                Locale.ROOT,
                "%-28s %9.2f %9.2f %9.2f %9.2f %9.2f",
                name,
                table.inserted() / signals,
                table.updated() / signals,
                table.deleted() / signals,
                table.bytes() / 1024.0 / signals,
                table.indexBytes() / 1024.0 / signals);
    }
}
