package nl.wijkhub.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.escalation.EscalationAnswerStore.Answer;
import nl.wijkhub.escalation.EscalationPolicy.Change;
import nl.wijkhub.escalation.EscalationStep.StepState;
import nl.wijkhub.escalation.EscalationStore.PlanRow;
import nl.wijkhub.escalation.Escalations.Actor;
import nl.wijkhub.escalation.Escalations.Seen;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanEvent;
import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Partners;

/**
 * What is answered to a step up the ladder. A step is a hand-over to the next level: open until somebody takes it up, its
 * pair or a care provider outside that was told of it. Everything runs in the caller's transaction, the household held.
 */
public final class EscalationAnswers {
    private final Escalations known;
    private final EscalationStore escalations;
    private final EscalationSeenStore steps;
    private final EscalationAnswerStore answers;
    private final HouseholdMatch match;
    private final PlanEventStore events;
    private final Partners partners;
    private final Told told;
    private final Clock clock;

    public EscalationAnswers(
            EscalationStores stores,
            Escalations known,
            HouseholdMatch match,
            PlanEventStore events,
            Partners partners,
            Told told,
            Clock clock) {
        this.known = known;
        this.escalations = stores.steps();
        this.steps = stores.seen();
        this.answers = stores.answers();
        this.match = match;
        this.events = events;
        this.partners = partners;
        this.told = told;
        this.clock = clock;
    }

    /**
     * Takes a step up: who is first has it, and it is not unanswered any more. The same a second time changes nothing.
     * Rejects: one that is not open.
     */
    public Optional<Seen> take(UUID id, Actor actor) {
        EscalationStep step = held(id, actor).orElse(null);
        if (step == null) {
            return Optional.empty();
        }
        if (step.state() == StepState.TAKEN && actor.by().equals(takerOf(id))) {
            return Optional.of(known.seen(step, actor));
        }
        openOrReject(step);
        Instant now = clock.instant();
        EscalationStep taken = step.taken();
        escalations.write(List.of(new Change(step, taken)), actor.by(), now);
        answers.add(new Answer(id, Answer.TAKEN, actor.by(), null, now));
        tellPlan("escalation-taken", taken, actor, now);
        known.log("escalation-taken", taken, changes(step, actor), actor);
        return Optional.of(known.seen(taken, actor));
    }

    /**
     * Declines a step. By its pair: it ends, and its rule is quiet for a while. By a partner: it stays open for the others;
     * when nobody is left of who was told, it asks for attention at once. The same a second time changes nothing.
     * Rejects: one that is not open.
     */
    public Optional<Seen> decline(UUID id, Actor actor, String reason) {
        EscalationStep step = held(id, actor).orElse(null);
        if (step == null) {
            return Optional.empty();
        }
        List<Answer> before = known.said(id);
        boolean isAgain = last(before, actor.by()).filter(Answer::isDecline).isPresent();
        if (isAgain && (step.state() == StepState.OPEN || step.state() == StepState.DECLINED)) {
            return Optional.of(known.seen(step, actor));
        }
        openOrReject(step);
        Instant now = clock.instant();
        answers.add(new Answer(id, Answer.DECLINED, actor.by(), reason, now));
        EscalationStep after = step;
        if (actor.partner() == null) {
            after = step.declined(now);
            escalations.write(List.of(new Change(step, after)), actor.by(), now);
            tellPlan("escalation-declined", after, actor, now);
        } else {
            escalations.tell(id, StepState.DECLINED.event(), actor.by(), now);
            tellPlan("escalation-declined-by-partner", after, actor, now);
            if (isNobodyLeft(id)) {
                steps.surface(id, now);
            }
        }
        known.log("escalation-declined", after, changes(step, actor), actor);
        return Optional.of(known.seen(after, actor));
    }

    /** These steps are past their time and nobody took them up: their history tells it. */
    public void unanswered(Collection<UUID> ids, Instant now) {
        ids.forEach(id -> escalations.tell(id, "unanswered", null, now));
    }

    /** The step, if the caller may know of it, held until the transaction ends: the household first, as everywhere. */
    private Optional<EscalationStep> held(UUID id, Actor actor) {
        return known.known(id, actor)
                .map(step -> {
                    match.hold(escalations.plan(step.planId()).householdId());
                    return steps.locked(id).orElseThrow();
                })
                .filter(step -> known.maySee(step, actor));
    }

    private static void openOrReject(EscalationStep step) {
        if (step.state() != StepState.OPEN) {
            throw Rejected.of(Problem.STATE_CONFLICT, "", "not-open");
        }
    }

    /** Whether every care provider outside that was told has declined. */
    private boolean isNobodyLeft(UUID id) {
        List<Answer> said = known.said(id);
        return partners.ids().stream()
                .filter(partner -> partners.get(partner).discipline() == Discipline.CARE)
                .filter(partner -> told.isTold(partner, id))
                .allMatch(partner -> last(said, Escalations.PARTNER + partner)
                        .filter(Answer::isDecline)
                        .isPresent());
    }

    private String takerOf(UUID id) {
        return known.said(id).stream()
                .filter(answer -> !answer.isDecline())
                .map(Answer::by)
                .findFirst()
                .orElse(null);
    }

    private static Optional<Answer> last(List<Answer> said, String by) {
        return said.stream().filter(answer -> answer.by().equals(by)).reduce((earlier, later) -> later);
    }

    /** The history of a plan is its seat's: what other pairs do with a step of theirs is not in it. */
    private void tellPlan(String kind, EscalationStep step, Actor actor, Instant now) {
        PlanRow plan = escalations.plan(step.planId());
        if (step.recipient().equals(new Recipient(plan.teamId(), Discipline.MUNICIPALITY))) {
            String detail =
                    Json.MAPPER.createObjectNode().put("level", step.level()).toString();
            events.add(List.of(new PlanEvent(
                    Identifier.next(), step.planId(), plan.epoch(), kind, step.id(), actor.by(), now, detail)));
        }
    }

    private static AccessedBy changes(EscalationStep step, Actor actor) {
        Recipient pair = step.recipient();
        if (actor.partner() == null) {
            return AccessedBy.changes(actor.user(), pair.clientId());
        }
        Discipline discipline = actor.partner().discipline();
        return AccessedBy.changes(
                actor.partner().id(),
                new Recipient(Recipient.RecipientKind.SUBSCRIBER, pair.teamId(), discipline, null, null).name());
    }
}
