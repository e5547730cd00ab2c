package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.wijkhub.TestDatabase;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 40-sharing-hold: what waited goes the way of any other, one signal after the other, each in a transaction of its own. */
class SharingHoldRouteTest extends RealRoutes {
    private static final List<String> STAGES =
            List.of("sharingHolds.decide", "planAttach.attach", "escalationDecide.decide", "teamQueue.assign");

    private final WrittenRows written = new WrittenRows(TestDatabase.store());

    SharingHoldRouteTest() {
        super("40-sharing-hold", "50-plan-attach", "60-escalation-decide", "70-team-queue");
    }

    @Override
    void bind(Registry registry) {
        registry.bind("oneTransaction", written.transaction());
        stages.bind(registry, "sharingHolds", "planAttach", "escalationDecide", "escalationCheck", "teamQueue");
        stages.work = written::write;
    }

    @Test
    void a_signal_passes_every_stage_in_order_and_each_gets_what_the_one_before_left() {
        Exchange exchange = send("sharing-hold", "a");

        assertThat(exchange.getException()).isNull();
        assertThat(stages.calls.subList(0, 4)).isEqualTo(STAGES);
        assertThat(stages.calls.subList(4, stages.calls.size())).containsExactly("teamQueue.send");
        assertThat(stages.given.get(0)).isEqualTo("a");
        assertThat(stages.given.subList(1, 5)).isEqualTo(STAGES);
    }

    @Test
    void the_stages_are_one_transaction_and_the_sending_comes_after_its_commit() {
        send("sharing-hold", "a");

        STAGES.forEach(stage -> assertThat(written.seenAt).containsEntry(stage, 0L));
        assertThat(written.seenAt).containsEntry("teamQueue.send", (long) STAGES.size());
    }

    @ParameterizedTest(name = EACH)
    @ValueSource(strings = {"sharingHolds.decide", "planAttach.attach", "escalationDecide.decide", "teamQueue.assign"})
    void when_a_stage_fails_nothing_is_written_nothing_is_sent_and_the_failure_goes_up(String stage) {
        written.fails = stage;

        assertThat(send("sharing-hold", "a").getException()).isInstanceOf(IllegalStateException.class);
        assertThat(stages.calls).isEqualTo(STAGES.subList(0, STAGES.indexOf(stage) + 1));
        assertThat(written.committed()).isZero();
    }

    @Test
    void what_is_ready_is_looked_for_at_the_interval_of_the_sweep() {
        isTimed("hold-check", 7000001, 7000001);
    }

    @Test
    void each_signal_that_is_ready_goes_its_way_by_itself() throws Exception {
        stages.work = call -> call.equals("sharingHolds.ready") ? List.of("a", "b") : written.write(call);

        assertThat(once("hold-check").getException()).isNull();

        assertThat(stages.given).contains("a", "b");
        assertThat(stages.calls)
                .hasSize(1 + 2 * 5)
                .startsWith("sharingHolds.ready", "sharingHolds.decide")
                .endsWith("teamQueue.assign", "teamQueue.send");
    }

    @Test
    void the_first_failure_ends_the_round_and_what_went_before_it_stays() throws Exception {
        stages.work = call -> {
            if (call.equals("sharingHolds.ready")) {
                return List.of("a", "b", "c");
            }
            written.fails = stages.given.contains("b") ? "planAttach.attach" : null;
            return written.write(call);
        };

        assertThat(once("hold-check").getException()).isNotNull();

        assertThat(stages.given).contains("a", "b").doesNotContain("c");
        assertThat(written.committed()).isEqualTo(5);
    }
}
