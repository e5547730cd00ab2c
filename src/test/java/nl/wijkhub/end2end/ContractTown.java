package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Brings a running hub, through its real doors, into the state that an operation needs. Each call makes something new. */
final class ContractTown {
    static final String REASON = "{\"reason\":\"Fictief: voor het contract\"}";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SEAT = "medewerker-demo";

    /** A signal, the item that the coordinator's seat has of it, and the plan it came to. */
    record Known(String signal, String item, String plan) {}

    private final RunningHub hub;
    private int house = 100;
    private int buurt = 2;
    /** By signal. */
    private final Map<String, String> references = new HashMap<>();

    ContractTown(RunningHub hub) {
        this.hub = hub;
    }

    static LocalDate today() {
        return LocalDate.now(ZoneId.of("Europe/Amsterdam"));
    }

    /** Of a household of its own. */
    Known known() throws Exception {
        return known(address(newHouse(), ""));
    }

    Known known(String address) throws Exception {
        return known(address, "");
    }

    Known known(String address, String persons) throws Exception {
        return seen(signal("corporatie-demo", "nuisance.noise", "low", household(address, persons), ""));
    }

    /** The number of a house where nothing is known of. */
    int newHouse() {
        house++;
        return house;
    }

    static String address(int house, String more) {
        return "\"address\":{\"postalCode\":\"9990AH\",\"houseNumber\":%d%s}".formatted(house, more);
    }

    static String household(String address, String persons) {
        return "{\"household\":{" + address + persons + "}}";
    }

    String signal(String partner, String category, String severity, String subject, String more) throws Exception {
        return accepted(partner, category, severity, subject, more).get("id").asText();
    }

    /** Replaces a signal of the corporation by another. */
    void supersede(String signal) throws Exception {
        signal(
                "corporatie-demo",
                "nuisance.noise",
                "low",
                household(address(newHouse(), ""), ""),
                ",\"supersedes\":\"" + references.get(signal) + "\"");
    }

    /** What a new signal was answered. */
    JsonNode accepted(String partner, String category, String severity, String subject, String more) throws Exception {
        String at = Instant.now().minusSeconds(3600).toString();
        String reference = "fake-contract-" + references.size();
        HttpResponse<String> accepted = hub.post(
                partner,
                "/v1/signals",
                "{\"reference\":\"%s\",\"occurredAt\":\"%s\",\"reportedAt\":\"%s\",\"category\":\"%s\",\"severity\":\"%s\",\"subject\":%s%s}"
                        .formatted(reference, at, at, category, severity, subject, more));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        JsonNode answer = hub.json(accepted);
        references.put(answer.get("id").asText(), reference);
        return answer;
    }

    /** Waits until the seat has it. */
    Known seen(String signal) {
        return soon(() -> {
            for (JsonNode item : items("/v1/teams/vb-noord/queue-items?sort=-createdAt&pageSize=1000", SEAT)) {
                if (item.get("signalId").asText().equals(signal)) {
                    return new Known(
                            signal, item.get("id").asText(), item.get("planId").asText());
                }
            }
            return null;
        });
    }

