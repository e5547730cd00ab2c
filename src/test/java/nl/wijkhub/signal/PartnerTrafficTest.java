package nl.wijkhub.signal;

import static nl.wijkhub.signal.PartnerTraffic.Outcome.ACCEPTED;
import static nl.wijkhub.signal.PartnerTraffic.Outcome.FAILED;
import static nl.wijkhub.signal.PartnerTraffic.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import nl.wijkhub.TestClock;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.signal.PartnerTrafficStore.Sent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How it shows that a partner is silent, or sends what is refused. */
class PartnerTrafficTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestClock clock = new TestClock();
    private final PartnerTrafficStore store = new PartnerTrafficStore(TestDatabase.store());
    private final PartnerTraffic traffic = new PartnerTraffic(store, clock);

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void each_outcome_is_counted_for_its_partner_and_who_was_never_heard_is_absent() {
        traffic.came("fake-one", ACCEPTED);
        traffic.came("fake-one", ACCEPTED);
        traffic.came("fake-one", REFUSED);
        traffic.came("fake-two", FAILED);
        traffic.write();
        clock.pass(Duration.ofMinutes(10));
        traffic.came("fake-one", FAILED);
        traffic.write();
        traffic.write();

        assertThat(since(Duration.ofDays(1)))
                .isEqualTo(Map.of(
                        "fake-one", new Sent(2, 1, 1, clock.instant()),
                        "fake-two", new Sent(0, 0, 1, TestClock.START)));
    }

    @Test
    void of_who_falls_silent_the_last_it_sent_is_known_however_long_ago_and_is_counted_no_more() {
        clock.pass(Duration.ofMinutes(30));
        Instant last = clock.instant();
        traffic.came("fake-one", ACCEPTED);
        traffic.write();
        clock.pass(Duration.ofHours(23).plusMinutes(30));
        assertThat(since(Duration.ofDays(1))).containsEntry("fake-one", new Sent(1, 0, 0, last));

        // a day back from here is in the middle of the hour it came in
        clock.pass(Duration.ofMinutes(1));
        assertThat(since(Duration.ofDays(1))).containsEntry("fake-one", new Sent(0, 0, 0, last));
        clock.pass(Duration.ofDays(400));
        assertThat(since(Duration.ofDays(1))).containsEntry("fake-one", new Sent(0, 0, 0, last));

        traffic.came("fake-one", ACCEPTED);
        traffic.write();
        assertThat(since(HOUR)).containsEntry("fake-one", new Sent(1, 0, 0, clock.instant()));
    }

    @Test
    void what_cannot_be_written_is_counted_on() {
        boolean[] isAway = {true};
        PartnerTraffic counted = new PartnerTraffic(new PartnerTrafficStore(new Database(awayWhile(isAway))), clock);
        counted.came("fake-one", ACCEPTED);
        assertThatThrownBy(counted::write).isInstanceOf(RuntimeException.class);
        counted.came("fake-one", REFUSED);
        assertThatThrownBy(counted::write).isInstanceOf(RuntimeException.class);

        isAway[0] = false;
        counted.write();

        assertThat(since(HOUR)).containsEntry("fake-one", new Sent(1, 1, 0, clock.instant()));
    }

    private Map<String, Sent> since(Duration ago) {
        return store.since(clock.instant().minus(ago));
    }

    private static DataSource awayWhile(boolean[] isAway) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (isAway[0]) {
                        throw new SQLException("fake: the database is away", "08006");
                    }
                    return method.invoke(TestDatabase.dataSource(), arguments);
                });
    }
}
