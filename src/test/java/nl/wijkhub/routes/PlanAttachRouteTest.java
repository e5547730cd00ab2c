package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

/** 50-plan-attach. */
class PlanAttachRouteTest extends RealRoutes {
    PlanAttachRouteTest() {
        super("50-plan-attach");
    }

    @Override
    void bind(Registry registry) {
        stages.bind(registry, "planAttach");
    }

    @Test
    void what_was_decided_is_attached_to_plans_and_goes_on() {
        Exchange exchange = send("plan-attach", List.of("fake"));

        assertThat(stages.calls).containsExactly("planAttach.attach");
        assertThat(stages.given).containsExactly(List.of("fake"));
        assertThat(exchange.getMessage().getBody()).isEqualTo("planAttach.attach");
    }
}