    /** What a list holds, as this user reads it. */
    JsonNode items(String path, String user) throws Exception {
        HttpResponse<String> answer = hub.get(hub.user(user), path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return hub.json(answer).get("items");
    }

    /** A plan that somebody coordinates and the household agreed to. */
    String plan() throws Exception {
        return plan(known());
    }

    String plan(Known known) throws Exception {
        String plan = known.plan();
        HttpResponse<String> changed = hub.patch(
                hub.user(SEAT),
                "/v1/plans/" + plan,
                etag(plan),
                "{\"coordinator\":{\"user\":\"%s\"},\"agreedOn\":\"%s\"}".formatted(SEAT, today()));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        return plan;
    }

    String etag(String plan) throws Exception {
        return hub.get(hub.user(SEAT), "/v1/plans/" + plan)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }

    /** Takes every item of a plan in hand. */
    void take(String plan) throws Exception {
        for (JsonNode item : items("/v1/teams/vb-noord/queue-items?sort=-createdAt&pageSize=1000", SEAT)) {
            if (item.get("planId").asText().equals(plan)) {
                made(SEAT, "/v1/queue-items/" + item.get("id").asText() + "/_take", "");
            }
        }
    }

    /** A new part of a plan. */
    String part(String plan, String what, String json) throws Exception {
        return made(SEAT, "/v1/plans/" + plan + what, json).get("id").asText();
    }

    /** What a user's request was answered; it has to succeed. */
    JsonNode made(String user, String path, String json) throws Exception {
        HttpResponse<String> answer = hub.sendAs(hub.user(user), path, json);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(200, 201);
        return hub.json(answer);
    }

    String handover() throws Exception {
        String plan = plan();
        made(SEAT, "/v1/plans/" + plan + "/_handover", "{\"to\":\"vb-zuid\"," + REASON.substring(1));
        return plan;
    }

    /** A doubtful match of two households: a BAG id that stands with two addresses. */
    String match() throws Exception {
        house += 2;
        String bag = ",\"bagId\":\"99990100000%05d\"".formatted(house);
        String first = known(address(house - 1, bag)).plan();
        String second = known(address(house, "")).plan();
        known(address(house, bag));
        return soon(() -> {
            for (JsonNode item : items("/v1/teams/vb-noord/matches", SEAT)) {
                if (item.get("planId").asText().equals(second)
                        && item.get("otherPlanId").asText().equals(first)) {
                    return item.get("id").asText();
                }
            }
            return null;
        });
    }

    /** An address that two corporations say they let. */
    String unitConflict() throws Exception {
        int number = newHouse();
        for (String partner : List.of("corporatie-demo", "corporatie-twee")) {
            String unit = "{\"postcode\":\"9990 AB\",\"huisnummer\":%d}".formatted(number);
            hub.put(partner, "/v1/partners/housing/eenheden/E-BOTH-" + number, unit);
        }
        for (JsonNode item : items("/v1/teams/vb-noord/unit-conflicts", SEAT)) {
            if (item.at("/address/houseNumber").asInt() == number) {
                return item.get("id").asText();
            }
        }
        throw new AssertionError("nobody told that two let number " + number);
    }

    /** A signal of welfare with a text. */
    String told() throws Exception {
        return seen(signal(
                        "welzijn-demo",
                        "social.isolation",
                        "low",
                        household(address(newHouse(), ""), ""),
                        ",\"narrative\":\"Fictief verhaal\""))
                .signal();
    }

    /** A buurt where nobody said anything yet, and the subject that somebody brings up there. */
    record Raised(String buurt, String item) {}

    Raised raised(String category) throws Exception {
        buurt++;
        return raised("BU9999010" + buurt, category, 1);
    }

    Raised raised(String code, String category, int subjects) throws Exception {
        signal("openbare-ruimte-demo", category, "low", "{\"neighbourhood\":{\"buurtCode\":\"" + code + "\"}}", "");
        return soon(() -> {
            JsonNode items = items("/v1/neighbourhoods/" + code + "/agenda", SEAT);
            for (JsonNode item : items) {
                if (items.size() == subjects && item.get("category").asText().equals(category)) {
                    return new Raised(code, item.get("id").asText());
                }
            }
            return null;
        });
    }

    /** Somebody broke the glass: a use of it to review, and duties that follow. */
    void brokenGlass() throws Exception {
        known();
        made(
                "wijkagent-demo",
                "/v1/households/_breakglass",
                "{\"address\":{\"postalCode\":\"9990AH\",\"houseNumber\":%d},\"interest\":\"resident\","
                                .formatted(house)
                        + REASON.substring(1));
    }

    /** The first of a list, once there is one. */
    JsonNode first(String path, String user) {
        return soon(() -> items(path, user).get(0));
    }

    static <T> T soon(Callable<T> look) {
        return await().atMost(SOON).until(look, found -> found != null);
    }
}
