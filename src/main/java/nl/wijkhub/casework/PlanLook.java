package nl.wijkhub.casework;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.ProcessingRecord;
import nl.wijkhub.escalation.EscalationView;
import nl.wijkhub.escalation.Escalations;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Page;
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
import nl.wijkhub.sharing.DecisionContext;
import nl.wijkhub.sharing.PlanSharing;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.sharing.SharingPolicy;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.Teams;
import nl.wijkhub.team.Versions;

/**
 * Shows a plan. The seats that work on it see all of it, each with those signals that were released to itself; a partner
 * that takes part sees its own tasks and the ground on which it sees them; whoever may see nothing of it does not find it.
 * Every look is logged. Everything runs in the caller's transaction.
 */
public final class PlanLook {
    private static final int NEWEST_SIGNALS = 200;
    private static final Set<Plan.PlanState> OPEN = EnumSet.complementOf(EnumSet.of(Plan.PlanState.CLOSED));

    /**
     * Somebody who looks at a plan, or does something to it.
     *
     * @param pairs as whom the user looks
     */
    public record Actor(String user, Collection<Recipient> pairs, Trace trace) {}

    /**
     * What there is around a plan.
     *
     * @param signals of the plan that the seat may know of, the newest first
     * @param uncovered life domains those signals name and no open goal covers
     * @param consultations without what was advised
     */
    public record Around(
            List<UUID> signals,
            List<String> uncovered,
            List<EscalationView> escalations,
            List<ConsultationAdvice.Heard> consultations) {
        static final Around NOTHING = new Around(List.of(), List.of(), List.of(), List.of());
    }

    /**
     * A plan as the actor may see it.
     *
     * @param seat from which the actor works on it; null to a partner
     * @param around nothing to a partner
     * @param version changes with every change of what is seen, and of nothing else
     */
    public record Seen(PlanView plan, Recipient seat, Around around, String version) {
        private static Seen of(PlanView plan, Recipient seat, Around around) {
            return new Seen(plan, seat, around, Versions.of(Json.write(List.of(plan, around))));
        }
    }

    /** A plan, and the seat as which it is seen. */
    public record Viewed(PlanView plan, Recipient viewer) {}

    /**
     * A plan, and as what the actor sees it.
     *
     * @param seat from which the actor works on it; null to a partner
     * @param self the partner the actor is; null at a seat
     * @param ground on which a partner sees it; null at a seat
     */
    private record Looked(Plan plan, Recipient seat, Participant self, String ground) {}

    private final PlanLifeStore plans;
    private final PlanEventStore events;
    private final PlanSharing sharing;
    private final SignalStore signals;
    private final ReleaseStore releases;
    private final Escalations escalations;
    private final ConsultationAdvice advice;
    private final ProcessingLogStore processingLog;
    private final Teams teams;
    private final Clock clock;

    public PlanLook(
            PlanStores stores,
            DecisionContext context,
            PlanSharing sharing,
            Escalations escalations,
            ConsultationAdvice advice,
            ProcessingLogStore processingLog,
            Teams teams) {
        this.plans = stores.plans();
        this.events = stores.events();
        this.sharing = sharing;
        this.signals = context.signals();
        this.releases = context.releases();
        this.escalations = escalations;
        this.advice = advice;
        this.processingLog = processingLog;
        this.teams = teams;
        this.clock = context.clock();
    }

    public LocalDate today() {
        return SharingPolicy.today(clock);
    }

    public Instant now() {
        return clock.instant();
    }

    /** The plan as the actor may see it; empty for nothing. Logged either way: a refusal is thrown after the commit. */
    public Optional<Seen> see(UUID id, Actor actor) {
        return find(id, actor)
                .map(looked -> looked.self() == null
                        ? atSeat(looked.plan(), looked.seat())
                        : Seen.of(toPartner(looked), null, Around.NOTHING));
    }

    /** The same, without what there is around it. */
    public Optional<Viewed> look(UUID id, Actor actor) {
        return find(id, actor)
                .map(looked -> looked.self() == null
                        ? new Viewed(PlanView.ofSeat(looked.plan(), today()), looked.seat())
                        : new Viewed(toPartner(looked), looked.self().pair()));
    }

    private PlanView toPartner(Looked looked) {
        Plan plan = looked.plan();
        return PlanView.ofPartner(plan, looked.self(), teams.contactOf(plan.teamId()), looked.ground(), today());
    }

    /** Looks a plan up; empty for whoever may see nothing of it. Logged either way. */
    private Optional<Looked> find(UUID id, Actor actor) {
        Plan plan = plans.find(id)
                .filter(one -> one.outcome() != Plan.Outcome.MERGED)
                .orElse(null);
        if (plan == null) {
            return Optional.empty();
        }
        Recipient seat = seatOf(plan, actor).orElse(null);
        if (seat != null) {
            log("plan-read", plan, AccessedBy.reads(actor.user(), seat.clientId()), actor);
            return Optional.of(new Looked(asKnownTo(seat, plan), seat, null, null));
        }
        return partner(plan, actor)
                .flatMap(self -> ground(plan, self, actor).map(ground -> new Looked(plan, null, self, ground)));
    }

