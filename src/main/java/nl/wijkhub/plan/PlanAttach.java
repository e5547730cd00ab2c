package nl.wijkhub.plan;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.plan.PlanStore.Current;
import nl.wijkhub.plan.PlanStore.PlanSignalSeen;
import nl.wijkhub.plan.PlanStore.TakenBack;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.signal.CaseSignal;

/**
 * Stage 50: attaches each released signal to the one plan of its household: proposes that plan when there is none, wakes
 * it when it sleeps, opens it again when it was closed. A signal released to nobody opens and moves nothing.
 * In: decided signals, their households locked. Out: the same with their plan.
 */
public final class PlanAttach {
    public static final String STAGE = "plan-attach";

    private final PlanStore plans;
    private final PlanEventStore events;
    private final AreaAgenda agenda;
    private final Timeline timeline;
    private final Clock clock;

    public PlanAttach(PlanStore plans, PlanEventStore events, AreaAgenda agenda, Timeline timeline, Clock clock) {
        this.plans = plans;
        this.events = events;
        this.agenda = agenda;
        this.timeline = timeline;
        this.clock = clock;
    }

    public List<AttachedSignal> attach(List<DecidedSignal> batch) {
        // as the database keeps it: what is counted along is counted from it later
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<UUID, String> teamOfHousehold = new LinkedHashMap<>();
        for (DecidedSignal decided : batch) {
            if (belongsToPlan(decided)) {
                teamOfHousehold.putIfAbsent(
                        decided.matched().householdId(),
                        decided.released().get(0).recipient().teamId());
            }
        }
        Map<UUID, Current> before = plans.currentOf(teamOfHousehold.keySet());
        Map<UUID, Current> planOf = new HashMap<>(before);
        Map<UUID, String> withoutPlan = new LinkedHashMap<>(teamOfHousehold);
        withoutPlan.keySet().removeAll(before.keySet());
        planOf.putAll(plans.open(withoutPlan, now));
        Map<UUID, UUID> revivedBy = revive(batch, before, now);
        List<PlanSignalSeen> seen = new ArrayList<>();
        for (DecidedSignal decided : batch) {
            if (belongsToPlan(decided)) {
                Current plan = planOf.get(decided.matched().householdId());
                seen(plan.planId(), plan.epoch(), decided).forEach(seen::add);
            }
        }
        Set<UUID> known = plans.add(seen, now);
        List<AttachedSignal> attached = batch.stream()
                .map(d -> belongsToPlan(d)
                        ? attached(d, planOf, known.contains(d.signalId()) ? null : now)
                        : new AttachedSignal(d, null, 0, null))
                .toList();
        // last: what is locked here is locked by nobody who still wants a plan
        agenda.attach(batch);
        takeBack(batch.stream().flatMap(decided -> decided.recalled().stream()).toList());
        timeline.passed(attached.stream()
                .filter(a -> a.planId() != null)
                .map(a -> new Timeline.Entry(a.signalId(), STAGE, outcome(a, before, revivedBy), now))
                .toList());
        return attached;
    }

    private static AttachedSignal attached(DecidedSignal decided, Map<UUID, Current> planOf, Instant joinedAt) {
        Current plan = planOf.get(decided.matched().householdId());
        return new AttachedSignal(decided, plan.planId(), plan.epoch(), joinedAt);
    }

    private static String outcome(AttachedSignal attached, Map<UUID, Current> before, Map<UUID, UUID> revivedBy) {
        Current known = before.get(attached.decided().matched().householdId());
        if (known == null) {
            return "opened";
        }
        if (!attached.signalId().equals(revivedBy.get(known.planId()))) {
            return "appended";
        }
        return known.state() == Plan.PlanState.CLOSED ? "reopened" : "woken";
    }

