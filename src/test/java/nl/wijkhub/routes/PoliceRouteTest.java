package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** 10-receive-police: reports as XML and as JSON. */
class PoliceRouteTest extends RealDoors {
    private static final String DOOR = "receive-police-reports";

    PoliceRouteTest() {
        super("10-receive-police");
    }

    @Test
    void a_report_as_xml_is_accepted() {
        isAccepted(post(DOOR, golden("police/noise-under-article-20")));

        assertThat(acceptance.draft().partnerId()).isEqualTo("politie-demo");
        assertThat(acceptance.draft().signal().reference()).isEqualTo("PL9900-2026000010");
        assertThat(acceptance.draft().trace().traceId()).endsWith("01");
    }

    @Test
    void a_report_as_json_is_accepted() {
        isAccepted(post(DOOR, golden("police/noise-under-article-20-as-json")));

        assertThat(acceptance.draft().partnerId()).isEqualTo("politie-demo");
        assertThat(acceptance.draft().signal().reference()).isEqualTo("PL9900-2026000010");
        assertThat(acceptance.draft().trace().traceId()).endsWith("01");
    }

    @Test
    void xml_that_is_no_report_is_refused() {
        isRefused(post(DOOR, "politie-demo", "application/xml", "<fake/>"), 400, "wrong-namespace");
    }

    @Test
    void json_that_cannot_be_read_is_refused() {
        isRefused(post(DOOR, "politie-demo", "application/json", "{\"fake\":"), 400, "malformed-input");
    }

    @Test
    void json_with_faults_is_refused_with_all_of_them() {
        isRefused(post(DOOR, "politie-demo", "application/json", "{\"ernst\":9}"), 400, "/registratienummer");
    }

    @Test
    void the_door_is_closed_to_others() {
        isClosedToOthers(DOOR, "politie-demo", "application/xml");
    }
}
