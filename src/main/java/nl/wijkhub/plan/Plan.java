package nl.wijkhub.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanPart.Agreement;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Goal;
import nl.wijkhub.plan.PlanPart.Moment;
import nl.wijkhub.plan.PlanPart.Owner;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Position;
import nl.wijkhub.plan.PlanPart.Rung;
import nl.wijkhub.plan.PlanPart.Score;
import nl.wijkhub.plan.PlanPart.Weighing;
import nl.wijkhub.sharing.Recipient;

/**
 * The one plan of a household. Every command gives the plan as it is afterwards, or is rejected with the reason and what
 * to do; what the database holds too (one open plan, one coordinator, one owner) is held here first.
 *
 * @param teamId the team that has it
 * @param epoch which of its lives this is; a new one begins when it closes
 * @param coordinator null while nobody took it up
 * @param agreedOn when the household agreed to it; null while it did not
 * @param outcome null until it closes
 */
public record Plan(
        UUID id,
        UUID householdId,
        String teamId,
        State state,
        int epoch,
        Coordinator coordinator,
        LocalDate agreedOn,
        List<String> strengths,
        Outcome outcome,
        Instant openedAt,
        Instant closedAt,
        List<Participant> participants,
        List<Goal> goals,
        List<Agreement> agreements,
        List<Score> scores,
        List<Weighing> weighings) {
    private static final int LONGEST_REVIEW_MONTHS = 12;

    /** Its states; which follows which is in {@link #mayBecome}. */
    public enum State {
        PROPOSED,
        ACTIVE,
        DORMANT,
        CLOSED;

        /** Proposed is what nobody took up; active and dormant have a coordinator; closed may come back. */
        public Set<State> mayBecome() {
            return switch (this) {
                case PROPOSED, DORMANT -> Set.of(ACTIVE, CLOSED);
                case ACTIVE -> Set.of(DORMANT, CLOSED);
                case CLOSED -> Set.of(ACTIVE, PROPOSED);
            };
        }
    }

    /** How a plan may end. */
    public enum Outcome {
        GOALS_REACHED,
        PREVENTED,
        HELPED_INFORMALLY,
        HANDED_BACK,
        MOVED_AWAY,
        DECLINED,
        /** It goes on as part of another: its household turned out to be the same. */
        MERGED
    }

    public Plan {
        strengths = List.copyOf(strengths);
        participants = List.copyOf(participants);
        goals = List.copyOf(goals);
        agreements = List.copyOf(agreements);
        scores = List.copyOf(scores);
        weighings = List.copyOf(weighings);
    }

    /** The coordinator's seat. */
    public Recipient seat() {
        return new Recipient(teamId, Discipline.MUNICIPALITY);
    }

    public boolean isOpen() {
        return state != State.CLOSED;
    }

    /** A plan that somebody coordinates is active. */
    public Plan coordinatedBy(Coordinator by, LocalDate today) {
        open();
        if (by.kind() == Coordinator.Kind.HOUSEHOLD
                && (!by.reviewOn().isAfter(today) || by.reviewOn().isAfter(today.plusMonths(LONGEST_REVIEW_MONTHS)))) {
            throw invalid(
                    "/coordinator/reviewOn",
                    "out-of-range",
                    "Kijk binnen een jaar weer of het huishouden het zelf kan; kies een dag die nog komt.");
        }
        return with(state == State.PROPOSED ? State.ACTIVE : state, by);
    }

    /** When the household agreed to the plan; null when it takes that back. */
    public Plan householdAgreed(LocalDate on, LocalDate today) {
        open();
        if (on != null && on.isAfter(today)) {
            throw invalid("/agreedOn", "date-in-future", "Noem de dag waarop het huishouden instemde.");
        }
        return new Plan(
                id,
                householdId,
                teamId,
                state,
                epoch,
                coordinator,
                on,
                strengths,
                outcome,
                openedAt,
                closedAt,
                participants,
                goals,
                agreements,
                scores,
                weighings);
    }

    public Plan strong(List<String> own) {
        open();
        return new Plan(
                id,
                householdId,
                teamId,
                state,
                epoch,
                coordinator,
                agreedOn,
                own,
                outcome,
                openedAt,
                closedAt,
                participants,
                goals,
                agreements,
                scores,
                weighings);
    }

    public Plan sleeps() {
        return with(to(State.DORMANT), coordinator);
    }

    /** Wakes one that sleeps, and opens one that was closed; a closed one nobody ever coordinated is proposed again. */
    public Plan wakes() {
        if (state == State.PROPOSED) {
            throw conflict("", "no-coordinator", "Niemand coördineert dit plan nog: zet eerst een coördinator.");
        }
        State next = state == State.CLOSED && coordinator == null ? State.PROPOSED : State.ACTIVE;
        return with(to(next), coordinator);
    }

    /** Ends this life of the plan. What was agreed is done or dropped first, and what was to be weighed is decided. */
    public Plan closes(Outcome how, Instant at) {
        State next = to(State.CLOSED);
        List<Fault> left = new ArrayList<>();
        agreements.stream()
                .filter(Agreement::isOpen)
                .forEach(agreement -> left.add(new Fault(
                        "/agreements/" + agreement.id(),
                        "agreement-open",
                        "Deze afspraak staat nog open: rond haar af of laat haar met reden vallen.")));
        weighings.stream()
                .filter(weighing -> weighing.decision() == null)
                .forEach(weighing -> left.add(new Fault(
                        "/weighings/" + weighing.id(), "weighing-open", "Deze afweging is nog niet besloten.")));
        boolean hasStart = scored(Moment.START).isPresent();
        if (hasStart && scored(Moment.END).isEmpty() && how != Outcome.MERGED) {
            left.add(new Fault(
                    "/scores",
                    "end-score-missing",
                    "Er is een score bij het begin: geef op dezelfde schaal die van het eind."));
        }
        if (!left.isEmpty()) {
            throw new Rejected(Problem.STATE_CONFLICT, left);
        }
        return new Plan(
                id,
                householdId,
                teamId,
                next,
                epoch + 1,
                coordinator,
                agreedOn,
                strengths,
                how,
                openedAt,
                at,
                participants,
                goals,
                agreements,
                scores,
                weighings);
    }

    /** The same plan with another team, taken up by one of it. Partners of the old team make place for those of the new. */
    public Plan goesTo(String otherTeam, Set<Recipient> itsPairs, String user, Instant at) {
        open();
        List<Participant> there = participants.stream()
                .map(p -> p.isPartner() && p.takesPart() ? inTeam(p, otherTeam, itsPairs, at) : p)
                .toList();
        Set<UUID> gone = new HashSet<>();
        there.stream().filter(p -> !p.takesPart()).forEach(p -> gone.add(p.id()));
        List<Agreement> owned = agreements.stream()
                .map(a -> a.isOpen() && a.participantId() != null && gone.contains(a.participantId())
                        ? new Agreement(
                                a.id(),
                                a.goalId(),
                                a.text(),
                                Owner.COORDINATOR,
                                null,
                                a.rung(),
                                a.rungReason(),
                                a.dueOn(),
                                a.state(),
                                a.reason(),
                                a.madeAt(),
                                a.endedAt())
                        : a)
                .toList();
        Coordinator by = coordinator != null && coordinator.kind() == Coordinator.Kind.HOUSEHOLD
                ? new Coordinator(Coordinator.Kind.HOUSEHOLD, user, coordinator.reason(), coordinator.reviewOn())
                : new Coordinator(Coordinator.Kind.USER, user, null, null);
        return new Plan(
                id,
                householdId,
                otherTeam,
                state == State.PROPOSED ? State.ACTIVE : state,
                epoch,
                by,
                agreedOn,
                strengths,
                outcome,
                openedAt,
                closedAt,
                there,
                goals,
                owned,
                scores,
                weighings);
    }

    private static Participant inTeam(Participant p, String team, Set<Recipient> itsPairs, Instant at) {
        Recipient there = new Recipient(team, p.pair().discipline());
        return itsPairs.contains(there)
                ? new Participant(p.id(), there, null, null, null, p.joinedAt(), null)
                : new Participant(p.id(), p.pair(), null, null, null, p.joinedAt(), at);
    }

    public Plan joinedBy(Participant one) {
        open();
        if (one.isPartner() && partner(one.pair()).isPresent()) {
            throw conflict("/discipline", "takes-part-already", "Deze partner doet al mee.");
        }
        return parts(plus(participants, one), goals, agreements, scores, weighings);
    }

    /** Lets a participant go; what it still has to do is given to somebody first. */
    public Plan leftBy(UUID participantId, Instant at) {
        open();
        Participant one = find(participants, Participant::id, participantId);
        if (!one.takesPart()) {
            throw conflict("", "left-already", "Deze deelnemer doet niet meer mee.");
        }
        if (openOf(one) > 0) {
            throw conflict("", "has-agreements", "Rond eerst de afspraken van deze deelnemer af.");
        }
        Participant left =
                new Participant(one.id(), one.pair(), one.name(), one.contact(), one.loadLimit(), one.joinedAt(), at);
        return parts(replaced(participants, Participant::id, left), goals, agreements, scores, weighings);
    }

    public Plan aimedAt(Goal goal) {
        worked();
        return parts(participants, plus(goals, goal), agreements, scores, weighings);
    }

    public Plan endsGoal(UUID goalId, Goal.State how, String reason, Instant at) {
        worked();
        Goal goal = find(goals, Goal::id, goalId);
        if (goal.state() != Goal.State.OPEN) {
            throw conflict("", "ended-already", "Dit doel is al " + PlanPart.code(goal.state()) + ".");
        }
        Goal ended =
                new Goal(goal.id(), goal.lifeDomain(), goal.text(), goal.writtenBy(), how, reason, goal.madeAt(), at);
        return parts(participants, replaced(goals, Goal::id, ended), agreements, scores, weighings);
    }

    /** What one owner does within one term. Rejects: an owner who does not take part or carries enough already. */
    public Plan agrees(Agreement agreement, LocalDate today) {
        worked();
        List<Fault> faults = new ArrayList<>();
        if (agreement.dueOn().isBefore(today)) {
            faults.add(new Fault("/dueOn", "date-in-past", "De termijn is een dag die nog komt."));
        }
        if (agreement.goalId() != null
                && goals.stream().noneMatch(g -> g.id().equals(agreement.goalId()) && g.state() == Goal.State.OPEN)) {
            faults.add(new Fault("/goalId", "unknown", "Dit plan heeft geen open doel met dit id."));
        }
        Optional<Participant> owner = participants.stream()
                .filter(p -> p.id().equals(agreement.participantId()) && p.takesPart())
                .findFirst();
        if (agreement.owner() == Owner.PARTICIPANT && owner.isEmpty()) {
            faults.add(new Fault("/owner", "unknown", "Wie de afspraak uitvoert doet mee aan dit plan."));
        }
        if (agreement.rung() != Rung.OWN_NETWORK && agreement.rungReason() == null) {
            faults.add(new Fault(
                    "/rungReason",
                    "missing",
                    agreement.rung() == Rung.COLLECTIVE
                            ? "Zeg waarom het eigen netwerk dit niet kan."
                            : "Zeg waarom het eigen netwerk en een collectief aanbod niet volstaan."));
        }
        if (!faults.isEmpty()) {
            throw new Rejected(Problem.INVALID_INPUT, faults);
        }
        owner.filter(p -> !p.isPartner() && openOf(p) >= p.loadLimit()).ifPresent(p -> {
            throw conflict(
                    "/owner",
                    "load-limit",
                    "Deze helper draagt al " + p.loadLimit() + " afspraken: meer is te veel. Kies een ander.");
        });
        return parts(participants, goals, plus(agreements, agreement), scores, weighings);
    }

    public Plan endsAgreement(UUID agreementId, Agreement.State how, String reason, Instant at) {
        open();
        Agreement a = find(agreements, Agreement::id, agreementId);
        if (!a.isOpen()) {
            throw conflict("", "ended-already", "Deze afspraak is al " + PlanPart.code(a.state()) + ".");
        }
        Agreement ended = new Agreement(
                a.id(),
                a.goalId(),
                a.text(),
                a.owner(),
                a.participantId(),
                a.rung(),
                a.rungReason(),
                a.dueOn(),
                how,
                reason,
                a.madeAt(),
                at);
        return parts(participants, goals, replaced(agreements, Agreement::id, ended), scores, weighings);
    }

    /** Scores once at the start and once at the end of each life, on the same scale: the same domains. */
    public Plan scored(Score score, LocalDate today) {
        worked();
        List<Fault> faults = new ArrayList<>();
        Optional<Score> start = scored(Moment.START);
        if (score.scoredOn().isAfter(today)) {
            faults.add(new Fault("/scoredOn", "date-in-future", "Noem de dag waarop er gescoord is."));
        }
        if (score.moment() == Moment.END
                && start.isPresent()
                && !start.get().values().keySet().equals(score.values().keySet())) {
            faults.add(new Fault(
                    "/scores", "other-domains", "Scoor bij het eind dezelfde leefgebieden als bij het begin."));
        }
        if (!faults.isEmpty()) {
            throw new Rejected(Problem.INVALID_INPUT, faults);
        }
        if (score.moment() != Moment.REVIEW && scored(score.moment()).isPresent()) {
            throw conflict("/moment", "scored-already", "Deze score is er al: een latere is een review.");
        }
        if (score.moment() != Moment.START && start.isEmpty()) {
            throw conflict(
                    "/moment",
                    "start-missing",
                    "Begin met een score bij de start; anders is er niets om mee te vergelijken.");
        }
        return parts(participants, goals, agreements, plus(scores, score), weighings);
    }

    /** The score of this life at this moment. */
    public Optional<Score> scored(Moment moment) {
        return scores.stream()
                .filter(s -> s.epoch() == epoch && s.moment() == moment)
                .findFirst();
    }

    public Plan weighs(Weighing weighing) {
        worked();
        return parts(participants, goals, agreements, scores, plus(weighings, weighing));
    }

    /** Where a partner stands; the last word of each counts. After the decision only that it does not go along. */
    public Plan positioned(UUID weighingId, Position position) {
        worked();
        Weighing w = find(weighings, Weighing::id, weighingId);
        if (w.decision() != null && !position.dissents()) {
            throw conflict(
                    "", "decided-already", "Dit is besloten; leg alleen nog vast dat u het er niet mee eens bent.");
        }
        List<Position> all = new ArrayList<>(w.positions());
        all.removeIf(p -> p.pair().equals(position.pair()));
        all.add(position);
        return weighed(new Weighing(
                w.id(), w.question(), w.openedAt(), w.decision(), w.reason(), w.decidedBy(), w.decidedAt(), all));
    }

    public Plan decided(UUID weighingId, PlanPart.Side side, String reason, String user, Instant at) {
        worked();
        Weighing w = find(weighings, Weighing::id, weighingId);
        if (w.decision() != null) {
            throw conflict("", "decided-already", "Dit is besloten. Open een nieuwe afweging als er reden voor is.");
        }
        return weighed(new Weighing(w.id(), w.question(), w.openedAt(), side, reason, user, at, w.positions()));
    }

    private Plan weighed(Weighing weighing) {
        return parts(participants, goals, agreements, scores, replaced(weighings, Weighing::id, weighing));
    }

    /** The partner of this pair, while it takes part. */
    public Optional<Participant> partner(Recipient pair) {
        return participants.stream()
                .filter(p -> p.takesPart() && pair.equals(p.pair()))
                .findFirst();
    }

    /** What a participant still has to do. */
    public long openOf(Participant participant) {
        return agreements.stream()
                .filter(a -> a.isOpen() && participant.id().equals(a.participantId()))
                .count();
    }

    private State to(State next) {
        if (!state.mayBecome().contains(next)) {
            throw conflict(
                    "",
                    "illegal-transition",
                    "Een plan dat " + PlanPart.code(state) + " is wordt niet " + PlanPart.code(next) + "; wel kan: "
                            + state.mayBecome().stream()
                                    .map(PlanPart::code)
                                    .sorted()
                                    .toList() + ".");
        }
        return next;
    }

    private void open() {
        if (!isOpen()) {
            throw conflict("", "plan-closed", "Dit plan is gesloten. Heropen het met _wake als er weer iets speelt.");
        }
    }

    /** What a coordinator does needs one. */
    private void worked() {
        open();
        if (state != State.ACTIVE) {
            throw conflict(
                    "",
                    state == State.PROPOSED ? "no-coordinator" : "plan-dormant",
                    state == State.PROPOSED
                            ? "Niemand coördineert dit plan nog: zet eerst een coördinator."
                            : "Dit plan slaapt: maak het eerst wakker met _wake.");
        }
    }

    private Plan with(State next, Coordinator by) {
        boolean isClosed = next == State.CLOSED;
        return new Plan(
                id,
                householdId,
                teamId,
                next,
                epoch,
                by,
                agreedOn,
                strengths,
                isClosed ? outcome : null,
                openedAt,
                isClosed ? closedAt : null,
                participants,
                goals,
                agreements,
                scores,
                weighings);
    }

    private Plan parts(
            List<Participant> whoTakePart,
            List<Goal> aims,
            List<Agreement> agreed,
            List<Score> measured,
            List<Weighing> weighed) {
        return new Plan(
                id,
                householdId,
                teamId,
                state,
                epoch,
                coordinator,
                agreedOn,
                strengths,
                outcome,
                openedAt,
                closedAt,
                whoTakePart,
                aims,
                agreed,
                measured,
                weighed);
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return more;
    }

    private static <T> List<T> replaced(List<T> list, Function<T, UUID> id, T one) {
        Predicate<T> isOld = each -> id.apply(each).equals(id.apply(one));
        return list.stream().map(each -> isOld.test(each) ? one : each).toList();
    }

    private static <T> T find(List<T> list, Function<T, UUID> id, UUID wanted) {
        return list.stream()
                .filter(each -> id.apply(each).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private static Rejected conflict(String pointer, String code, String detail) {
        return Rejected.of(Problem.STATE_CONFLICT, pointer, code, detail);
    }

    private static Rejected invalid(String pointer, String code, String detail) {
        return Rejected.of(Problem.INVALID_INPUT, pointer, code, detail);
    }
}
