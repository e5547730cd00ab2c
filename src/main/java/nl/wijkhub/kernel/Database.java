package nl.wijkhub.kernel;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * The one way to PostgreSQL. A store called inside {@link #inTransaction} joins that transaction, because Jdbi keeps
 * the handle of the running transaction on the thread.
 * Rejects: throws {@link Unavailable} when the database is away, so that nobody counts it as a failed attempt.
 */
public final class Database {
    private final Jdbi jdbi;
    private final ThreadLocal<Map<Object, Gathered<?>>> gathered = new ThreadLocal<>();

    public Database(DataSource dataSource) {
        this.jdbi = Jdbi.create(dataSource).installPlugin(new PostgresPlugin());
        jdbi.registerArgument(new DatabaseArrays());
        // a failed statement must not carry what was bound to it
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
    }

    /** Runs statements on the transaction of this thread, or on a connection of their own. */
    public <T> T with(Function<Handle, T> statements) {
        try {
            return jdbi.withHandle(statements::apply);
        } catch (RuntimeException e) {
            throw told(e);
        }
    }

    /** All or nothing: committed when it returns, rolled back when it throws. */
    public <T> T inTransaction(Supplier<T> work) {
        boolean isOutermost = gathered.get() == null;
        try {
            return jdbi.inTransaction(handle -> isOutermost ? withEnd(work) : work.get());
        } catch (RuntimeException e) {
            throw told(e);
        }
    }

    /**
     * The same, for statements that look for a few rows of large tables: the server plans them by index, however many rows it
     * believes there are. It keeps the plan of a statement that runs often, and one made while a table was nearly empty would
     * read all of it a minute later.
     */
    public <T> T inTransactionByIndex(Supplier<T> work) {
        return inTransaction(() -> {
            with(PlanningStore::byIndex);
            return work.get();
        });
    }

    private <T> T withEnd(Supplier<T> work) {
        Map<Object, Gathered<?>> own = new LinkedHashMap<>();
        gathered.set(own);
        try {
            T result = work.get();
            own.values().forEach(Gathered::write);
            return result;
        } finally {
            gathered.remove();
        }
    }

    /** The rows of one store, until the end of a transaction. */
    private record Gathered<R>(List<R> rows, Consumer<List<R>> writing) {
        void write() {
            writing.accept(rows);
        }
    }

    /**
     * Writes rows at the end of the transaction of this thread, together with all that the same store gathers in it; at once
     * where there is none.
     *
     * @param store whose rows they are
     */
    @SuppressWarnings("unchecked")
    public <R> void gather(Object store, Collection<R> rows, Consumer<List<R>> writing) {
        Map<Object, Gathered<?>> own = gathered.get();
        if (own == null) {
            writing.accept(List.copyOf(rows));
        } else {
            ((Gathered<R>) own.computeIfAbsent(store, first -> new Gathered<>(new ArrayList<R>(), writing)))
                    .rows()
                    .addAll(rows);
        }
    }

    /** Runs something when the transaction of this thread is rolled back; never, when there is none. */
    public void afterRollback(Runnable undone) {
        with(handle -> handle.isInTransaction() ? handle.afterRollback(undone::run) : handle);
    }

    /** Runs something once the transaction of this thread is committed; at once, when there is none. */
    public void afterCommit(Runnable done) {
        with(handle -> {
            if (handle.isInTransaction()) {
                handle.afterCommit(done::run);
            } else {
                done.run();
            }
            return handle;
        });
    }

    /**
     * Writes, and takes room on the disk of the database, as every door does; throws {@link Unavailable} when either cannot
     * be done. A database that only answers is of no use: its disk may be full, or it may be a copy that is read alone.
     */
    public void probe() {
        inTransaction(() -> with(PulseStore::beat));
    }

    /**
     * One column of many rows, to be bound as an array: many rows go in one statement of one shape, which the server
     * plans once.
     */
    public static <R, V> V[] column(Collection<R> rows, IntFunction<V[]> array, Function<R, V> value) {
        V[] column = array.apply(rows.size());
        int i = 0;
        for (R row : rows) {
            column[i++] = value.apply(row);
        }
        return column;
    }

    private static RuntimeException told(RuntimeException failure) {
        if (Unavailable.in(failure) != null) {
            return failure;
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLTransientConnectionException || (t instanceof SQLException sql && isAway(sql))) {
                return new Unavailable("database", failure);
            }
        }
        return failure;
    }

    /**
     * SQLSTATE classes 08 (connection), 57P (shutting down, crashed, cannot connect now), 53 (out of resources), 40
     * (deadlock, serialization: try again) and 25006 (read-only: an old primary after a failover).
     */
    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("57P")
                        || state.startsWith("53")
                        || state.startsWith("40")
                        || state.equals("25006"));
    }
}
