package nl.wijkhub;

import java.nio.file.Path;
import javax.sql.DataSource;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.lab.embedded.EmbeddedDatabase;
import org.flywaydb.core.Flyway;

/** One real PostgreSQL for every test of this process, migrated once. */
public final class TestDatabase {
    private static final EmbeddedDatabase SERVER = start();

    private TestDatabase() {}

    public static DatabaseStore store() {
        return new DatabaseStore(SERVER.dataSource());
    }

    public static DataSource dataSource() {
        return SERVER.dataSource();
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
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        Flyway flyway = Flyway.configure()
                .dataSource(server.dataSource())
                .locations("classpath:db")
                .cleanDisabled(false)
                .load();
        flyway.clean();
        flyway.migrate();
        return server;
    }
}
