package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.wijkhub.TestDatabase;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 30-household-match: every stage in its order and in one transaction; what they wrote is sent after its commit. */
class HouseholdMatchRouteTest extends RealRoutes {
    private static final List<String> STAGES = List.of(
            "householdMatch.match",
            "sharingDecide.decide",
            "planAttach.attach",
            "escalationDecide.decide",
            "teamQueue.assign");

    private final WrittenRows written = new WrittenRows(TestDatabase.store());

    HouseholdMatchRouteTest() {
        super("30-household-match", "40-sharing-decide", "50-plan-attach", "60-escalation-decide", "70-team-queue");
    }

    @Override
    void bind(Registry registry) {
        registry.bind("oneTransaction", written.transaction());
        stages.bind(registry, "householdMatch", "sharingDecide", "planAttach", "escalationDecide", "teamQueue");
        stages.bind(registry, "escalationCheck");
        stages.work = written::write;
    }

    @Test
    void a_batch_of_accepted_ids_comes_in_as_large_as_the_settings_say() {
        assertThat(comesFrom("household-match"))
                .startsWith("wijkhub-batch:signal.accepted?")
                .contains("size=64", "consumers=3");
    }

    @Test
    void a_batch_passes_every_stage_in_order_and_each_gets_what_the_one_before_left() {
        Exchange exchange = send("household-match", List.of("a", "b"));

        assertThat(exchange.getException()).isNull();
        assertThat(stages.calls.subList(0, 5)).isEqualTo(STAGES);
        assertThat(stages.calls.subList(5, stages.calls.size())).containsExactly("teamQueue.send");
        assertThat(stages.given.get(0)).isEqualTo(List.of("a", "b"));
        assertThat(stages.given.subList(1, 6)).isEqualTo(STAGES);
    }

    @Test
    void the_stages_are_one_transaction_and_the_sending_comes_after_its_commit() {
        send("household-match", List.of("a", "b"));

        STAGES.forEach(stage -> assertThat(written.seenAt).containsEntry(stage, 0L));
        assertThat(written.seenAt).containsEntry("teamQueue.send", (long) STAGES.size());
    }

    @ParameterizedTest(name = EACH)
    @ValueSource(
            strings = {
                "householdMatch.match",
                "sharingDecide.decide",
                "planAttach.attach",
                "escalationDecide.decide",
                "teamQueue.assign"
            })
    void when_a_stage_fails_nothing_is_written_nothing_is_sent_and_the_failure_goes_up(String stage) {
        written.fails = stage;

        Exchange exchange = send("household-match", List.of("a"));

        assertThat(exchange.getException()).isInstanceOf(IllegalStateException.class);
        assertThat(stages.calls).isEqualTo(STAGES.subList(0, STAGES.indexOf(stage) + 1));
        assertThat(written.committed()).isZero();
    }

    @Test
    void when_the_sending_fails_what_was_written_stays_and_the_failure_goes_up() {
        written.fails = "teamQueue.send";

        assertThat(send("household-match", List.of("a")).getException()).isInstanceOf(IllegalStateException.class);
        assertThat(written.committed()).isEqualTo(STAGES.size() + 1L);
    }
}
