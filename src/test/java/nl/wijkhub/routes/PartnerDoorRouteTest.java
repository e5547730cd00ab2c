package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The template partner-door while the stages are behind. */
class PartnerDoorRouteTest extends RealDoors {
    PartnerDoorRouteTest() {
        super("10-receive-police");
        oldestAllowed = Duration.ofSeconds(-1);
    }

    @Test
    void nothing_is_taken_in_and_the_sender_is_told_when_to_try_again() {
        Answer answer = post("receive-police-reports", golden("police/noise-under-article-20"));

        isRefused(answer, 503, "unavailable");
        assertThat(answer.headers()).containsKey("Retry-After");
    }
}
