package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two corporations that say they let one address, on a real hub: who hears of it, who decides, and who leaves. */
class UnitIT {
    private static final String LIST = "/v1/teams/vb-noord/unit-conflicts";
    private static final String UNITS = "/v1/partners/housing/eenheden/";
    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void the_municipality_confirms_one_of_two_and_nobody_else_hears_of_it() throws Exception {
        HttpResponse<String> first = put("corporatie-demo", "E-51", 51);
        HttpResponse<String> second = put("corporatie-twee", "X-51", 51);
        assertThat(second.statusCode()).isEqualTo(first.statusCode());
        assertThat(second.body()).isEqualTo(first.body());

        JsonNode conflict = only("medewerker-demo", "?state=open", 51);
        assertThat(conflict.get("address").toString()).isEqualTo("{\"postalCode\":\"9990AB\",\"houseNumber\":51}");
        assertThat(conflict.get("partners").toString()).isEqualTo("[\"corporatie-demo\",\"corporatie-twee\"]");
        assertThat(conflict.has("since")).isTrue();
        String confirm = "/v1/unit-conflicts/" + conflict.get("id").asText() + "/_confirm";
        for (String user : List.of("wijkagent-demo", "woonconsulent-demo", "teamleider-zuid", "beheerder-demo")) {
            String token = hub.user(user);
            assertThat(hub.get(token, LIST).statusCode()).as(user).isEqualTo(404);
            assertThat(hub.sendAs(token, confirm, "{}").statusCode()).as(user).isEqualTo(404);
        }
        for (String system : List.of("corporatie-demo", "vb-noord.municipality")) {
            assertThat(hub.get(hub.token(system), LIST).statusCode()).as(system).isEqualTo(404);
        }

        HttpResponse<String> other = hub.sendAs(hub.user("medewerker-demo"), confirm, "{\"partner\":\"politie-demo\"}");
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(hub.json(other).at("/errors/0/pointer").asText()).isEqualTo("/partner");
        HttpResponse<String> confirmed =
                hub.sendAs(hub.user("teamleider-demo"), confirm, "{\"partner\":\"corporatie-twee\"}");
        assertThat(confirmed.statusCode()).isEqualTo(200);
        assertThat(hub.get(hub.user("medewerker-demo"), LIST).body())
                .doesNotContain(conflict.get("id").asText());
        assertThat(only("privacy-demo", "?state=confirmed", 51).get("confirmed").asText())
                .isEqualTo("corporatie-twee");
    }

    @Test
    void a_unit_that_is_given_up_leaves_the_other_alone_with_the_address() throws Exception {
        put("corporatie-demo", "E-53", 53);
        put("corporatie-twee", "X-53", 53);
        only("medewerker-demo", "", 53);

        assertThat(hub.delete(hub.token("corporatie-demo"), UNITS + "X-53").statusCode())
                .isEqualTo(404);
        HttpResponse<String> gone = hub.delete(hub.token("corporatie-twee"), UNITS + "X-53");

        assertThat(gone.statusCode()).isEqualTo(204);
        assertThat(gone.body()).isEmpty();
        assertThat(hub.get(hub.user("medewerker-demo"), LIST).body()).doesNotContain("\"houseNumber\":53");
    }

    private static HttpResponse<String> put(String partner, String id, int number) throws Exception {
        return hub.put(partner, UNITS + id, "{\"postcode\":\"9990 AB\",\"huisnummer\":%d}".formatted(number));
    }

    private static JsonNode only(String user, String query, int number) throws Exception {
        for (JsonNode item : hub.json(hub.get(hub.user(user), LIST + query)).get("items")) {
            if (item.at("/address/houseNumber").asInt() == number) {
                return item;
            }
        }
        throw new AssertionError("nobody told " + user + " that two let number " + number);
    }
}
