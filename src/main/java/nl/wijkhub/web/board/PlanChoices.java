package nl.wijkhub.web.board;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.wijkhub.casework.PlanChanges;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanPart;
import nl.wijkhub.plan.PlanView;
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
            PlanView.OfSeat plan,
            Map<String, String> names,
            LocalDate today,
            Teams teams,
            Vocabulary vocabulary,
            Texts texts) {
        String team = plan.teamId();
        Map<String, String> owners = new LinkedHashMap<>();
        List.of("coordinator", "household").forEach(code -> owners.put(code, texts.code("owner", code)));
        Set<Recipient> partners = new HashSet<>();
        for (PlanView.Member one : plan.participants()) {
            if (one.takesPart()) {
                owners.put(one.id().toString(), names.get(one.id().toString()));
            }
            if (one.takesPart() && one.isPartner()) {
                partners.add(one.pair());
            }
        }
        Map<String, String> goals = new LinkedHashMap<>();
        for (PlanPart.Goal goal : plan.goals()) {
            if (goal.state() == PlanPart.Goal.GoalState.OPEN) {
                goals.put(goal.id().toString(), goal.text());
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
                        .filter(pair -> !partners.contains(pair))
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
                .filter(code -> !code.equals(Plan.Outcome.MERGED.code()))
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

    private static <E extends Enum<E> & Coded> List<String> codes(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Coded::code).toList();
    }
}
