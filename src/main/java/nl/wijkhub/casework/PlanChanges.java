package nl.wijkhub.casework;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import nl.wijkhub.casework.PlanWork.PartnerCommand;
import nl.wijkhub.casework.PlanWork.PartnerMay;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.Agreement;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Goal;
import nl.wijkhub.plan.PlanPart.Moment;
import nl.wijkhub.plan.PlanPart.Owner;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Position;
import nl.wijkhub.plan.PlanPart.Rung;
import nl.wijkhub.plan.PlanPart.Score;
import nl.wijkhub.plan.PlanPart.Side;
import nl.wijkhub.plan.PlanPart.Weighing;
import nl.wijkhub.plan.PlanPart.Writer;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.Teams;

/**
 * What can be done to a plan: each is named as the history tells it, and is held against the plan when {@link PlanWork} does
 * it.
 */
public final class PlanChanges {
    /** The municipality has the coordinator's seat. */
    public static final Set<Discipline> PARTNERS = Set.of(
            Discipline.HOUSING, Discipline.POLICE, Discipline.WELFARE, Discipline.CARE, Discipline.COMMUNITY_WORK);

    /**
     * @param kind as the history tells it
     * @param part what is made, or what it is done to; null for the plan itself
     */
    public record Change(String kind, UUID part, UnaryOperator<Plan> command) {}

    /** What a partner that takes part may do too, where it is its own. */
    public record PartnerChange(String kind, UUID part, PartnerMay mayPartner, PartnerCommand command) {}

    /**
     * An informal helper.
     *
     * @param contact null for none
     * @param loadLimit how many open agreements it can carry
     */
    public record Informal(String name, String contact, int loadLimit) {}

    /** Who is to coordinate, by user: as {@link Coordinator}, whose seat the team knows. */
    public record Keeper(Coordinator.CoordinatorKind kind, String user, String reason, LocalDate reviewOn) {}

    /** What a household wants to reach. */
    public record Aim(String lifeDomain, String text, Writer writtenBy) {}

    /**
     * Something to agree on.
     *
     * @param goalId what it is for; null for the plan as a whole
     * @param participantId when a participant owns it; null otherwise
     * @param rungReason why the rungs below would not do; null for none
     */
    public record Proposal(
            UUID goalId, String text, Owner owner, UUID participantId, Rung rung, String rungReason, LocalDate dueOn) {}

    /** How a household does, by life domain. */
    public record Scores(Moment moment, LocalDate scoredOn, Map<String, Integer> values) {}

    /**
     * Where somebody stands.
     *
     * @param dissents it does not go along with the decision
     */
    public record Stand(Side side, String reason, boolean dissents) {}

    private final PlanWork work;
    private final Teams teams;

    public PlanChanges(PlanWork work, Teams teams) {
        this.work = work;
        this.teams = teams;
    }

    /**
     * Rejects: a discipline or an organisation that has no seat in the team, and a discipline with several seats where no
     * organisation is named.
     *
     * @param discipline null where the organisation says enough
     * @param organisation the partner that sits there; null where its discipline has one seat
     */
    public Change joins(Discipline discipline, String organisation) {
        UUID id = Identifier.next();
        return new Change("participant-joined", id, plan -> {
            List<Recipient> seats = teams.ofTeam(plan.teamId()).stream()
                    .filter(seat -> PARTNERS.contains(seat.discipline()))
                    .filter(seat -> discipline == null || seat.discipline() == discipline)
                    .filter(seat -> organisation == null || organisation.equals(teams.organisationOf(seat)))
                    .toList();
            if (seats.isEmpty()) {
                throw Rejected.of(
                        Problem.INVALID_INPUT,
                        organisation == null ? "/discipline" : "/partner",
                        organisation == null ? "not-in-team.no-seat" : "not-in-team.no-seat-of-partner");
            }
            if (seats.size() > 1) {
                throw Rejected.of(Problem.INVALID_INPUT, "/partner", "missing.partner-of-several");
            }
            return plan.joinedBy(new Participant(id, seats.get(0), null, null, null, work.now(), null));
        });
    }

    public Change joins(Informal helper) {
        UUID id = Identifier.next();
        return new Change(
                "participant-joined",
                id,
                plan -> plan.joinedBy(new Participant(
                        id, null, helper.name(), helper.contact(), helper.loadLimit(), work.now(), null)));
    }

    public Change leaves(UUID part) {
        return new Change("participant-left", part, plan -> plan.leftBy(part, work.now()));
    }

