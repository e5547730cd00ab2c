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
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.QueueItem;
import nl.wijkhub.team.QueueWorkStore;
import nl.wijkhub.team.SenderFeedback;

/**
 * What people do with a plan. The municipality's seat in the team that has it does all of it; another seat that coordinates
 * it all but what is the team's: handing it over. A partner that takes part ends its own tasks and says where it stands. Whoever may see nothing of it does not find it: {@link PlanLook}.
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
    private final QueueWorkStore items;
    private final HandoverStore handovers;
    private final SenderFeedback feedback;
    private final Clock clock;

    public PlanWork(PlanLook look, PlanStores stores, DecisionContext context, SenderFeedback feedback) {
        this.look = look;
        this.plans = stores.plans();
        this.events = stores.events();
        this.match = context.match();
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

    /** A plan that is held, and the seat from which the actor works on it. */
    private record Held(Plan plan, Recipient seat) {}

    /**
     * Does something to a plan at one of its seats.
     *
     * @return the plan as it is now; a seat that does not work on it any more sees what it made of it this once
     */
    public Seen change(UUID id, Actor actor, PlanAction step, UnaryOperator<Plan> command) {
        Held held = atVersion(id, actor, step);
        return done(held.plan(), command.apply(held.plan()), held.seat(), actor, step);
    }

    /** The plan, held, at a seat, as it was when the step was decided on. */
    private Held atVersion(UUID id, Actor actor, PlanAction step) {
        Held held = atSeat(id, actor);
        boolean isStale = step.version() != null
                && !step.version().equals(look.toSeat(held.plan(), held.seat()).version());
        if (isStale) {
            throw new Rejected(Problem.STALE_VERSION);
        }
        return held;
    }

    /**
     * Closes a plan; what is in hand is done with it. Rejects: what nobody of the seat took up, a hand-over under way. A seat
     * that is not the municipality's ends what it has in hand itself: of what others have it may not even hear.
     */
    public Seen close(UUID id, Actor actor, PlanAction step, Plan.Outcome outcome) {
        Held held = atVersion(id, actor, step);
        Plan before = held.plan();
        List<Fault> left = new ArrayList<>();
        List<QueueItem> open = items.openOfPlan(id).stream()
                .filter(item ->
                        held.seat().equals(before.seat()) || item.recipient().equals(held.seat()))
                .toList();
        open.stream()
                .filter(item -> item.recipient().equals(held.seat()) && item.state() != QueueItem.ItemState.TAKEN_UP)
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
        return done(before, before.closes(outcome, clock.instant()), held.seat(), actor, step);
    }

    /**
     * Does something as a partner that takes part, or at a seat.
     *
     * @param mayPartner whether it is this partner's to do
     */
    public Optional<Seen> changeAsPartner(
            UUID id, Actor actor, PlanAction step, PartnerMay mayPartner, PartnerCommand command) {
        Plan plan = held(id);
        Recipient seat = look.seatOf(plan, actor).orElse(null);
        if (seat != null) {
            return Optional.of(done(plan, command.apply(plan, seat), seat, actor, step));
        }
        Participant self = PlanLook.partner(plan, actor)
                .filter(one -> mayPartner.may(plan, one))
                .filter(one -> look.ground(plan, one, actor).isPresent())
                .orElse(null);
        if (self == null) {
            return Optional.empty();
        }
        if (plan.state() != Plan.PlanState.ACTIVE) {
            // how the plan stands is not a partner's to know
            throw Rejected.of(Problem.STATE_CONFLICT, "", "not-now");
        }
        write(plan, command.apply(plan, self.pair()), self.pair(), actor, step);
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

    private Held atSeat(UUID id, Actor actor) {
        Plan plan = held(id);
        return look.seatOf(plan, actor)
                .map(seat -> new Held(plan, seat))
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    /** The plan, held, for who sits at the municipality's seat. Rejects: another seat that coordinates it. */
    Plan atMunicipality(UUID id, Actor actor) {
        Held held = atSeat(id, actor);
        if (!held.seat().equals(held.plan().seat())) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return held.plan();
    }

    /** The plan, held until the transaction ends. */
    Plan held(UUID id) {
        match.hold(plans.householdOf(id).orElseThrow(() -> new Rejected(Problem.NOT_FOUND)));
        return plans.locked(id).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private Seen done(Plan before, Plan after, Recipient seat, Actor actor, PlanAction step) {
        write(before, after, seat, actor, step);
        return look.toSeat(after, seat);
    }

    /**
     * Writes what was done, tells it in the history and logs it.
     *
     * @param by as whom the actor did it
     */
    void write(Plan before, Plan after, Recipient by, Actor actor, PlanAction step) {
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
        look.log("plan-" + step.kind(), after, AccessedBy.changes(actor.user(), by.clientId()), actor);
    }
}
