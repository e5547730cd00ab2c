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
import nl.wijkhub.casework.PlanLook;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanPart;
import nl.wijkhub.plan.PlanView;
import nl.wijkhub.sharing.Organisations;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Seat;
import nl.wijkhub.team.Team;
import nl.wijkhub.team.Teams;

/**
 * What may be chosen in the forms of a plan at its seat.
 *
 * @param teams where it may be handed over to; none at a seat that does not hand over
 * @param seat the users who may coordinate it → who they are, with their seat
 * @param partners organisations of the team that do not take part yet: a partner's id → its seat
 * @param owners whoever may own an agreement: a participant's id, {@code coordinator} or {@code household} → who it is
 * @param goals id of an open goal → what it is
 */
public record PlanChoices(
        List<String> teams,
        Map<String, String> seat,
        Map<String, String> partners,
        List<String> lifeDomains,
        Map<String, String> owners,
        Map<String, String> goals,
        LocalDate today) {

    /**
     * @param seen as a seat of the plan sees it
     * @param names id of a participant → who it is
     */
    static PlanChoices of(
            PlanLook.Seen seen,
            Map<String, String> names,
            LocalDate today,
            Teams teams,
            Vocabulary vocabulary,
            Organisations organisations,
            Texts texts) {
        PlanView.OfSeat plan = (PlanView.OfSeat) seen.plan();
        String team = plan.teamId();
        Map<String, String> owners = new LinkedHashMap<>();
        List.of("coordinator", "household").forEach(code -> owners.put(code, texts.code("owner", code)));
        Set<Recipient> taking = new HashSet<>();
        for (PlanView.Member one : plan.participants()) {
            if (one.takesPart()) {
                owners.put(one.id().toString(), names.get(one.id().toString()));
            }
            if (one.takesPart() && one.isPartner()) {
                taking.add(one.pair());
            }
        }
        Map<String, String> goals = new LinkedHashMap<>();
        for (PlanPart.Goal goal : plan.goals()) {
            if (goal.state() == PlanPart.Goal.GoalState.OPEN) {
                goals.put(goal.id().toString(), goal.text());
            }
        }
        Map<String, String> partners = new LinkedHashMap<>();
        for (Recipient seat : teams.ofTeam(team)) {
            if (PlanChanges.PARTNERS.contains(seat.discipline()) && !taking.contains(seat)) {
                partners.put(teams.organisationOf(seat), texts.who(organisations.of(seat)));
            }
        }
        return new PlanChoices(
                seen.seat().discipline() == Discipline.MUNICIPALITY
                        ? teams.all().stream()
                                .map(Team::id)
                                .filter(id -> !id.equals(team))
                                .toList()
                        : List.of(),
                mayCoordinate(team, teams, texts),
                partners,
                vocabulary.lifeDomains().stream()
                        .sorted(Comparator.comparing(code -> texts.code("domain", code)))
                        .toList(),
                owners,
                goals,
                today);
    }

    /** The municipality's first, as listed there. */
    private static Map<String, String> mayCoordinate(String team, Teams teams, Texts texts) {
        Map<String, String> users = new LinkedHashMap<>();
        teams.ofTeam(team).stream()
                .filter(seat -> PlanPart.Coordinator.DISCIPLINES.contains(seat.discipline()))
                .sorted(Comparator.comparing(seat -> seat.discipline() != Discipline.MUNICIPALITY))
                .flatMap(seat -> teams.seat(seat).stream())
                .forEach(seat -> seat.users().stream()
                        .map(Seat.SeatUser::user)
                        .sorted()
                        .forEach(user -> users.put(
                                user,
                                user + " – "
                                        + texts.code(
                                                "discipline", seat.discipline().name()) + ", "
                                        + seat.partner())));
        return users;
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
