package nl.wijkhub.lab.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import nl.wijkhub.kernel.Identifier;

/** What the bare pipeline writes: one committed row per request; per batch three inserts, twelve rows a signal. */
final class BareRows {
    private static final int TABLES = 3;
    private static final int ROWS_PER_TABLE = 4;

    /** Twelve of these are 4 KB. */
    private static final int ROW_BYTES = 4096 / (TABLES * ROWS_PER_TABLE);

    private final DataSource pool;
    private final byte[][] contents = new byte[256][ROW_BYTES];

    BareRows(DataSource pool) {
        this.pool = pool;
        Random random = new Random(1);
        for (byte[] content : contents) {
            random.nextBytes(content);
        }
    }

    void createTables() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table bare_signal (signal_id uuid primary key, accepted_at timestamptz not null,"
                    + " body bytea not null)");
            for (int i = 0; i < TABLES; i++) {
                statement.execute("create table bare_row_" + i + " (row_id uuid primary key, signal_id uuid not null,"
                        + " content bytea not null)");
            }
        }
    }

    /** Committed when it returns. */
    void insert(UUID id, byte[] body) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into bare_signal values (?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setObject(2, OffsetDateTime.now());
            insert.setBytes(3, body);
            insert.executeUpdate();
        }
    }

    /** One transaction for the batch. */
    void insert(List<UUID> batch) throws SQLException {
        int count = batch.size() * ROWS_PER_TABLE;
        UUID[] signals = new UUID[count];
        byte[][] content = new byte[count][];
        for (int i = 0; i < count; i++) {
            signals[i] = batch.get(i / ROWS_PER_TABLE);
            content[i] = contents[i % contents.length];
        }
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            for (int table = 0; table < TABLES; table++) {
                UUID[] rows = new UUID[count];
                for (int i = 0; i < count; i++) {
                    rows[i] = Identifier.next();
                }
                try (PreparedStatement insert = connection.prepareStatement(
                        "insert into bare_row_" + table + " select * from unnest(?::uuid[], ?::uuid[], ?::bytea[])")) {
                    insert.setArray(1, connection.createArrayOf("uuid", rows));
                    insert.setArray(2, connection.createArrayOf("uuid", signals));
                    insert.setArray(3, connection.createArrayOf("bytea", content));
                    insert.executeUpdate();
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }
}
