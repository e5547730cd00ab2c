package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

/** 70-team-queue: the rows, and apart from them the messages. */
class TeamQueueRouteTest extends RealRoutes {
    TeamQueueRouteTest() {
        super("70-team-queue");
    }

    @Override
    void bind(Registry registry) {
        stages.bind(registry, "teamQueue");
    }

    @Test
    void rows_are_written_and_nothing_is_sent() {
        assertThat(send("team-queue", List.of("fake")).getMessage().getBody()).isEqualTo("teamQueue.assign");

        assertThat(stages.calls).containsExactly("teamQueue.assign");
        assertThat(stages.given).containsExactly(List.of("fake"));
    }

    @Test
    void deliveries_are_sent() {
        send("team-queue-send", List.of("fake"));

        assertThat(stages.calls).containsExactly("teamQueue.send");
        assertThat(stages.given).containsExactly(List.of("fake"));
    }
}