    /**
     * A plan that sleeps wakes, and one that was closed is opened again, by a signal that the municipality's seat may see.
     * What only others see is theirs to tell: it joins the plan and moves nothing. Another seat that coordinates a plan
     * would learn of a signal by what the plan does: it wakes by what that seat may see too, and one that was closed begins
     * its next life with the municipality.
     *
     * @return plan → the signal that brought it back
     */
    private Map<UUID, UUID> revive(List<DecidedSignal> batch, Map<UUID, Current> before, Instant now) {
        Map<UUID, UUID> revivedBy = new LinkedHashMap<>();
        Map<UUID, Plan.PlanState> states = new LinkedHashMap<>();
        List<PlanEvent> steps = new ArrayList<>();
        for (DecidedSignal decided : batch) {
            Current plan = before.get(decided.matched().householdId());
            boolean isBack =
                    plan == null || plan.state() == Plan.PlanState.ACTIVE || plan.state() == Plan.PlanState.PROPOSED;
            if (!isBack
                    && isSeenBySeats(decided, plan)
                    && revivedBy.putIfAbsent(plan.planId(), decided.signalId()) == null) {
                boolean goesOn =
                        plan.hasCoordinator() && (plan.state() != Plan.PlanState.CLOSED || plan.isOfMunicipality());
                states.put(plan.planId(), goesOn ? Plan.PlanState.ACTIVE : Plan.PlanState.PROPOSED);
                String kind = plan.state() == Plan.PlanState.CLOSED ? PlanEvent.REOPENED : PlanEvent.WOKEN;
                steps.add(new PlanEvent(
                        Identifier.next(), plan.planId(), plan.epoch(), kind, decided.signalId(), null, now, null));
            }
        }
        plans.revive(states);
        events.add(steps);
        return revivedBy;
    }

    private static boolean isSeenBySeats(DecidedSignal decided, Current plan) {
        Recipient seat = new Recipient(plan.teamId(), Discipline.MUNICIPALITY);
        Set<Recipient> seen =
                decided.released().stream().map(Release::recipient).collect(Collectors.toSet());
        return seen.contains(seat) && (plan.state() == Plan.PlanState.CLOSED || seen.contains(plan.coordinating()));
    }

    /** What another team gets to see of the signals of a plan that is handed over to it; the caller's transaction. */
    public void passOn(UUID planId, List<DecidedSignal> decided, int epoch, Instant now) {
        plans.addUncounted(
                planId, decided.stream().flatMap(d -> seen(planId, epoch, d)).toList(), now);
    }

    /** What was recalled counts for nobody any more. */
    public void takeBack(List<Release> recalled) {
        agenda.takeBack(recalled);
        plans.takeBack(recalled.stream()
                .filter(release -> release.householdId() != null)
                .map(release -> new TakenBack(release.signalId(), release.householdId(), release.recipient()))
                .toList());
    }

    private static Stream<PlanSignalSeen> seen(UUID planId, int epoch, DecidedSignal decided) {
        Discipline sender = decided.matched().accepted().discipline();
        return decided.released().stream()
                .map(release -> new PlanSignalSeen(
                        planId,
                        decided.signalId(),
                        epoch,
                        release.recipient(),
                        release.decision().passes("senderDiscipline") ? sender : null,
                        children(decided.matched(), release.decision())));
    }

    /** How many children of a signal a recipient may see. */
    public static int children(MatchedSignal matched, Decision decision) {
        if (!decision.passes("persons.role") || matched.householdId() == null) {
            return 0;
        }
        List<CaseSignal.Person> persons =
                matched.accepted().signal().subject().household().persons();
        int children = 0;
        for (int i = 0; i < persons.size(); i++) {
            if ("child".equals(persons.get(i).role())
                    && decision.visiblePersons().contains(matched.personIds().get(i))) {
                children++;
            }
        }
        return children;
    }

    private static boolean belongsToPlan(DecidedSignal decided) {
        return decided.matched().householdId() != null && decided.isReleased();
    }
}
