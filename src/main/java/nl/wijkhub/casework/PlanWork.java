package nl.wijkhub.casework;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import nl.wijkhub.audit.Looker;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.ProcessingRecord;
import nl.wijkhub.escalation.EscalationView;
import nl.wijkhub.escalation.Escalations;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanEvent;
import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.plan.PlanPart.Goal;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanView;
import nl.wijkhub.sharing.ConsultationAdvice;
import nl.wijkhub.sharing.ConsultationView;
import nl.wijkhub.sharing.DecisionContext;
import nl.wijkhub.sharing.PlanSharing;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.sharing.SharingPolicy;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.QueueItem;
import nl.wijkhub.team.QueueWorkStore;
import nl.wijkhub.team.SenderFeedback;
import nl.wijkhub.team.Teams;
import nl.wijkhub.team.Versions;

/**
 * What people do with a plan. The coordinator's seat, municipality in the team that has it, does all of it; a partner that
 * takes part sees its own tasks, ends them and says where it stands. Whoever may see nothing of it does not find it.
 * Everything runs in the caller's transaction, under the lock of the household and then of the plan.
 */
public final class PlanWork {
    private static final int NEWEST_SIGNALS = 200;

    /**
     * Who does it.
     *
     * @param pairs as whom the user looks
     */
    public record Actor(String user, Collection<Recipient> pairs, Trace trace) {}

    /**
     * A plan as the actor may see it.
     *
     * @param version changes with every change of this view, and of nothing else
     */
    public record Seen(ObjectNode view, String version) {}

    /**
     * What is done.
     *
     * @param kind as the history tells it
     * @param partId what it is done to; null for the plan itself
     * @param detail what is said with it, as JSON; null for nothing
     * @param version the version it was decided on; null where that does not matter
     */
    public record Step(String kind, UUID partId, String detail, String version) {}

    private final PlanLifeStore plans;
    private final PlanEventStore events;
    private final HouseholdMatch match;
    private final PlanSharing sharing;
    private final SignalStore signals;
    private final ReleaseStore releases;
    private final QueueWorkStore items;
    private final HandoverStore handovers;
    private final Escalations escalations;
    private final ConsultationAdvice advice;
    private final SenderFeedback feedback;
    private final ProcessingLogStore processingLog;
    private final Teams teams;
    private final Clock clock;

