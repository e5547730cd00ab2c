package nl.wijkhub.web.board;

import static nl.wijkhub.TestStages.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import nl.wijkhub.TestClock;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestStages;
import nl.wijkhub.signal.ParkedStore;
import nl.wijkhub.signal.PartnerTraffic;
import nl.wijkhub.signal.PartnerTraffic.Outcome;
import nl.wijkhub.signal.PartnerTrafficStore;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.signal.QuarantineStore;
import nl.wijkhub.subscription.NotificationStore;
import nl.wijkhub.subscription.StuckCheck;
import nl.wijkhub.subscription.StuckStore;
import nl.wijkhub.subscription.SubscriptionLeaseStore;
import nl.wijkhub.subscription.SubscriptionStore;
import nl.wijkhub.subscription.Subscriptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the administrator reads of a partner that is silent, or of what stands still at it. */
class OperationsPageTest {
    private static final Texts NL = Texts.in("nl");

    private TestStages stages;
    private PartnerTraffic traffic;
    private StuckCheck stuck;
    private OperationsPage page;

    @BeforeEach
    void empty() {
        TestDatabase.empty();
        stages = new TestStages();
        PartnerTrafficStore sent = new PartnerTrafficStore(stages.database);
        traffic = new PartnerTraffic(sent, stages.clock);
        stuck = new StuckCheck(
                new StuckStore(stages.database),
                traffic,
                address -> Optional.empty(),
                Duration.ofMinutes(15),
                stages.meters,
                stages.clock);
        page = new OperationsPage(
                new OperationsPage.Refused(
                        new Quarantine(
                                stages.database,
                                new QuarantineStore(stages.database, stages.vault),
                                stages.vault,
                                1000,
                                Duration.ofDays(90),
                                stages.clock),
                        null),
                stages.database,
                CONFIG.partners(),
                sent,
                stuck,
                new Subscriptions(
                        new SubscriptionStore(stages.database, stages.vault),
                        new SubscriptionLeaseStore(stages.database),
                        new NotificationStore(stages.database),
                        null,
                        6000,
                        Duration.ofDays(2),
                        stages.clock),
                new ParkedStore(stages.database),
                stages.clock);
    }

    @Test
    void who_was_never_heard_says_so_and_who_fell_silent_says_since_when() {
        assertThat(care()).isEqualTo(row(null, 0, 0, 0, ""));
        traffic.came("zorg-demo", Outcome.ACCEPTED);
        traffic.came("zorg-demo", Outcome.REFUSED);
        traffic.came("zorg-demo", Outcome.FAILED);
        traffic.write();
        assertThat(care()).isEqualTo(row(TestClock.START, 1, 1, 1, ""));

        stages.clock.pass(Duration.ofDays(2));

        assertThat(care()).isEqualTo(row(TestClock.START, 0, 0, 0, ""));
    }

    @Test
    void what_stands_still_is_read_in_words_at_the_partner_whose_it_is() {
        stages.database.with(h -> h.execute("""
                insert into subscription (subscription_id, client_ref, types, areas, levels, protocol, status,
                    created_at, status_at, rate_per_minute)
                values (gen_random_uuid(), 'zorg-demo', '{}', '{}', '{}', 'HTTP', 'PENDING',
                    '2026-11-21T11:00:00Z', '2026-11-21T11:00:00Z', 6000)
                """));
        stuck.check();

        assertThat(care()).isEqualTo(row(null, 0, 0, 0, NL.get("stuck.subscription") + " (1)"));
        assertThat(page.of(NL).partners().stream().filter(one -> !one.stuck().isEmpty()))
                .hasSize(1);
    }

    @Test
    void every_kind_that_may_stand_still_has_words() {
        assertThat(Arrays.stream(StuckCheck.StuckKind.values()).map(kind -> NL.get("stuck." + kind.code())))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }

    private OperationsPage.Partner care() {
        String name = CONFIG.partners().get("zorg-demo").name();
        return page.of(NL).partners().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static OperationsPage.Partner row(
            Instant lastSeen, long accepted, long refused, long failed, String stuck) {
        return new OperationsPage.Partner(
                CONFIG.partners().get("zorg-demo").name(), lastSeen, accepted, refused, failed, stuck);
    }
}
