package nl.wijkhub.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LongRunTest {
    private final OnTheWay way = new OnTheWay();
    private final UUID one = UUID.fromString("01234567-89ab-7def-8123-456789abcde1");
    private final UUID other = UUID.fromString("01234567-89ab-7def-8123-456789abcde2");

    @Test
    void a_signal_is_done_when_it_is_accepted_and_has_all_its_messages_in_any_order() {
        arrive(one, 1);
        way.accepted(one);
        arrive(one, 2);
        arrive(other, 3);

        assertThat(way.done()).isEqualTo(1);
        assertThat(way.open()).isEqualTo(1);

        way.accepted(other);

        assertThat(way.done()).isEqualTo(2);
        assertThat(way.open()).isZero();
    }

    @Test
    void a_message_too_many_and_a_message_of_nobody_stay_open() {
        way.accepted(one);
        arrive(one, 4);
        arrive(other, 1);

        assertThat(way.done()).isEqualTo(1);
        assertThat(way.open()).isEqualTo(2);
    }

    @Test
    void the_last_tenth_may_be_a_tenth_slower_than_the_first() {
        assertThat(Tenth.isSteady(tenths(100, 200, 91))).isTrue();
        assertThat(Tenth.isSteady(tenths(100, 150))).isTrue();
        assertThat(Tenth.isSteady(tenths(100, 200, 89))).isFalse();
    }

    @Test
    void a_long_run_says_what_a_year_takes() {
        assertThat(Tenth.conclusions(tenths(1_000, 1_000)))
                .containsExactly(
                        "last tenth against the first: +0.0% (at most 10% slower): met",
                        "in all: 20000 signals in 20 s, 1000/s, 10.0 KB each",
                        "the country's year, 10000000 signals (an assumption), at that rate: 2.8 hours, 95 GB");
    }

    private void arrive(UUID signal, int messages) {
        for (int i = 0; i < messages; i++) {
            way.arrived(signal);
        }
    }

    private static List<Tenth> tenths(double... perSecond) {
        List<Tenth> tenths = new ArrayList<>();
        for (double rate : perSecond) {
            tenths.add(new Tenth(10_000, 10_000 / rate, 1, 10_000 * 10 * 1024L, 0, 0));
        }
        return tenths;
    }
}