    public PlanWork(
            PlanStores stores,
            DecisionContext context,
            PlanSharing sharing,
            Escalations escalations,
            ConsultationAdvice advice,
            SenderFeedback feedback,
            ProcessingLogStore processingLog,
            Teams teams) {
        this.plans = stores.plans();
        this.events = stores.events();
        this.match = context.match();
        this.sharing = sharing;
        this.signals = context.signals();
        this.releases = context.releases();
        this.items = stores.items();
        this.handovers = stores.handovers();
        this.escalations = escalations;
        this.advice = advice;
        this.feedback = feedback;
        this.processingLog = processingLog;
        this.teams = teams;
        this.clock = context.clock();
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), SharingPolicy.CALENDAR);
    }

    public Instant now() {
        return clock.instant();
    }

    /** The plan as the actor may see it; empty for nothing. Logged either way: a refusal is thrown after the commit. */
    public Optional<Seen> see(UUID id, Actor actor) {
        return look(id, actor)
                .map(looked -> seen(
                        looked.self() == null
                                ? atSeat(looked.plan())
                                : PlanView.ofPartner(
                                        looked.plan(),
                                        looked.self(),
                                        teams.contactOf(looked.plan().teamId()),
                                        looked.ground(),
                                        today())));
    }

    /**
     * A plan, and as what the actor sees it.
     *
     * @param self the partner the actor is; null at the seat
     * @param ground on which a partner sees it; null at the seat
     */
    public record Looked(Plan plan, Participant self, String ground) {}

    /** Looks a plan up; empty for whoever may see nothing of it. Logged either way. */
    public Optional<Looked> look(UUID id, Actor actor) {
        Plan plan = plans.find(id)
                .filter(one -> one.outcome() != Plan.Outcome.MERGED)
                .orElse(null);
        if (plan == null) {
            return Optional.empty();
        }
        if (isAtSeat(plan, actor)) {
            log("plan-read", plan, Looker.reads(actor.user(), plan.seat().clientId()), actor);
            return Optional.of(new Looked(asSeatKnows(plan), null, null));
        }
        return partner(plan, actor).flatMap(self -> sharing.look(
                        plan.householdId(), self.pair(), plan.agreedOn() != null, actor.user(), actor.trace())
                .map(ground -> new Looked(plan, self, ground)));
    }

    /** For its seat a plan began with the first it may know of it, and what was said in another team stays there. */
    private Plan asSeatKnows(Plan plan) {
        return plan.asKnownSince(
                plans.knownSince(plan.id(), plan.seat()).orElse(clock.instant()),
                plans.takenOverAt(plan.id()).orElse(null));
    }

    /** Every step of the plan, for the seat; logged. */
    public List<PlanEvent> history(UUID id, Actor actor) {
        Plan plan =
                plans.find(id).filter(one -> isAtSeat(one, actor)).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        log("plan-history-read", plan, Looker.reads(actor.user(), plan.seat().clientId()), actor);
        Instant since = plans.takenOverAt(id).orElse(Instant.EPOCH);
        // of what another team did the seat hears that it was done, and no more
        return events.of(id).stream()
                .map(event -> event.at().isBefore(since) ? event.withoutWords() : event)
                .toList();
    }

    /**
     * Does something to a plan at its seat.
     *
     * @return the plan as it is now
     */
    public Seen change(UUID id, Actor actor, Step step, UnaryOperator<Plan> command) {
        Plan before = atVersion(id, actor, step);
        return done(before, command.apply(before), actor, step);
    }

    /** The plan, held, at its seat, as it was when the step was decided on. */
    private Plan atVersion(UUID id, Actor actor, Step step) {
        Plan plan = atSeat(id, actor);
        boolean isStale = step.version() != null
                && !step.version().equals(seen(atSeat(asSeatKnows(plan))).version());
        if (isStale) {
            throw new Rejected(Problem.STALE_VERSION);
        }
        return plan;
    }

    /** Closes a plan; what its seat has in hand is done with it. Rejects: what nobody took up, a hand-over under way. */
    public Seen close(UUID id, Actor actor, Step step, Plan.Outcome outcome) {
        Plan before = atVersion(id, actor, step);
        List<Fault> left = new ArrayList<>();
        List<QueueItem> open = items.openOfPlan(id);
        open.stream()
                .filter(item -> item.recipient().equals(before.seat()) && item.state() != QueueItem.State.TAKEN_UP)
                .forEach(item -> left.add(new Fault(
                        "/queueItems/" + item.id(),
                        "item-waiting",
                        "Dit signaal heeft niemand opgepakt: doe dat eerst.")));
        if (handovers.openOf(id).isPresent()) {
            left.add(new Fault("", "handover-open", "Het plan wordt overgedragen: wacht op antwoord of trek dat in."));
        }
        if (!left.isEmpty()) {
            left.addAll(before.left(outcome));
            throw new Rejected(Problem.STATE_CONFLICT, left);
        }
        open.stream()
                .filter(item -> item.state() == QueueItem.State.TAKEN_UP)
                .forEach(item ->
                        items.move(item.id(), QueueItem.State.DONE, null, "done", actor.user(), null, clock.instant()));
        return done(before, before.closes(outcome, clock.instant()), actor, step);
    }

    /**
     * Does something as a partner that takes part, or at the seat.
     *
     * @param mayPartner whether it is this partner's to do
     */
    public Optional<Seen> changeAsPartner(
            UUID id, Actor actor, Step step, PartnerMay mayPartner, PartnerCommand command) {
        Plan plan = held(id);
        if (isAtSeat(plan, actor)) {
            return Optional.of(done(plan, command.apply(plan, plan.seat()), actor, step));
        }
        Participant self = partner(plan, actor)
                .filter(one -> mayPartner.may(plan, one))
                .filter(one -> sharing.look(
                                plan.householdId(), one.pair(), plan.agreedOn() != null, actor.user(), actor.trace())
                        .isPresent())
                .orElse(null);
        if (self == null) {
            return Optional.empty();
        }
        if (plan.state() != Plan.State.ACTIVE) {
            // how the plan stands is not a partner's to know
            throw Rejected.of(Problem.STATE_CONFLICT, "", "not-now", "Dit kan nu niet: bel de coördinator.");
        }
        done(plan, command.apply(plan, self.pair()), actor, step);
        return see(id, actor);
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
        if (!isAtSeat(plan, actor)) {
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
    Seen done(Plan before, Plan after, Actor actor, Step step) {
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
        log(
                "plan-" + step.kind(),
                after,
                Looker.changes(actor.user(), after.seat().clientId()),
                actor);
        return seen(atSeat(asSeatKnows(after)));
    }

    /** A plan nobody coordinates is known to its seat by what was released to it; one that is coordinated by being theirs. */
    boolean isAtSeat(Plan plan, Actor actor) {
        return actor.pairs().contains(plan.seat())
                && plan.outcome() != Plan.Outcome.MERGED
                && (plan.coordinator() != null || plans.isSeenBy(plan.id(), plan.seat()));
    }

    private static Optional<Participant> partner(Plan plan, Actor actor) {
        return actor.pairs().stream()
                .flatMap(pair -> plan.partner(pair).stream())
                .findFirst();
    }

    private ObjectNode atSeat(Plan plan) {
        List<UUID> known = plans.signalsOf(plan.id(), plan.seat(), NEWEST_SIGNALS);
        ObjectNode view = PlanView.ofSeat(plan, known, uncovered(plan, known), today());
        ArrayNode steps = view.putArray("escalations");
        escalations.ofPlan(plan.id(), plan.seat()).forEach(step -> steps.add(EscalationView.of(step)));
        ArrayNode asked = view.putArray("consultations");
        advice.asked(known, plan.teamId()).forEach(one -> asked.add(ConsultationView.ofSeat(one)));
        return view;
    }

    /** The life domains that what the seat may see names, and no open goal covers. */
    private Set<String> uncovered(Plan plan, List<UUID> known) {
        Map<UUID, List<String>> domains = new HashMap<>();
        for (AcceptedSignal accepted : signals.byIds(known)) {
            domains.put(accepted.id(), accepted.signal().lifeDomains());
        }
        Set<String> uncovered = new TreeSet<>();
        releases.lastOf(known, plan.seat()).stream()
                .filter(release -> release.decision().passes("lifeDomains"))
                .forEach(release -> uncovered.addAll(domains.getOrDefault(release.signalId(), List.of())));
        plan.goals().stream()
                .filter(goal -> goal.state() == Goal.State.OPEN)
                .forEach(goal -> uncovered.remove(goal.lifeDomain()));
        return uncovered;
    }

    private static Seen seen(ObjectNode view) {
        return new Seen(view, Versions.of(view.toString()));
    }

    private void log(String name, Plan plan, Looker by, Actor actor) {
        Instant now = clock.instant();
        processingLog.insert(List.of(
                new ProcessingRecord(actor.trace(), name, now, now, null, plan.householdId(), "household", by)));
    }
}
