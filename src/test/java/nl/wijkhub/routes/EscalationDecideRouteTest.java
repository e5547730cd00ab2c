package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.wijkhub.escalation.EscalationCheck;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

/** 60-escalation-decide: by what came in, and by the clock. */
class EscalationDecideRouteTest extends RealRoutes {
    EscalationDecideRouteTest() {
        super("60-escalation-decide");
    }

    @Override
    void bind(Registry registry) {
        stages.bind(registry, "escalationDecide", "escalationCheck");
    }

    @Test
    void escalations_are_decided_and_what_was_decided_goes_on() {
        Exchange exchange = send("escalation-decide", List.of("fake"));

        assertThat(stages.calls).containsExactly("escalationDecide.decide");
        assertThat(stages.given).containsExactly(List.of("fake"));
        assertThat(exchange.getMessage().getBody()).isEqualTo("escalationDecide.decide");
    }

    @Test
    void escalations_move_on_at_the_interval_of_the_sweep() throws Exception {
        everyCalls("escalation-check", "escalationCheck", EscalationCheck.class, "check", 7000001, 7000001);
    }
}
