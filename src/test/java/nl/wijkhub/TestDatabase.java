package nl.wijkhub;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.lab.embedded.EmbeddedDatabase;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** One real PostgreSQL for every test of this process, migrated once. */
public final class TestDatabase {
    private static final HikariDataSource POOL = pool(start());

    private TestDatabase() {}

    public static Database store() {
        return new Database(POOL);
    }

    public static DataSource dataSource() {
        return POOL;
    }

    /** Empties every table. A few rows are sooner deleted than a table is truncated. */
    public static void empty() {
        store().inTransaction(() -> store().with(h -> h.execute("""
                do $$ declare t text; begin
                    set local session_replication_role = replica;
                    for t in select tablename from pg_tables
                        where schemaname = 'public' and tablename <> 'flyway_schema_history'
                    loop execute 'delete from ' || quote_ident(t); end loop;
                end $$
                """)));
    }

    /** Each test process has a server of its own, so that two can run side by side. */
    private static EmbeddedDatabase start() {
        String process = System.getProperty("wijkhub.test-process", "1");
        EmbeddedDatabase server = new EmbeddedDatabase(Path.of("target/test-database-" + process), "fake-password");
        server.start();
        keepNothing(server);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            POOL.close();
            server.close();
        }));
        Flyway flyway = Flyway.configure()
                .dataSource(server.dataSource())
                .locations("classpath:db")
                .cleanDisabled(false)
                .load();
        flyway.clean();
        flyway.migrate();
        return server;
    }

    /** As the hub has one: a connection costs more than most of what is asked on it. */
    private static HikariDataSource pool(EmbeddedDatabase server) {
        HikariConfig settings = new HikariConfig();
        settings.setDataSource(server.dataSource());
        settings.setMaximumPoolSize(20);
        settings.setMinimumIdle(0);
        return new HikariDataSource(settings);
    }

    /** Nothing here has to outlive the test process, so nothing waits for the disk. */
    private static void keepNothing(EmbeddedDatabase server) {
        Jdbi.create(server.dataSource()).useHandle(h -> {
            for (String waits : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                h.execute("alter system set " + waits + " = off");
            }
            h.execute("select pg_reload_conf()");
        });
    }
}
