package nl.wijkhub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wijkhub.StoreStatements.Statement;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Batch;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.Script;
import org.junit.jupiter.api.Test;

/**
 * Every SQL statement of every store is run by the real server: asked for its parameters, planned with nulls, and executed
 * with values of the types that the server names, in a transaction that is rolled back.
 */
class EverySqlTest {
    /** As many as there are: whoever adds or takes away a statement corrects it, and so knows that it was seen. */
    private static final int STATEMENTS = 415;

    private static final StoreStatements HUB = StoreStatements.OF_THE_HUB;
    private static final Map<Statement, String> SQL = positional();

    /** The server plans these; anything else it only executes. */
    private static final Pattern PLANNED = Pattern.compile(
            "\\s*(select|insert|update|delete|merge|with|values)\\s.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** A question mark that stands for a value, or a text that may hold others. */
    private static final Pattern VALUE = Pattern.compile("'(?:[^']|'')*'|\\?");

    private static final JavaClasses CLASSES = House.CLASSES.that(DescribedPredicate.describe(
            "are of the hub", one -> !one.getPackageName().startsWith("nl.wijkhub.lab")));

    @Test
    void every_statement_is_a_constant_of_its_store() {
        assertThat(HUB.faults)
                .as("SQL that no constant holds: name it in a static final String of the store, so that it is run here")
                .isEmpty();
        assertThat(HUB.idle).as("SQL that nobody runs: take it out").isEmpty();
    }

    @Test
    void every_statement_is_counted() {
        assertThat(HUB.run.size())
                .as("when statements were added or taken out: correct STATEMENTS, once the number is what you expect")
                .isEqualTo(STATEMENTS);
    }

    /** The index of what waits fits these two conditions: the server may read all of it to find a few that it has the ids of. */
    @Test
    void whoever_has_the_ids_of_signals_does_not_look_through_all_that_wait() {
        assertThat(HUB.run)
                .as("write coalesce(worked_at, parked_at, 'infinity') = 'infinity'")
                .filteredOn(one -> one.sql().contains("signal_id = any(:")
                        && one.sql().contains("worked_at is null and parked_at is null"))
                .extracting(Statement::name)
                .isEmpty();
    }

    @Test
    void nobody_else_has_sql() {
        noClasses()
                .that(DescribedPredicate.describe("are no part of a store", one -> !isStore(one)))
                .should()
                .accessTargetWhere(takesSql(Set.of()))
                .check(CLASSES);
    }

    @Test
    void stores_give_sql_only_to_methods_that_are_watched() {
        noClasses()
                .should()
                .accessTargetWhere(takesSql(StoreSource.DOORS))
                .orShould()
                .accessTargetWhere(putsTogether())
                .check(CLASSES);
    }

    @Test
    void every_statement_is_understood_by_the_server() throws Exception {
        List<String> faults = new ArrayList<>();
        inARolledBackTransaction(connection -> {
            for (Statement one : HUB.run) {
                Savepoint before = connection.setSavepoint();
                try {
                    String sql = SQL.get(one);
                    List<String> types = types(connection, sql);
                    plan(connection, sql, types);
                    execute(connection, sql, types);
                    connection.releaseSavepoint(before);
                } catch (SQLException e) {
                    connection.rollback(before);
                    faults.add(one.name() + ": " + e.getSQLState() + " " + e.getMessage());
                }
            }
        });
        assertThat(faults).as("statements the server does not understand").isEmpty();
    }

    @Test
    void the_server_finds_the_tables_that_the_text_names() throws Exception {
        List<String> faults = new ArrayList<>();
        inARolledBackTransaction(connection -> {
            for (Statement one : HUB.run) {
                TableUse named = TableUse.of(one.sql());
                // the server does not say whether a table that is written is read too
                named.read().removeAll(named.written());
                // of a temporary table the body of a function knows nothing yet
                if (PLANNED.matcher(one.sql()).matches() && !named.written().contains("probe_room")) {
                    Savepoint before = connection.setSavepoint();
                    try {
                        TableUse found = tablesOf(connection, SQL.get(one));
                        if (!found.equals(named)) {
                            faults.add(one.name() + ": " + named + " by its text, " + found + " by the server");
                        }
                    } catch (SQLException e) {
                        faults.add(one.name() + ": " + e.getMessage());
                    }
                    connection.rollback(before);
                }
            }
        });
        assertThat(faults)
                .as("tables that are written or read otherwise than TableUse says")
                .isEmpty();
    }

    /** The server looks for the index of a conflict, and for more, only when it plans. */
    private static void plan(Connection connection, String sql, List<String> types) throws SQLException {
        if (PLANNED.matcher(sql).matches()) {
            try (PreparedStatement plan = connection.prepareStatement("explain " + sql)) {
                for (int i = 0; i < types.size(); i++) {
                    plan.setNull(i + 1, Types.NULL);
                }
                plan.execute();
            }
        }
    }

    /** Constraints (23) and values that do not fit (22) are of the values made up here; nothing else is forgiven. */
    private static void execute(Connection connection, String sql, List<String> types) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < types.size(); i++) {
                statement.setObject(i + 1, made(types.get(i)), Types.OTHER);
            }
            statement.execute();
        } catch (SQLException e) {
            connection.rollback(before);
            if (e.getSQLState() == null || !e.getSQLState().matches("2[23].*")) {
                throw e;
            }
        }
    }

    /** The server parses and analyses a statement when it is asked for its parameters. */
    private static List<String> types(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            ParameterMetaData parameters = statement.getParameterMetaData();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= parameters.getParameterCount(); i++) {
                types.add(parameters.getParameterTypeName(i));
            }
            return types;
        }
    }

    private static String made(String type) {
        if (type.startsWith("_")) {
            return "{\"" + made(type.substring(1)).replace("\\", "\\\\") + "\"}";
        }
        return switch (type) {
            case "uuid" -> "00000000-0000-4000-8000-000000000001";
            case "timestamptz", "timestamp" -> "2026-01-01T12:00:00Z";
            case "date" -> "2026-01-01";
            case "bool" -> "true";
            case "bytea" -> "\\x01";
            case "json", "jsonb" -> "{}";
            default -> "1";
        };
    }

    /** A function with this body depends on the tables that the server finds in it, and locks those that it writes. */
    private static TableUse tablesOf(Connection connection, String sql) throws SQLException {
        List<String> types = types(connection, sql);
        int[] at = {0};
        String body = VALUE.matcher(sql)
                .replaceAll(value -> Matcher.quoteReplacement(
                        value.group().equals("?") ? "(null::" + types.get(at[0]++) + ")" : value.group()));
        TableUse tables = new TableUse(new TreeSet<>(), new TreeSet<>());
        try (var statement = connection.createStatement()) {
            statement.execute("create function probed() returns void language sql begin atomic " + body + "; end");
            try (var rows = statement.executeQuery("""
                    select distinct t.relname, exists (
                        select 1 from pg_locks l
                        where l.pid = pg_backend_pid() and l.relation = t.oid and l.mode = 'RowExclusiveLock')
                    from pg_depend d join pg_class t on t.oid = d.refobjid
                    where d.classid = 'pg_proc'::regclass and d.objid = 'probed()'::regprocedure
                        and d.refclassid = 'pg_class'::regclass
                    """)) {
                while (rows.next()) {
                    (rows.getBoolean(2) ? tables.written() : tables.read()).add(rows.getString(1));
                }
            }
        }
        return tables;
    }

    /** With a question mark per value. */
    private static Map<Statement, String> positional() {
        Map<Statement, String> positional = new HashMap<>();
        try (var handle = Jdbi.create(TestDatabase.dataSource()).open();
                var context = handle.createQuery("select 1")) {
            for (Statement one : HUB.run) {
                positional.put(
                        one,
                        new ColonPrefixSqlParser()
                                .parse(one.sql(), context.getContext())
                                .getSql());
            }
        }
        return positional;
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private static void inARolledBackTransaction(Work work) throws SQLException {
        try (Connection connection = TestDatabase.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("set local lock_timeout = '10s'");
                work.on(connection);
            } finally {
                connection.rollback();
            }
        }
    }

    private static boolean isStore(JavaClass one) {
        return one.getSimpleName().endsWith("Store")
                || one.getName().contains("Store$")
                || one.isEquivalentTo(nl.wijkhub.kernel.Database.class);
    }

    private static DescribedPredicate<JavaAccess<?>> takesSql(Set<String> except) {
        Set<Class<?>> owners =
                Set.of(Handle.class, Batch.class, Script.class, Connection.class, java.sql.Statement.class);
        return DescribedPredicate.describe("takes SQL", access -> {
            if (!(access instanceof JavaCodeUnitAccess<?> call)
                    || except.contains(call.getName())
                    || call.getName().equals("createArrayOf")) {
                return false;
            }
            List<JavaClass> parameters = call.getTarget().getRawParameterTypes();
            boolean isText = !parameters.isEmpty()
                    && (parameters.get(0).isEquivalentTo(String.class)
                            || parameters.get(0).isEquivalentTo(CharSequence.class));
            return isText && owners.stream().anyMatch(call.getTargetOwner()::isAssignableTo);
        });
    }

    /** Jdbi has ways to put more in the text of a statement before it goes. */
    private static DescribedPredicate<JavaAccess<?>> putsTogether() {
        return DescribedPredicate.describe(
                "puts SQL together",
                access -> access.getTargetOwner().getPackageName().startsWith("org.jdbi")
                        && access.getName().matches("define.*|bind.*List|attach|onDemand"));
    }
}
