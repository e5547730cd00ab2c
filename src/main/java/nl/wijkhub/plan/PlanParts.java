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
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanPart.Goal;
import nl.wijkhub.plan.PlanPart.Moment;
import nl.wijkhub.plan.PlanPart.Owner;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Position;
import nl.wijkhub.plan.PlanPart.Rung;
import nl.wijkhub.plan.PlanPart.Score;
import nl.wijkhub.plan.PlanPart.Side;
import nl.wijkhub.plan.PlanPart.Weighing;
import nl.wijkhub.sharing.Recipient;

/** Everything in one plan, and what holds between its parts. Whether the plan is in a state for it is {@link Plan}'s. */
public record PlanParts(
        List<Participant> participants,
        List<Goal> goals,
        List<Agreement> agreements,
        List<Score> scores,
        List<Weighing> weighings) {
    public static final PlanParts NONE = new PlanParts(List.of(), List.of(), List.of(), List.of(), List.of());

    public PlanParts {
        participants = List.copyOf(participants);
        goals = List.copyOf(goals);
        agreements = List.copyOf(agreements);
        scores = List.copyOf(scores);
        weighings = List.copyOf(weighings);
    }

    Optional<Participant> partner(Recipient pair) {
        return participants.stream()
                .filter(p -> p.takesPart() && pair.equals(p.pair()))
                .findFirst();
    }

    long openOf(Participant participant) {
        return agreements.stream()
                .filter(a -> a.isOpen() && participant.id().equals(a.participantId()))
                .count();
    }

    /** The score of one life at this moment. */
    Optional<Score> scored(int epoch, Moment moment) {
        return scores.stream()
                .filter(s -> s.epoch() == epoch && s.moment() == moment)
                .findFirst();
    }

    /** What has to be done before the plan can close. */
    List<Fault> left() {
        List<Fault> left = new ArrayList<>();
        agreements.stream()
                .filter(Agreement::isOpen)
                .forEach(agreement -> left.add(Fault.of("/agreements/" + agreement.id(), "agreement-open")));
        weighings.stream()
                .filter(weighing -> weighing.decision() == null)
                .forEach(weighing -> left.add(Fault.of("/weighings/" + weighing.id(), "weighing-open")));
        return left;
    }

    PlanParts joinedBy(Participant one) {
        if (one.isPartner() && partner(one.pair()).isPresent()) {
            throw conflict("/discipline", "takes-part-already");
        }
        return withParticipants(plus(participants, one));
    }

    PlanParts leftBy(UUID participantId, Instant at) {
        Participant one = find(participants, Participant::id, participantId);
        if (!one.takesPart()) {
            throw conflict("", "left-already");
        }
        if (openOf(one) > 0) {
            throw conflict("", "has-agreements");
        }
        return withParticipants(replaced(participants, Participant::id, one.leaving(at)));
    }

    /** A partner goes on at the seat of its organisation in another team; where it has none, the coordinator does what is open. */
    PlanParts inTeam(Function<Recipient, Optional<Recipient>> counterparts, Instant at) {
        Set<UUID> gone = new HashSet<>();
        List<Participant> there = new ArrayList<>();
        for (Participant one : participants) {
            boolean moves = one.isPartner() && one.takesPart();
            Recipient pair = moves ? counterparts.apply(one.pair()).orElse(null) : null;
            if (moves && pair == null) {
                gone.add(one.id());
                there.add(one.leaving(at));
            } else {
                there.add(moves ? one.as(pair, at) : one);
            }
        }
        List<Agreement> owned = agreements.stream()
                .map(a -> a.isOpen() && gone.contains(a.participantId()) ? a.ofCoordinator() : a)
                .toList();
        return new PlanParts(there, goals, owned, scores, weighings);
    }

    /** Without the positions of another team's partners; what was scored before this moment as a band, justice and health apart. */
    PlanParts ofTeam(String team, Instant since) {
        List<Weighing> own = weighings.stream().map(w -> w.ofTeam(team)).toList();
        List<Score> measured = scores.stream()
                .map(score -> score.madeAt().isBefore(since) ? score.banded() : score)
                .toList();
        return new PlanParts(participants, goals, agreements, measured, own);
    }

    /** With a band of every score. */
    PlanParts banded() {
        return new PlanParts(
                participants,
                goals,
                agreements,
                scores.stream().map(Score::banded).toList(),
                weighings);
    }

    PlanParts aimedAt(Goal goal) {
        return withGoals(plus(goals, goal));
    }

    PlanParts endsGoal(UUID goalId, Goal.GoalState how, String reason, Instant at) {
        Goal goal = find(goals, Goal::id, goalId);
        if (goal.state() != Goal.GoalState.OPEN) {
            throw conflict("", "ended-already.goal", goal.state().code());
        }
        return withGoals(replaced(goals, Goal::id, goal.ended(how, reason, at)));
    }

    PlanParts agrees(Agreement agreement, LocalDate today) {
        List<Fault> faults = new ArrayList<>();
        if (agreement.dueOn().isBefore(today)) {
            faults.add(Fault.of("/dueOn", "date-in-past.due-on"));
        }
        if (agreement.goalId() != null
                && goals.stream()
                        .noneMatch(g -> g.id().equals(agreement.goalId()) && g.state() == Goal.GoalState.OPEN)) {
            faults.add(Fault.of("/goalId", "unknown.goal"));
        }
        Optional<Participant> owner = participants.stream()
                .filter(p -> p.id().equals(agreement.participantId()) && p.takesPart())
                .findFirst();
        if (agreement.owner() == Owner.PARTICIPANT && owner.isEmpty()) {
            faults.add(Fault.of("/owner", "unknown.owner"));
        }
        if (agreement.rung() != Rung.OWN_NETWORK && agreement.rungReason() == null) {
            faults.add(Fault.of(
                    "/rungReason",
                    agreement.rung() == Rung.COLLECTIVE ? "missing.why-collective" : "missing.why-professional"));
        }
        if (!faults.isEmpty()) {
            throw new Rejected(Problem.INVALID_INPUT, faults);
        }
        owner.filter(p -> !p.isPartner() && openOf(p) >= p.loadLimit()).ifPresent(p -> {
            throw conflict("/owner", "load-limit", p.loadLimit());
        });
        return withAgreements(plus(agreements, agreement));
    }

    PlanParts endsAgreement(UUID agreementId, Agreement.AgreementState how, String reason, Instant at) {
        Agreement agreement = find(agreements, Agreement::id, agreementId);
        if (!agreement.isOpen()) {
            throw conflict("", "ended-already.agreement", agreement.state().code());
        }
        return withAgreements(replaced(agreements, Agreement::id, agreement.ended(how, reason, at)));
    }

    PlanParts scored(int epoch, Score score, LocalDate today) {
        Optional<Score> start = scored(epoch, Moment.START);
        List<Fault> faults = new ArrayList<>();
        if (score.scoredOn().isAfter(today)) {
            faults.add(Fault.of("/scoredOn", "date-in-future.scored-on"));
        }
        if (score.moment() == Moment.END && start.isPresent() && !score.isOnTheScaleOf(start.get())) {
            faults.add(Fault.of("/scores", "other-domains"));
        }
        if (!faults.isEmpty()) {
            throw new Rejected(Problem.INVALID_INPUT, faults);
        }
        if (score.moment() != Moment.REVIEW && scored(epoch, score.moment()).isPresent()) {
            throw conflict("/moment", "scored-already");
        }
        if (score.moment() != Moment.START && start.isEmpty()) {
            throw conflict("/moment", "start-missing");
        }
        return new PlanParts(participants, goals, agreements, plus(scores, score), weighings);
    }

    PlanParts weighs(Weighing weighing) {
        return withWeighings(plus(weighings, weighing));
    }

    PlanParts positioned(UUID weighingId, Position position) {
        Weighing weighing = find(weighings, Weighing::id, weighingId);
        if (weighing.decision() != null && !position.dissents()) {
            throw conflict("", "decided-already.dissent");
        }
        return withWeighings(replaced(weighings, Weighing::id, weighing.with(position)));
    }

    PlanParts decided(UUID weighingId, Side side, String reason, String user, Instant at) {
        Weighing weighing = find(weighings, Weighing::id, weighingId);
        if (weighing.decision() != null) {
            throw conflict("", "decided-already.weighing");
        }
        return withWeighings(replaced(weighings, Weighing::id, weighing.decided(side, reason, user, at)));
    }

    private PlanParts withParticipants(List<Participant> all) {
        return new PlanParts(all, goals, agreements, scores, weighings);
    }

    private PlanParts withGoals(List<Goal> all) {
        return new PlanParts(participants, all, agreements, scores, weighings);
    }

    private PlanParts withAgreements(List<Agreement> all) {
        return new PlanParts(participants, goals, all, scores, weighings);
    }

    private PlanParts withWeighings(List<Weighing> all) {
        return new PlanParts(participants, goals, agreements, scores, all);
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return more;
    }

    private static <T> List<T> replaced(List<T> list, Function<T, UUID> id, T one) {
        return list.stream()
                .map(each -> id.apply(each).equals(id.apply(one)) ? one : each)
                .toList();
    }

    private static <T> T find(List<T> list, Function<T, UUID> id, UUID wanted) {
        return list.stream()
                .filter(each -> id.apply(each).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    static Rejected conflict(String pointer, String key, Object... arguments) {
        return Rejected.of(Problem.STATE_CONFLICT, pointer, key, arguments);
    }
}
