package nl.wijkhub.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Goal;
import nl.wijkhub.plan.PlanPart.Moment;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Position;
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
        PlanState state,
        int epoch,
        Coordinator coordinator,
        LocalDate agreedOn,
        List<String> strengths,
        Outcome outcome,
        Instant openedAt,
        Instant closedAt,
        PlanParts parts) {
    private static final int LONGEST_REVIEW_MONTHS = 12;

    /** Its states. */
    public enum PlanState implements Coded {
        PROPOSED,
        ACTIVE,
        DORMANT,
        CLOSED;

        /** Proposed is what nobody took up; active and dormant have a coordinator; closed may come back. */
        public Set<PlanState> mayBecome() {
            return switch (this) {
                case PROPOSED, DORMANT -> Set.of(ACTIVE, CLOSED);
                case ACTIVE -> Set.of(DORMANT, CLOSED);
                case CLOSED -> Set.of(ACTIVE, PROPOSED);
            };
        }
    }

    /** How a plan may end. */
    public enum Outcome implements Coded {
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
    }

    public List<Participant> participants() {
        return parts.participants();
    }

    public List<Goal> goals() {
        return parts.goals();
    }

    public List<Agreement> agreements() {
        return parts.agreements();
    }

    public List<Score> scores() {
        return parts.scores();
    }

    public List<Weighing> weighings() {
        return parts.weighings();
    }

    /** The municipality's seat, which keeps what is the team's, whoever coordinates. */
    public Recipient seat() {
        return new Recipient(teamId, Discipline.MUNICIPALITY);
    }

    /** Where it is coordinated from; the municipality's seat while nobody does. */
    public Recipient coordinatingSeat() {
        return coordinator == null ? seat() : coordinator.seat();
    }

    /** The seats that work on it: the municipality's, and while it is open the one that coordinates it. */
    public Set<Recipient> seats() {
        return isOpen() && !coordinatingSeat().equals(seat()) ? Set.of(seat(), coordinatingSeat()) : Set.of(seat());
    }

    public boolean isOpen() {
        return state != PlanState.CLOSED;
    }

    /** The partner of this pair, while it takes part. */
    public Optional<Participant> partner(Recipient pair) {
        return parts.partner(pair);
    }

    /** What a participant still has to do. */
    public long openOf(Participant participant) {
        return parts.openOf(participant);
    }

    /** A plan that somebody coordinates is active. */
    public Plan coordinatedBy(Coordinator by, LocalDate today) {
        requireOpen();
        if (!by.seat().teamId().equals(teamId)
                || !Coordinator.DISCIPLINES.contains(by.seat().discipline())) {
            throw Rejected.of(Problem.INVALID_INPUT, "/coordinator/user", "not-at-seat");
        }
        if (by.kind() == Coordinator.CoordinatorKind.HOUSEHOLD
                && (!by.reviewOn().isAfter(today) || by.reviewOn().isAfter(today.plusMonths(LONGEST_REVIEW_MONTHS)))) {
            throw Rejected.of(Problem.INVALID_INPUT, "/coordinator/reviewOn", "out-of-range.review-on");
        }
        return in(teamId, state == PlanState.PROPOSED ? PlanState.ACTIVE : state, by);
    }

    /** When the household agreed to the plan; null when it takes that back. */
    public Plan householdAgreed(LocalDate on, LocalDate today) {
        requireOpen();
        if (on != null && on.isAfter(today)) {
            throw Rejected.of(Problem.INVALID_INPUT, "/agreedOn", "date-in-future.agreed-on");
        }
        return toBuilder().agreedOn(on).build();
    }

    /** What goes well, in the household's own words. */
    public Plan strong(List<String> own) {
        requireOpen();
        return toBuilder().strengths(own).build();
    }

    public Plan sleeps() {
        return in(teamId, to(PlanState.DORMANT), coordinator);
    }

    /** Wakes one that sleeps, and opens one that was closed; a closed one nobody ever coordinated is proposed again. */
    public Plan wakes() {
        if (state == PlanState.PROPOSED) {
            throw noCoordinator();
        }
        PlanState next = state == PlanState.CLOSED && coordinator == null ? PlanState.PROPOSED : PlanState.ACTIVE;
        return in(teamId, to(next), coordinator);
    }

    /** What is left to do before it can end so. */
    public List<Fault> left(Outcome how) {
        List<Fault> left = new ArrayList<>(parts.left());
        if (parts.scored(epoch, Moment.START).isPresent()
                && parts.scored(epoch, Moment.END).isEmpty()
                && how != Outcome.MERGED) {
            left.add(Fault.of("/scores", "end-score-missing"));
        }
        return left;
    }

    /** Ends this life of the plan. What was agreed is done or dropped first, and what was to be weighed is decided. */
    public Plan closes(Outcome how, Instant at) {
        PlanState next = to(PlanState.CLOSED);
        List<Fault> left = left(how);
        if (!left.isEmpty()) {
            throw new Rejected(Problem.STATE_CONFLICT, left);
        }
        return toBuilder()
                .state(next)
                .epoch(epoch + 1)
                .outcome(how)
                .closedAt(at)
                .build();
    }

    /**
     * The same plan with another team, taken up by one of its municipality's seat.
     *
     * @param counterparts the seat of a partner in the other team, if it has one
     */
    public Plan goesTo(
            String otherTeam, Function<Recipient, Optional<Recipient>> counterparts, String user, Instant at) {
        requireOpen();
        boolean isOfHousehold = coordinator != null && coordinator.kind() == Coordinator.CoordinatorKind.HOUSEHOLD;
        Recipient there = new Recipient(otherTeam, Discipline.MUNICIPALITY);
        Coordinator by = isOfHousehold
                ? new Coordinator(
                        Coordinator.CoordinatorKind.HOUSEHOLD,
                        user,
                        there,
                        coordinator.reason(),
                        coordinator.reviewOn())
                : new Coordinator(Coordinator.CoordinatorKind.USER, user, there, null, null);
        return in(otherTeam, state == PlanState.PROPOSED ? PlanState.ACTIVE : state, by)
                .with(parts.inTeam(counterparts, at));
    }

    /** A partner is a discipline of the team that has the plan. */
    public Plan joinedBy(Participant one) {
        requireOpen();
        if (one.isPartner() && !one.pair().teamId().equals(teamId)) {
            throw Rejected.of(Problem.INVALID_INPUT, "/discipline", "not-in-team");
        }
        return with(parts.joinedBy(one));
    }

    /** Lets a participant go; what it still has to do is given to somebody first. */
    public Plan leftBy(UUID participantId, Instant at) {
        requireOpen();
        return with(parts.leftBy(participantId, at));
    }

    public Plan aimedAt(Goal goal) {
        return worked(all -> all.aimedAt(goal));
    }

    public Plan endsGoal(UUID goalId, Goal.GoalState how, String reason, Instant at) {
        return worked(all -> all.endsGoal(goalId, how, reason, at));
    }

    /** What one owner does within one term. Rejects: an owner who does not take part or carries enough already. */
    public Plan agrees(Agreement agreement, LocalDate today) {
        return worked(all -> all.agrees(agreement, today));
    }

    public Plan endsAgreement(UUID agreementId, Agreement.AgreementState how, String reason, Instant at) {
        requireOpen();
        return with(parts.endsAgreement(agreementId, how, reason, at));
    }

    /** Scores once at the start and once at the end of each life, on the same scale: the same domains. */
    public Plan scored(Score score, LocalDate today) {
        return worked(all -> all.scored(epoch, score, today));
    }

    public Plan weighs(Weighing weighing) {
        return worked(all -> all.weighs(weighing));
    }

    /** Where a partner stands; the last word of each counts. After the decision only that it does not go along. */
    public Plan positioned(UUID weighingId, Position position) {
        return worked(all -> all.positioned(weighingId, position));
    }

    public Plan decided(UUID weighingId, PlanPart.Side side, String reason, String user, Instant at) {
        return worked(all -> all.decided(weighingId, side, reason, user, at));
    }

    private PlanState to(PlanState next) {
        if (!state.mayBecome().contains(next)) {
            throw PlanParts.conflict(
                    "",
                    "illegal-transition",
                    state.code(),
                    next.code(),
                    state.mayBecome().stream().map(Coded::code).sorted().toList());
        }
        return next;
    }

    private void requireOpen() {
        if (!isOpen()) {
            throw PlanParts.conflict("", "plan-closed");
        }
    }

    private static Rejected noCoordinator() {
        return PlanParts.conflict("", "no-coordinator");
    }

    /** What a coordinator does needs one. */
    private Plan worked(UnaryOperator<PlanParts> command) {
        requireOpen();
        if (state == PlanState.PROPOSED) {
            throw noCoordinator();
        }
        if (state == PlanState.DORMANT) {
            throw PlanParts.conflict("", "plan-dormant");
        }
        return with(command.apply(parts));
    }

    private Plan in(String team, PlanState next, Coordinator by) {
        return toBuilder()
                .teamId(team)
                .state(next)
                .coordinator(by)
                .outcome(null)
                .closedAt(null)
                .build();
    }

    /**
     * As one of its seats may know it: from when it knew of it, without what others said in another team, and of what was
     * scored there a band. A seat that is not the municipality's has bands of all scores: those of justice and health stand
     * apart, and may have been given for an Act that is not its own. Source: docs/sharing.md, rows 9 and 20.
     *
     * @param takenOverAt null when the team had it from the start
     */
    public Plan asKnownTo(Recipient viewer, Instant known, Instant takenOverAt) {
        PlanParts ofTeam = takenOverAt == null ? parts : parts.ofTeam(teamId, takenOverAt);
        return toBuilder()
                .openedAt(known)
                .parts(viewer.equals(seat()) ? ofTeam : ofTeam.banded())
                .build();
    }

    /** The same with these parts. */
    Plan with(PlanParts all) {
        return toBuilder().parts(all).build();
    }

    public Builder toBuilder() {
        return builder()
                .id(id)
                .householdId(householdId)
                .teamId(teamId)
                .state(state)
                .epoch(epoch)
                .coordinator(coordinator)
                .agreedOn(agreedOn)
                .strengths(strengths)
                .outcome(outcome)
                .openedAt(openedAt)
                .closedAt(closedAt)
                .parts(parts);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets each part by its name; what is not set is null, the strengths empty. */
    public static final class Builder {
        private UUID id;
        private UUID householdId;
        private String teamId;
        private PlanState state;
        private int epoch;
        private Coordinator coordinator;
        private LocalDate agreedOn;
        private List<String> strengths = List.of();
        private Outcome outcome;
        private Instant openedAt;
        private Instant closedAt;
        private PlanParts parts;

        private Builder() {}

        public Builder id(UUID value) {
            id = value;
            return this;
        }

        public Builder householdId(UUID value) {
            householdId = value;
            return this;
        }

        public Builder teamId(String value) {
            teamId = value;
            return this;
        }

        public Builder state(PlanState value) {
            state = value;
            return this;
        }

        public Builder epoch(int value) {
            epoch = value;
            return this;
        }

        public Builder coordinator(Coordinator value) {
            coordinator = value;
            return this;
        }

        public Builder agreedOn(LocalDate value) {
            agreedOn = value;
            return this;
        }

        public Builder strengths(List<String> value) {
            strengths = value;
            return this;
        }

        public Builder outcome(Outcome value) {
            outcome = value;
            return this;
        }

        public Builder openedAt(Instant value) {
            openedAt = value;
            return this;
        }

        public Builder closedAt(Instant value) {
            closedAt = value;
            return this;
        }

        public Builder parts(PlanParts value) {
            parts = value;
            return this;
        }

        public Plan build() {
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
                    parts);
        }
    }
}