    /** On what ground a partner sees the plan; empty for none. Logged either way. */
    Optional<String> ground(Plan plan, Participant self, Actor actor) {
        return sharing.look(
                new PlanSharing.Told(plan.householdId(), plan.coordinatingSeat().discipline(), plan.agreedOn() != null),
                self.pair(),
                actor.user(),
                actor.trace());
    }

    /**
     * The plans of a seat, a page.
     *
     * @param state null for all that are open
     * @param after the last of the page before; null for the first page
     */
    public Page<PlanLifeStore.Listed> ofSeat(Recipient seat, Plan.PlanState state, UUID after, int size) {
        return Page.of(
                plans.ofTeam(seat, state == null ? OPEN : Set.of(state), after, size + 1),
                size,
                PlanLifeStore.Listed::id);
    }

    /** The plan as one of its seats sees it now. */
    Seen toSeat(Plan plan, Recipient seat) {
        return atSeat(asKnownTo(seat, plan), seat);
    }

    /** For a seat a plan began with the first it may know of it, and what was said in another team stays there. */
    private Plan asKnownTo(Recipient seat, Plan plan) {
        return plan.asKnownTo(
                seat,
                plans.knownSince(plan.id(), seat).orElse(clock.instant()),
                plans.takenOverAt(plan.id()).orElse(null));
    }

    /**
     * The steps of the plan, for a seat that works on it; logged. The municipality's sees every step. Steps that come by
     * themselves, and what the municipality did about signals, hand-overs and the ladder, rest on signals that another seat
     * may not know of: it sees what it did itself, and what was done to the parts that the plan shows it anyway.
     */
    public List<PlanEvent> history(UUID id, Actor actor) {
        Plan plan = plans.find(id).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        Recipient seat = seatOf(plan, actor).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        log("plan-history-read", plan, AccessedBy.reads(actor.user(), seat.clientId()), actor);
        Instant since = plans.takenOverAt(id).orElse(Instant.EPOCH);
        Set<String> colleagues = teams.at(seat);
        // of what another team did the seat hears that it was done, and no more
        return events.of(id).stream()
                .filter(event -> seat.equals(plan.seat()) || event.isOfParts() || colleagues.contains(event.user()))
                // what was scored shows another seat than the municipality's in bands alone, and not in its history
                .map(event -> event.at().isBefore(since) || (event.isOfScores() && !seat.equals(plan.seat()))
                        ? event.withoutWords()
                        : event)
                .toList();
    }

    /**
     * The seat from which the actor works on a plan; empty for whoever does not. A plan nobody coordinates is known to the
     * municipality by what was released to it; one that is coordinated by being theirs.
     */
    Optional<Recipient> seatOf(Plan plan, Actor actor) {
        return plan.outcome() == Plan.Outcome.MERGED
                ? Optional.empty()
                : plan.seats().stream()
                        .filter(seat -> actor.pairs().contains(seat))
                        .filter(seat -> plan.coordinator() != null || plans.isSeenBy(plan.id(), seat))
                        .findFirst();
    }

    static Optional<Participant> partner(Plan plan, Actor actor) {
        return actor.pairs().stream()
                .flatMap(pair -> plan.partner(pair).stream())
                .findFirst();
    }

    private Seen atSeat(Plan plan, Recipient seat) {
        List<UUID> known = plans.signalsOf(plan.id(), seat, NEWEST_SIGNALS);
        return Seen.of(
                PlanView.ofSeat(plan, today()),
                seat,
                new Around(
                        known,
                        List.copyOf(uncovered(plan, known, seat)),
                        escalations.ofPlan(plan.id(), seat).stream()
                                .map(EscalationView::of)
                                .toList(),
                        advice.asked(known, seat)));
    }

    /** The life domains that what the seat may see names, and no open goal covers; sorted. */
    private Set<String> uncovered(Plan plan, List<UUID> known, Recipient seat) {
        Map<UUID, List<String>> domains = new HashMap<>();
        for (AcceptedSignal accepted : signals.byIds(known)) {
            domains.put(accepted.id(), accepted.signal().lifeDomains());
        }
        Set<String> uncovered = new TreeSet<>();
        releases.lastOf(known, seat).stream()
                .filter(release -> release.decision().passes("lifeDomains"))
                .forEach(release -> uncovered.addAll(domains.getOrDefault(release.signalId(), List.of())));
        plan.goals().stream()
                .filter(goal -> goal.state() == Goal.GoalState.OPEN)
                .forEach(goal -> uncovered.remove(goal.lifeDomain()));
        return uncovered;
    }

    void log(String name, Plan plan, AccessedBy by, Actor actor) {
        Instant now = clock.instant();
        processingLog.insert(List.of(
                new ProcessingRecord(actor.trace(), name, now, now, null, plan.householdId(), "household", by)));
    }
}
