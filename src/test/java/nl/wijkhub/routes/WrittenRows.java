package nl.wijkhub.routes;

import java.util.LinkedHashMap;
import java.util.Map;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.app.batch.OneTransaction;
import nl.wijkhub.kernel.Database;
import org.apache.camel.spi.Policy;

/** A real database on which every stand-in writes a row, so that it shows what was committed when. */
final class WrittenRows {
    private final Database database;

    /** Rows that others saw when a stand-in was called, by its call. */
    final Map<String, Long> seenAt = new LinkedHashMap<>();

    /** The call that fails; null when none does. */
    String fails;

    WrittenRows(Database database) {
        this.database = database;
        TestDatabase.empty();
    }

    Policy transaction() {
        return new OneTransaction(database);
    }

    /** Writes a row for a call, and fails when it is the one to fail: its row must go with those of the others. */
    Object write(String call) {
        seenAt.put(call, committed());
        database.with(h -> h.execute("insert into household values (gen_random_uuid(), now())"));
        if (call.equals(fails)) {
            throw new IllegalStateException("fake bug");
        }
        return call;
    }

    /** Rows that anybody else sees. */
    long committed() {
        return TestDatabase.store().with(h -> h.createQuery("select count(*) from household")
                .mapTo(Long.class)
                .one());
    }
}
