package nl.wijkhub.web.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import nl.wijkhub.casework.PlanChanges;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanPart;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Team;
import nl.wijkhub.team.Teams;

/**
 * What may be chosen in the forms of a plan at its seat.
 *
 * @param teams where it may be handed over to
 * @param seat the users who may coordinate it
 * @param disciplines partners of the team that do not take part yet
 * @param owners whoever may own an agreement: a participant's id, {@code coordinator} or {@code household} → who it is
 * @param goals id of an open goal → what it is
 */
public record PlanChoices(
        List<String> teams,
        List<String> seat,
        List<String> disciplines,
        List<String> lifeDomains,
        Map<String, String> owners,
        Map<String, String> goals,
        LocalDate today) {

    /**
     * @param plan as its seat sees it
     * @param names id of a participant → who it is
     */
    static PlanChoices of(
            ObjectNode plan,
            Map<String, String> names,
            LocalDate today,
            Teams teams,
            Vocabulary vocabulary,
            Texts texts) {
        String team = plan.get("team").asText();
        Map<String, String> owners = new LinkedHashMap<>();
        List.of("coordinator", "household").forEach(code -> owners.put(code, texts.code("owner", code)));
        Set<String> partners = new TreeSet<>();
        for (JsonNode one : plan.path("participants")) {
            if (one.path("leftAt").isNull()) {
                owners.put(one.get("id").asText(), names.get(one.get("id").asText()));
                partners.add(one.path("pair").asText());
            }
        }
        Map<String, String> goals = new LinkedHashMap<>();
        for (JsonNode goal : plan.path("goals")) {
            if (goal.get("state").asText().equals("open")) {
                goals.put(goal.get("id").asText(), goal.get("text").asText());
            }
        }
        return new PlanChoices(
                teams.all().stream()
                        .map(Team::id)
                        .filter(id -> !id.equals(team))
                        .toList(),
                teams.at(new Recipient(team, Discipline.MUNICIPALITY)).stream()
                        .sorted()
                        .toList(),
                teams.ofTeam(team).stream()
                        .filter(pair -> PlanChanges.PARTNERS.contains(pair.discipline()))
                        .filter(pair -> !partners.contains(pair.clientId()))
                        .map(pair -> pair.discipline().name())
                        .toList(),
                vocabulary.lifeDomains().stream()
                        .sorted(Comparator.comparing(code -> texts.code("domain", code)))
                        .toList(),
                owners,
                goals,
                today);
    }

    public List<String> kinds() {
        return codes(PlanPart.Coordinator.CoordinatorKind.class);
    }

    /** How a plan may end; never merged, which only its household does. */
    public List<String> outcomes() {
        return codes(Plan.Outcome.class).stream()
                .filter(code -> !code.equals(PlanPart.code(Plan.Outcome.MERGED)))
                .toList();
    }

    public List<String> rungs() {
        return codes(PlanPart.Rung.class);
    }

    public List<String> moments() {
        return codes(PlanPart.Moment.class);
    }

    public List<String> writers() {
        return codes(PlanPart.Writer.class);
    }

    private static <E extends Enum<E>> List<String> codes(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(PlanPart::code).toList();
    }
}
