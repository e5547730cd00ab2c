package nl.wijkhub.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long a receiver that fails is left alone. */
class RetryPolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final RetryPolicy policy =
            new RetryPolicy(Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofDays(2), new Random(1));

    @Test
    void pauses_double_up_to_the_longest_and_no_two_are_the_same() {
        for (int failures = 1; failures < 200; failures++) {
            long whole = Math.min(600_000, 5_000L << Math.min(20, failures - 1));
            long pause = Duration.between(NOW, policy.next(failures, NOW)).toMillis();
            assertThat(pause).as("after " + failures).isBetween(whole / 2, whole);
        }
        assertThat(IntStream.range(0, 50).mapToObj(i -> policy.next(9, NOW)).distinct())
                .hasSizeGreaterThan(40);
    }

    @Test
    void a_receiver_that_says_how_long_is_left_alone_that_long_and_at_most_a_day() {
        assertThat(policy.next(1, "120", NOW)).isEqualTo(NOW.plusSeconds(120));
        assertThat(policy.next(1, "Thu, 01 Jan 2026 01:00:00 GMT", NOW)).isEqualTo(NOW.plusSeconds(3600));
        assertThat(policy.next(1, "999999999", NOW)).isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void what_it_says_never_shortens_a_pause_and_garbage_says_nothing() {
        for (String said :
                new String[] {"0", "-5", "soon", "", null, "Thu, 01 Jan 1970 00:00:00 GMT", "99999999999999"}) {
            assertThat(policy.next(8, said, NOW)).as(said).isAfter(NOW.plusSeconds(299));
        }
    }
}
