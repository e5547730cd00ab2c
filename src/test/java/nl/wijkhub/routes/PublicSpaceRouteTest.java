package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** 10-receive-public-space: reports about an area, known by a header or by their content. */
class PublicSpaceRouteTest extends RealDoors {
    private static final String DOOR = "receive-public-space-signals";
    private static final String REPORT = "public-space/youth-nuisance";

    PublicSpaceRouteTest() {
        super("10-receive-public-space");
    }

    @Test
    void a_report_is_accepted_with_a_receipt_code_and_known_by_its_content() {
        acceptance.code = "FAKE0-CODE0";

        Answer answer = post(DOOR, golden(REPORT));

        isAccepted(answer);
        assertThat(answer.body()).contains("\"receiptCode\":\"FAKE0-CODE0\"");
        assertThat(acceptance.draft().partnerId()).isEqualTo("openbare-ruimte-demo");
        assertThat(acceptance.draft().signal().reference()).startsWith("sha256:");
    }

    @Test
    void a_report_with_an_idempotency_key_is_known_by_it() {
        isAccepted(post(
                DOOR,
                "openbare-ruimte-demo",
                "application/json",
                golden(REPORT).body(),
                Map.of("Idempotency-Key", "fake-key")));

        assertThat(acceptance.draft().signal().reference()).isEqualTo("fake-key");
    }

    @Test
    void what_is_no_report_is_refused() {
        isRefused(post(DOOR, "openbare-ruimte-demo", "application/json", "{\"text\":1}"), 400, "invalid-input");
    }

    @Test
    void what_is_no_json_is_refused() {
        isRefused(post(DOOR, "openbare-ruimte-demo", "application/json", "{"), 400, "malformed-input");
    }

    @Test
    void the_door_is_closed_to_others() {
        isClosedToOthers(DOOR, "openbare-ruimte-demo", "application/json");
    }
}
