package nl.wijkhub.web.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.kernel.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions of the board, on the real database; another store on it stands for the hub after a restart. */
class BoardSessionStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final long HALF_HOUR = Duration.ofMinutes(30).toMillis();

    private final Database database = TestDatabase.store();
    private final Vertx vertx = Vertx.vertx();
    private final BoardSessionStore store = at(NOW);

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @AfterEach
    void stop() throws Exception {
        wait(vertx.close());
    }

    @Test
    void a_session_outlives_the_hub_and_nobody_reads_it_in_the_table() throws Exception {
        Session session = store.createSession(HALF_HOUR);
        session.put("user", "fake-user");
        wait(store.put(session));

        assertThat(wait(at(NOW).get(session.value())).<String>get("user")).isEqualTo("fake-user");
        assertThat(wait(at(NOW).get("another"))).isNull();
        assertThat(wait(at(NOW.plus(Duration.ofMinutes(31))).get(session.value())))
                .isNull();
        assertThat(wait(store.size())).isEqualTo(1);
        String table = database.with(h -> h.createQuery(
                        "select string_agg(s::text || encode(data_sealed, 'escape'), '') from board_session s")
                .mapTo(String.class)
                .one());
        assertThat(table).doesNotContain("fake-user", session.value());
    }

    @Test
    void what_was_put_is_there_before_it_is_written_and_the_last_put_stays() throws Exception {
        Session session = store.createSession(HALF_HOUR);
        Future<Void> last = null;
        for (int i = 0; i < 200; i++) {
            session.put("count", i);
            last = store.put(session);
            assertThat(wait(store.get(session.value())).<Integer>get("count")).isEqualTo(i);
        }
        wait(last);

        assertThat(wait(at(NOW).get(session.value())).<Integer>get("count")).isEqualTo(199);
    }

    @Test
    void one_that_was_ended_does_not_come_back_by_what_another_request_still_holds() throws Exception {
        Session session = store.createSession(HALF_HOUR);
        wait(store.put(session));
        Session held = wait(store.get(session.value()));

        Future<Void> ended = store.delete(session.value());
        Future<Void> late = store.put(held);
        assertThat(wait(store.get(session.value()))).isNull();
        wait(ended);
        wait(late);
        wait(store.put(held));

        assertThat(wait(at(NOW).get(session.value()))).isNull();
        assertThat(wait(store.get(session.value()))).isNull();
    }

    @Test
    void under_a_new_id_it_goes_on_and_the_old_one_is_nobody_s() throws Exception {
        Session session = store.createSession(HALF_HOUR);
        wait(store.put(session));
        Session known = wait(store.get(session.value()));
        known.regenerateId();
        known.put("user", "fake-user");
        wait(store.delete(session.value()));
        wait(store.put(known));

        assertThat(known.value()).isNotEqualTo(session.value());
        assertThat(wait(at(NOW).get(known.value())).<String>get("user")).isEqualTo("fake-user");
        assertThat(wait(at(NOW).get(session.value()))).isNull();
    }

    private BoardSessionStore at(Instant now) {
        return new BoardSessionStore(database, TestVault.vault(), vertx, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static <T> T wait(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
