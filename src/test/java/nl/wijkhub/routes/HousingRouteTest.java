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

    @ParameterizedTest(name = EACH)
    @CsvSource({"9995 ZZ", "1011 AB"})
    void a_unit_outside_the_areas_of_its_partner_is_refused_with_every_other_fault(String postalCode) {
        Answer answer = put("E-1", "{\"postcode\":\"%s\",\"huisnummer\":0,\"fake\":1}".formatted(postalCode));

        isRefused(answer, 400, "outside-area");
        assertThat(answer.body()).contains("/postcode", "/huisnummer", "/fake");
    }

    @Test
    void one_unit_more_than_declared_is_refused_and_those_that_are_known_go_on() {
        int declared = TestStages.CONFIG.partners().get("corporatie-demo").dwellings();
        put("E-1", UNIT);
        HUB.database.with(h -> h.createUpdate("update housing_register set units = :units")
                .bind("units", declared)
                .execute());

        Answer refused = put("E-2", UNIT.replace("E-1", "E-2"));

        isRefused(refused, 400, "too-many");
        assertThat(refused.body()).contains("\"pointer\":\"\"", String.valueOf(declared));
        assertThat(put("E-1", UNIT).status()).isEqualTo(200);
        assertThat(post(
                                "receive-housing-eenheden",
                                "corporatie-demo",
                                "application/x-ndjson",
                                UNIT + "\n" + UNIT.replace("E-1", "E-2"))
                        .body()
                        .lines())
                .satisfiesExactly(known -> assertThat(known).contains("updated"), over -> assertThat(over)
                        .contains("too-many"));
    }

    @Test
    void a_unit_that_is_taken_out_is_known_no_more() {
        put("E-1", UNIT);

        Answer removed = remove("corporatie-demo", "E-1");

        assertThat(removed.status()).isEqualTo(204);
        assertThat(removed.body()).isEmpty();
        assertThat(removed.mediaType()).isNull();
        assertThat(put("E-1", UNIT).status()).isEqualTo(201);
    }

    @Test
    void a_unit_that_is_not_known_or_is_anothers_cannot_be_taken_out() {
        put("E-1", UNIT);

        isRefused(remove("corporatie-demo", "E-2"), 404, "not-found");
        isRefused(remove("corporatie-twee", "E-1"), 404, "not-found");
        isRefused(remove("opbouwwerk-demo", "E-1"), 403, "not-allowed");
        isRefused(remove(null, "E-1"), 401, "not-authenticated");
        assertThat(put("E-1", UNIT).status()).isEqualTo(200);
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

    private Answer remove(String partner, String id) {
        return post("remove-housing-eenheid", partner, null, "", Map.of("eenheid", id));
    }

    private Answer put(String id, String unit) {
        return post("receive-housing-eenheid", "corporatie-demo", "application/json", unit, Map.of("eenheid", id));
    }
}
