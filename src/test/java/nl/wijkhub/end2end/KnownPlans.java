package nl.wijkhub.end2end;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** By which id somebody knows a plan that somebody else knows by another. */
final class KnownPlans {
    private final RunningHub hub;

    KnownPlans(RunningHub hub) {
        this.hub = hub;
    }

    /** As who takes part knows it: the plan of its tasks in which it sees this agreement, weighing or participant. */
    Optional<String> withPart(String user, String team, String part) throws Exception {
        for (JsonNode task : items(user, "/v1/teams/" + team + "/tasks")) {
            String plan = task.get("planId").asText();
            if (hub.get(hub.user(user), "/v1/plans/" + plan).body().contains(part)) {
                return Optional.of(plan);
            }
        }
        return Optional.empty();
    }

    /** As the other team knows it: the plan of the hand-over that both see. */
    Optional<String> handedOver(String plan, String by, String from, String user, String to) throws Exception {
        for (JsonNode asked : items(by, "/v1/teams/" + from + "/handovers")) {
            for (JsonNode seen : items(user, "/v1/teams/" + to + "/handovers")) {
                if (asked.get("planId").asText().equals(plan) && asked.get("id").equals(seen.get("id"))) {
                    return Optional.of(seen.get("planId").asText());
                }
            }
        }
        return Optional.empty();
    }

    /** As vb-zuid knows what vb-noord hands over to it. */
    String inZuid(String plan) throws Exception {
        return handedOver(plan, "medewerker-demo", "vb-noord", "teamleider-zuid", "vb-zuid")
                .orElseThrow();
    }

    private JsonNode items(String user, String path) throws Exception {
        return hub.json(hub.get(hub.user(user), path)).path("items");
    }
}
