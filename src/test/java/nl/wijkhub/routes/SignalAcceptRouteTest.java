package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.signal.LineOutcome;
import nl.wijkhub.signal.Receipt;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** 20-signal-accept, and behind a door: what the sender is told when storing or queueing goes right and wrong. */
class SignalAcceptRouteTest extends RealDoors {
    SignalAcceptRouteTest() {
        super("10-receive-police");
    }

    @Test
    void a_draft_is_stored_gets_its_code_and_is_queued_in_this_order() {
        acceptance.code = "FAKE0-CODE0";

        Exchange exchange = send("signal-accept", "draft");

        assertThat(acceptance.calls).containsExactly("stored", "coded", "queued");
        assertThat(acceptance.drafts)
                .as("the same for who stores it and who gives it a code")
                .containsExactly("draft");
        assertThat(exchange.getMessage().getBody(Receipt.class).code()).isEqualTo("FAKE0-CODE0");
    }

    @Test
    void many_are_accepted_at_once_and_what_became_of_each_is_left() {
        acceptance.outcomes = List.of(new LineOutcome(1, Acceptance.FRESH, null));

        Exchange exchange = send("signal-accept-many", "lines");

        assertThat(acceptance.calls).containsExactly("stored as many");
        assertThat(acceptance.drafts).containsExactly("lines");
        assertThat(exchange.getMessage().getBody()).isEqualTo(acceptance.outcomes);
    }

    @Test
    void a_failure_goes_up_to_whoever_called() {
        acceptance.failsToQueue = new Unavailable("broker", null);

        assertThat(send("signal-accept", "draft").getException()).isSameAs(acceptance.failsToQueue);
    }

    @Test
    void a_new_signal_is_answered_202_once_it_is_stored_and_queued() {
        isAccepted(report());
    }

    @Test
    void a_repeat_is_answered_200_and_makes_sure_that_its_id_is_queued() {
        acceptance.receipt = new Receipt(Acceptance.FRESH.signalId(), true, false, "group");

        Answer answer = report();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"duplicate\":true");
        assertThat(acceptance.calls).endsWith("queued");
    }

    @Test
    void a_receipt_code_stands_in_the_answer_where_there_is_one_and_its_field_nowhere_else() {
        assertThat(report().body()).doesNotContain("receiptCode");
        acceptance.code = "FAKE0-CODE0";
        assertThat(report().body()).contains("\"receiptCode\":\"FAKE0-CODE0\"");
    }

    @Test
    void a_rejection_is_answered_with_its_problem_and_nothing_is_queued() {
        acceptance.failsToStore = Rejected.of(Problem.REFERENCE_CONFLICT, "/reference", "reference-used", "x");

        Answer answer = report();

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("urn:wijkhub:problem:reference-conflict", "\"pointer\":\"/reference\"");
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(acceptance.calls).containsExactly("stored");
    }

    @Test
    void an_id_that_cannot_be_queued_is_answered_503_with_retry_after() {
        acceptance.failsToQueue = new Unavailable("broker", null);

        Answer answer = report();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("Retry-After");
    }

    @Test
    void a_bug_is_answered_500_and_nothing_of_it_is_told() {
        acceptance.failsToStore = new IllegalStateException("Fake Bewoner");

        Answer answer = report();

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("Bewoner");
    }

    private Answer report() {
        return post("receive-police-reports", golden("police/noise-under-article-20"));
    }
}
