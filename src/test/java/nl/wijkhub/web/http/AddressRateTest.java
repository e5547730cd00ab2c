package nl.wijkhub.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressRateTest {
    private long millis;
    private final AddressRate rate = new AddressRate(3, null, () -> millis * 1_000_000);

    @Test
    void an_address_may_ask_so_often_at_once_and_once_more_each_second() {
        assertThat(asked("192.0.2.1", 5)).isEqualTo(3);
        millis += 999;
        assertThat(asked("192.0.2.1", 1)).isZero();
        millis += 1;
        assertThat(asked("192.0.2.1", 2)).isEqualTo(1);
    }

    @Test
    void one_address_does_not_use_up_what_another_may() {
        asked("192.0.2.1", 5);

        assertThat(asked("192.0.2.2", 5)).isEqualTo(3);
    }

    @Test
    void a_network_of_one_subscriber_is_one_address() {
        assertThat(asked("2001:db8:0:1::1", 2) + asked("2001:db8:0:1:ffff::2", 5))
                .isEqualTo(3);
        assertThat(asked("2001:db8:0:2::1", 5)).isEqualTo(3);
        assertThat(asked("no:address:at:all", 5)).isEqualTo(3);
    }

    @Test
    void more_addresses_than_are_kept_cost_the_one_that_was_silent_longest_its_count() {
        asked("192.0.2.1", 3);
        for (int i = 0; i < 50_000; i++) {
            rate.allows("fake-" + i);
        }

        assertThat(asked("192.0.2.1", 5)).isEqualTo(3);
    }

    private int asked(String address, int times) {
        int allowed = 0;
        for (int i = 0; i < times; i++) {
            allowed += rate.allows(address) ? 1 : 0;
        }
        return allowed;
    }
}
