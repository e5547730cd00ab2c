package nl.wijkhub.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.SignalFixture;
import org.junit.jupiter.api.Test;

class RequestRateTest {
    private final Partner partner =
            SignalFixture.PARTNERS.find("corporatie-demo").orElseThrow();
    private long nanos = 5;
    private final RequestRate rate = new RequestRate(() -> nanos);

    @Test
    void a_partner_may_ask_a_seconds_worth_at_once_and_then_evenly() {
        int most = (int) partner.requestsPerSecond();

        assertThat(asked(2 * most)).isEqualTo(most);
        nanos += 500_000_000L;
        assertThat(asked(2 * most)).isBetween(most / 2 - 1, most / 2);
        nanos += 3_600_000_000_000L;
        assertThat(asked(2 * most)).isEqualTo(most);
    }

    private int asked(int times) {
        int allowed = 0;
        for (int i = 0; i < times; i++) {
            allowed += rate.allows(partner) ? 1 : 0;
        }
        return allowed;
    }
}
