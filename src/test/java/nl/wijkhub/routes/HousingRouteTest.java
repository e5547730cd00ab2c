package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import nl.wijkhub.TestStages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 10-receive-housing: cases and signals, and the units that both point to. */
class HousingRouteTest extends RealDoors {
    private static final String UNIT =
            "{\"id\":\"E-1\",\"postcode\":\"9990 AB\",\"huisnummer\":12,\"huisletter\":\"b\"}";

    HousingRouteTest() {
        super("10-receive-housing");
    }

    @ParameterizedTest(name = EACH)
    @CsvSource({
        "receive-housing-zaken, housing/noise-in-one-house",
        "receive-housing-signaleringen, housing/signalering-noise",
    })
    void what_points_to_a_registered_unit_is_accepted(String door, String golden) {
        put("E-1", UNIT);

        isAccepted(post(door, golden(golden)));

        assertThat(acceptance.draft().partnerId()).isEqualTo("corporatie-demo");
        assertThat(acceptance.draft().signal().reference()).isEqualTo("fake-1");
        assertThat(acceptance.draft().signal().subject().household().address().houseNumber())
                .isEqualTo(12);
    }

    @ParameterizedTest(name = EACH)
    @CsvSource({
        "receive-housing-zaken, housing/noise-in-one-house",
        "receive-housing-signaleringen, housing/signalering-noise",
    })
    void what_points_to_no_unit_is_refused(String door, String golden) {
        isRefused(post(door, golden(golden)), 400, "unknown-unit");
    }

    @ParameterizedTest(name = EACH)
    @CsvSource({"receive-housing-zaken", "receive-housing-signaleringen", "receive-housing-eenheid"})
    void what_is_no_json_is_refused(String door) {
        isRefused(post(door, "corporatie-demo", "application/json", "{"), 400, "malformed-input");
    }

    @Test
    void a_unit_is_created_and_then_updated() {
        Answer created = put("E-1", UNIT);
        Answer updated = put("E-1", UNIT.replace("12", "14"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body()).isEqualTo("{\"status\":\"created\"}");
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.body()).isEqualTo("{\"status\":\"updated\"}");
    }

    @Test
    void a_unit_under_another_id_than_its_own_is_refused() {
        isRefused(put("E-2", UNIT), 400, "other-id");
    }

    @Test
    void of_many_units_the_good_lines_are_stored_and_the_bad_ones_are_told() {
        Answer answer = post(
                "receive-housing-eenheden", "corporatie-demo", "application/x-ndjson", UNIT + "\n{\"id\":\"E-2\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.mediaType()).isEqualTo("application/x-ndjson");
        assertThat(answer.body().lines().toList().get(0)).isEqualTo("{\"line\":1,\"status\":\"created\"}");
        assertThat(answer.body().lines().toList().get(1)).contains("\"line\":2", "invalid-input");
        assertThat(put("E-1", UNIT).status()).isEqualTo(200);
    }

    @Test
    void units_that_came_longer_ago_do_not_replace_newer_ones() {
        put("E-1", UNIT);

        String lines = template.send("direct:housing-eenheden", sent -> {
                    sent.setVariable("partner", TestStages.CONFIG.partners().get("corporatie-demo"));
                    sent.setVariable("cameAt", HUB.clock.instant().minus(Duration.ofHours(1)));
                    sent.getMessage().setBody(UNIT.getBytes(StandardCharsets.UTF_8));
                })
                .getMessage()
                .getBody(String.class);

        assertThat(lines).contains("newer-stands");
    }

    @ParameterizedTest(name = EACH)
    @CsvSource({
        "receive-housing-zaken, application/json",
        "receive-housing-signaleringen, application/json",
        "receive-housing-eenheid, application/json",
        "receive-housing-eenheden, application/x-ndjson",
    })
    void every_door_is_closed_to_others(String door, String mediaType) {
        isClosedToOthers(door, "corporatie-demo", mediaType);
    }

    private Answer put(String id, String unit) {
        return post("receive-housing-eenheid", "corporatie-demo", "application/json", unit, Map.of("eenheid", id));
    }
}
