package nl.wijkhub.casework;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.casework.PlanLook.Seen;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanEvent;
import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.sharing.DecisionContext;
import nl.wijkhub.sharing.PlanSharing;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.QueueItem;
import nl.wijkhub.team.QueueWorkStore;
import nl.wijkhub.team.SenderFeedback;

/**
 * What people do with a plan. The coordinator's seat, municipality in the team that has it, does all of it; a partner that
 * takes part ends its own tasks and says where it stands. Whoever may see nothing of it does not find it: {@link PlanLook}.
 * Everything runs in the caller's transaction, under the lock of the household and then of the plan.
 */
public final class PlanWork {
    /**
     * What is done.
     *
     * @param kind as the history tells it
     * @param partId what it is done to; null for the plan itself
     * @param detail what is said with it, as JSON; null for nothing
     * @param version the version it was decided on; null where that does not matter
     */
    public record PlanAction(String kind, UUID partId, String detail, String version) {}

    private final PlanLook look;
    private final PlanLifeStore plans;
    private final PlanEventStore events;
    private final HouseholdMatch match;
    private final PlanSharing sharing;
    private final QueueWorkStore items;
    private final HandoverStore handovers;
    private final SenderFeedback feedback;
    private final Clock clock;

    public PlanWork(
            PlanLook look, PlanStores stores, DecisionContext context, PlanSharing sharing, SenderFeedback feedback) {
        this.look = look;
        this.plans = stores.plans();
        this.events = stores.events();
        this.match = context.match();
        this.sharing = sharing;
        this.items = stores.items();
        this.handovers = stores.handovers();
        this.feedback = feedback;
        this.clock = context.clock();
    }

    public LocalDate today() {
        return look.today();
    }

    public Instant now() {
        return clock.instant();
    }

    /**
     * Does something to a plan at its seat.
     *
     * @return the plan as it is now
     */
    public Seen change(UUID id, Actor actor, PlanAction step, UnaryOperator<Plan> command) {
        Plan before = atVersion(id, actor, step);
        return done(before, command.apply(before), actor, step);
    }

    /** The plan, held, at its seat, as it was when the step was decided on. */
    private Plan atVersion(UUID id, Actor actor, PlanAction step) {
        Plan plan = atSeat(id, actor);
        boolean isStale = step.version() != null
                && !step.version().equals(look.toSeat(plan).version());
        if (isStale) {
            throw new Rejected(Problem.STALE_VERSION);
        }
        return plan;
    }

    /** Closes a plan; what its seat has in hand is done with it. Rejects: what nobody took up, a hand-over under way. */
    public Seen close(UUID id, Actor actor, PlanAction step, Plan.Outcome outcome) {
        Plan before = atVersion(id, actor, step);
        List<Fault> left = new ArrayList<>();
        List<QueueItem> open = items.openOfPlan(id);
        open.stream()
                .filter(item -> item.recipient().equals(before.seat()) && item.state() != QueueItem.ItemState.TAKEN_UP)
                .forEach(item -> left.add(Fault.of("/queueItems/" + item.id(), "item-waiting")));
        if (handovers.openOf(id).isPresent()) {
            left.add(Fault.of("", "handover-open"));
        }
        if (!left.isEmpty()) {
            left.addAll(before.left(outcome));
            throw new Rejected(Problem.STATE_CONFLICT, left);
        }
        open.stream()
                .filter(item -> item.state() == QueueItem.ItemState.TAKEN_UP)
                .forEach(item -> items.move(
                        item.id(), QueueItem.ItemState.DONE, null, "done", actor.user(), null, clock.instant()));
        return done(before, before.closes(outcome, clock.instant()), actor, step);
    }

    /**
     * Does something as a partner that takes part, or at the seat.
     *
     * @param mayPartner whether it is this partner's to do
     */
    public Optional<Seen> changeAsPartner(
            UUID id, Actor actor, PlanAction step, PartnerMay mayPartner, PartnerCommand command) {
        Plan plan = held(id);
        if (look.isAtSeat(plan, actor)) {
            return Optional.of(done(plan, command.apply(plan, plan.seat()), actor, step));
        }
        Participant self = PlanLook.partner(plan, actor)
                .filter(one -> mayPartner.may(plan, one))
                .filter(one -> sharing.look(
                                plan.householdId(), one.pair(), plan.agreedOn() != null, actor.user(), actor.trace())
                        .isPresent())
                .orElse(null);
        if (self == null) {
            return Optional.empty();
        }
        if (plan.state() != Plan.PlanState.ACTIVE) {
            // how the plan stands is not a partner's to know
            throw Rejected.of(Problem.STATE_CONFLICT, "", "not-now");
        }
        done(plan, command.apply(plan, self.pair()), actor, step);
        return look.see(id, actor);
    }

    /** Whether something is a partner's to do. */
    public interface PartnerMay {
        boolean may(Plan plan, Participant self);
    }

    /** What is done, by whom it is done. */
    public interface PartnerCommand {
        Plan apply(Plan plan, Recipient by);
    }

    /** The plan, held, for who sits at its seat. */
    Plan atSeat(UUID id, Actor actor) {
        Plan plan = held(id);
        if (!look.isAtSeat(plan, actor)) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return plan;
    }

    /** The plan, held until the transaction ends. */
    Plan held(UUID id) {
        match.hold(plans.householdOf(id).orElseThrow(() -> new Rejected(Problem.NOT_FOUND)));
        return plans.locked(id).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    /** Writes what was done, tells it in the history and logs it. */
    Seen done(Plan before, Plan after, Actor actor, PlanAction step) {
        plans.save(before, after);
        feedback.planMoved(before, after);
        events.add(List.of(new PlanEvent(
                Identifier.next(),
                after.id(),
                before.epoch(),
                step.kind(),
                step.partId(),
                actor.user(),
                clock.instant(),
                step.detail())));
        look.log(
                "plan-" + step.kind(),
                after,
                AccessedBy.changes(actor.user(), after.seat().clientId()),
                actor);
        return look.toSeat(after);
    }
}
