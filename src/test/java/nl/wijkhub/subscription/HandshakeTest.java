package nl.wijkhub.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import nl.wijkhub.subscription.SubscriberSender.Answer;
import nl.wijkhub.subscription.Subscription.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a yes, and what only looks like one. */
class HandshakeTest {
    private static final String ORIGIN = "hub.example.nl";

    @ParameterizedTest
    @CsvSource({
        "200, hub.example.nl, ACTIVE,",
        "204, hub.example.nl, ACTIVE,",
        "405, hub.example.nl, ACTIVE,",
        "200, *, ACTIVE,",
        "200, , REFUSED, no-consent",
        "404, , REFUSED, no-consent",
        "200, hub.example.nl.evil.example, REFUSED, other-origin",
        "200, hub.example, REFUSED, other-origin",
        "200, evil.hub.example.nl, REFUSED, other-origin",
        "200, 'hub.example.nl, evil.example', REFUSED, other-origin",
        "200, HUB.EXAMPLE.NL, REFUSED, other-origin",
        "301, hub.example.nl, REFUSED, redirect",
        "410, hub.example.nl, REFUSED, status-410",
        "429, hub.example.nl, PENDING, status-429",
        "500, hub.example.nl, PENDING, status-500",
    })
    void the_header_is_consent_and_never_the_status(int status, String allowed, Status verdict, String reason) {
        Map<String, String> headers = allowed == null ? Map.of() : Map.of("webhook-allowed-origin", allowed);

        Handshake.Verdict found = Handshake.verdict(new Answer(status, headers, null, true), ORIGIN, 100);

        assertThat(found.status()).isEqualTo(verdict);
        assertThat(found.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"50, 50", "100000, 100", "*, 100", "0, 100", "-1, 100", "fake, 100"})
    void a_receiver_may_ask_for_less_and_gets_no_more_than_was_asked(String allowed, int rate) {
        Answer answer =
                new Answer(200, Map.of("webhook-allowed-origin", ORIGIN, "webhook-allowed-rate", allowed), null, true);

        assertThat(Handshake.verdict(answer, ORIGIN, 100).ratePerMinute()).isEqualTo(rate);
    }

    @Test
    void no_answer_is_asked_again_and_a_forbidden_address_is_not() {
        assertThat(Handshake.verdict(Answer.none("no-answer-in-time"), ORIGIN, 1)
                        .status())
                .isEqualTo(Status.PENDING);
        assertThat(Handshake.verdict(Answer.notReached("address-refused"), ORIGIN, 1)
                        .status())
                .isEqualTo(Status.REFUSED);
    }
}
