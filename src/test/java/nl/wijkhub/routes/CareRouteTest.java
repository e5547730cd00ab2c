package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** 10-receive-care: notes as FHIR in JSON and in XML. */
class CareRouteTest extends RealDoors {
    private static final String DOOR = "receive-care-notes";

    CareRouteTest() {
        super("10-receive-care");
    }

    @Test
    void a_note_as_json_is_accepted() {
        isAccepted(post(DOOR, golden("care/flag-with-consent")));

        assertThat(acceptance.draft().partnerId()).isEqualTo("zorg-demo");
        assertThat(acceptance.draft().signal().reference()).isEqualTo("ZA-2026-0005");
        assertThat(acceptance.draft().trace().traceId()).endsWith("01");
    }

    @Test
    void a_note_as_xml_is_accepted() {
        isAccepted(post(DOOR, golden("care/service-request-with-consent")));

        assertThat(acceptance.draft().signal().reference()).isEqualTo("ZV-2026-0006");
    }

    @Test
    void what_is_no_note_is_refused() {
        isRefused(
                post(DOOR, "zorg-demo", "application/fhir+json", "{\"resourceType\":\"Patient\"}"),
                400,
                "invalid-input");
    }

    @Test
    void the_door_is_closed_to_others() {
        isClosedToOthers(DOOR, "zorg-demo", "application/fhir+json");
    }
}