    public Change aims(Aim aim) {
        Goal goal = new Goal(
                Identifier.next(),
                aim.lifeDomain(),
                aim.text(),
                aim.writtenBy(),
                Goal.GoalState.OPEN,
                null,
                work.now(),
                null);
        return new Change("goal-set", goal.id(), plan -> plan.aimedAt(goal));
    }

    public Change reaches(UUID part) {
        return new Change("goal-reached", part, plan -> plan.endsGoal(part, Goal.GoalState.REACHED, null, work.now()));
    }

    public Change dropsGoal(UUID part, String reason) {
        return new Change(
                "goal-dropped", part, plan -> plan.endsGoal(part, Goal.GoalState.DROPPED, reason, work.now()));
    }

    public Change agrees(Proposal proposal) {
        Agreement agreement = Agreement.builder()
                .id(Identifier.next())
                .goalId(proposal.goalId())
                .text(proposal.text())
                .owner(proposal.owner())
                .participantId(proposal.participantId())
                .rung(proposal.rung())
                .rungReason(proposal.rungReason())
                .dueOn(proposal.dueOn())
                .state(Agreement.AgreementState.OPEN)
                .madeAt(work.now())
                .build();
        return new Change("agreement-made", agreement.id(), plan -> plan.agrees(agreement, work.today()));
    }

    public PartnerChange finishes(UUID part) {
        return endsAgreement("agreement-done", part, Agreement.AgreementState.DONE, null);
    }

    public PartnerChange dropsAgreement(UUID part, String reason) {
        return endsAgreement("agreement-dropped", part, Agreement.AgreementState.DROPPED, reason);
    }

    private PartnerChange endsAgreement(String kind, UUID part, Agreement.AgreementState how, String reason) {
        return new PartnerChange(
                kind,
                part,
                (plan, self) -> plan.agreements().stream()
                        .anyMatch(one -> one.id().equals(part) && self.id().equals(one.participantId())),
                (plan, by) -> plan.endsAgreement(part, how, reason, work.now()));
    }

    public Change scores(Scores scores) {
        UUID id = Identifier.next();
        Instant now = work.now();
        return new Change(
                "scored",
                id,
                plan -> plan.scored(
                        new Score(id, plan.epoch(), scores.moment(), scores.scoredOn(), scores.values(), now),
                        work.today()));
    }

    public Change weighs(String question) {
        Weighing weighing = new Weighing(Identifier.next(), question, work.now(), null, null, null, null, List.of());
        return new Change("weighing-opened", weighing.id(), plan -> plan.weighs(weighing));
    }

    public PartnerChange stands(UUID part, Stand stand, String user) {
        return new PartnerChange(
                "position-given",
                part,
                (plan, self) -> true,
                (plan, by) -> plan.positioned(
                        part, new Position(by, stand.side(), stand.reason(), stand.dissents(), user, work.now())));
    }

    public Change decides(UUID part, Side side, String reason, String user) {
        return new Change("weighing-decided", part, plan -> plan.decided(part, side, reason, user, work.now()));
    }

    /**
     * One of the municipality, of welfare or of community work in the team, or the household itself with one of them to look
     * in on it. Rejects: anybody else.
     */
    public Change coordinatedBy(Keeper by) {
        return new Change("coordinator-set", null, plan -> {
            Recipient seat = teams.member(by.user())
                    .map(member -> member.in(plan.teamId()))
                    .orElseThrow(() -> Rejected.of(Problem.INVALID_INPUT, "/coordinator/user", "not-at-seat"));
            return plan.coordinatedBy(
                    new Coordinator(by.kind(), by.user(), seat, by.reason(), by.reviewOn()), work.today());
        });
    }

    /** @param on null when the household takes it back */
    public Change householdAgreed(LocalDate on) {
        return new Change(
                on == null ? "agreement-taken-back" : "household-agreed",
                null,
                plan -> plan.householdAgreed(on, work.today()));
    }

    public Change strong(List<String> strengths) {
        return new Change("strengths-written", null, plan -> plan.strong(strengths));
    }

    public Change sleeps() {
        return new Change("slept", null, Plan::sleeps);
    }

    public Change wakes() {
        return new Change("woken", null, Plan::wakes);
    }

    /** Several of the plan itself at once. */
    public static Change together(List<Change> changes) {
        return changes.size() == 1
                ? changes.get(0)
                : new Change("changed", null, plan -> {
                    Plan after = plan;
                    for (Change change : changes) {
                        after = change.command().apply(after);
                    }
                    return after;
                });
    }
}
