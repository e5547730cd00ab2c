package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

/** 40-sharing-decide. */
class SharingDecideRouteTest extends RealRoutes {
    SharingDecideRouteTest() {
        super("40-sharing-decide");
    }

    @Override
    void bind(Registry registry) {
        stages.bind(registry, "sharingDecide");
    }

    @Test
    void a_batch_is_decided_and_what_was_decided_goes_on() {
        Exchange exchange = send("sharing-decide", List.of("fake"));

        assertThat(stages.calls).containsExactly("sharingDecide.decide");
        assertThat(stages.given).containsExactly(List.of("fake"));
        assertThat(exchange.getMessage().getBody()).isEqualTo("sharingDecide.decide");
    }
}
