package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** 10-receive-welfare: intakes as FHIR in JSON and in XML. */
class WelfareRouteTest extends RealDoors {
    private static final String DOOR = "receive-welfare-intakes";

    WelfareRouteTest() {
        super("10-receive-welfare");
    }

    @Test
    void an_intake_as_json_is_accepted() {
        isAccepted(post(DOOR, golden("welfare/urgent-intake")));

        assertThat(acceptance.draft().partnerId()).isEqualTo("welzijn-demo");
        assertThat(acceptance.draft().signal().reference()).isEqualTo("WI-2026-0026");
        assertThat(acceptance.draft().trace().traceId()).endsWith("01");
    }

    @Test
    void an_intake_as_xml_is_accepted() {
        isAccepted(post(DOOR, golden("welfare/intake-with-scores-in-xml")));

        assertThat(acceptance.draft().signal().reference()).isEqualTo("WI-2026-0004");
    }

    @Test
    void what_is_no_intake_is_refused() {
        isRefused(
                post(DOOR, "welzijn-demo", "application/fhir+json", "{\"resourceType\":\"Patient\"}"),
                400,
                "invalid-input");
    }

    @Test
    void the_door_is_closed_to_others() {
        isClosedToOthers(DOOR, "welzijn-demo", "application/fhir+json");
    }
}
