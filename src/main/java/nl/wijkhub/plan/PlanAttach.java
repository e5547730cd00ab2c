package nl.wijkhub.plan;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.plan.PlanStore.PlanSignal;
import nl.wijkhub.plan.PlanStore.TakenBack;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.sharing.Release;

/**
 * Stage 50: attaches each released signal to the one active plan of its household, and opens that plan when there is
 * none. A signal released to nobody opens and moves nothing.
 * In: decided signals, their households locked. Out: the same with their plan.
 */
public final class PlanAttach {
    public static final String STAGE = "plan-attach";

    private final PlanStore plans;
    private final Timeline timeline;
    private final Clock clock;

    public PlanAttach(PlanStore plans, Timeline timeline, Clock clock) {
        this.plans = plans;
        this.timeline = timeline;
        this.clock = clock;
    }

    public List<AttachedSignal> attach(List<DecidedSignal> batch) {
        Instant now = clock.instant();
        Map<UUID, String> teamOfHousehold = new LinkedHashMap<>();
        for (DecidedSignal decided : batch) {
            if (belongsToPlan(decided)) {
                teamOfHousehold.putIfAbsent(
                        decided.matched().householdId(),
                        decided.released().get(0).recipient().teamId());
            }
        }
        Map<UUID, UUID> before = plans.activeOf(teamOfHousehold.keySet());
        Map<UUID, UUID> planOf = new HashMap<>(before);
        Map<UUID, String> withoutPlan = new LinkedHashMap<>(teamOfHousehold);
        withoutPlan.keySet().removeAll(before.keySet());
        planOf.putAll(plans.open(withoutPlan, now));
        List<AttachedSignal> attached = batch.stream()
                .map(d -> new AttachedSignal(
                        d, belongsToPlan(d) ? planOf.get(d.matched().householdId()) : null))
                .toList();
        plans.add(
                attached.stream()
                        .filter(a -> a.planId() != null)
                        .map(a -> new PlanSignal(a.planId(), a.signalId(), seen(a.decided())))
                        .toList(),
                now);
        takeBack(batch.stream().flatMap(decided -> decided.recalled().stream()).toList());
        timeline.passed(attached.stream()
                .filter(a -> a.planId() != null)
                .map(a -> new Timeline.Entry(
                        a.signalId(),
                        STAGE,
                        before.containsKey(a.decided().matched().householdId()) ? "appended" : "opened",
                        now))
                .toList());
        return attached;
    }

    /** What was recalled counts for nobody any more. */
    public void takeBack(List<Release> recalled) {
        plans.takeBack(recalled.stream()
                .filter(release -> release.householdId() != null)
                .map(release -> new TakenBack(release.signalId(), release.householdId(), release.recipient()))
                .toList());
    }

    private static List<String> seen(DecidedSignal decided) {
        String sender = decided.matched().accepted().discipline().name();
        return decided.released().stream()
                .map(release -> PlanStore.seenBy(release.recipient())
                        + (release.decision().passes("senderDiscipline") ? sender : ""))
                .toList();
    }

    private static boolean belongsToPlan(DecidedSignal decided) {
        return decided.matched().householdId() != null && !decided.released().isEmpty();
    }
}
