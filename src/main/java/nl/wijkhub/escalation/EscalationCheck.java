package nl.wijkhub.escalation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.escalation.EscalationPolicy.Change;
import nl.wijkhub.escalation.EscalationPolicy.Meanwhile;
import nl.wijkhub.escalation.EscalationPolicy.PlanAsSeen;
import nl.wijkhub.escalation.EscalationStep.StepState;
import nl.wijkhub.escalation.EscalationStore.PlanRow;
import nl.wijkhub.escalation.PlanFacts.Viewer;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.kernel.Database;

/**
 * What time does to the ladder: opens what something else was tried for long enough, ends what went quiet or rests on
 * nothing any more, raises what late agreements and unanswered hand-overs meet. Plans nothing stands about and nothing
 * is late in are left alone.
 */
public final class EscalationCheck {
    private static final int AT_ONCE = 100;

    /** How often whatever stands is looked at; what is due is looked at sooner, but no plan more often than this. */
    private static final Duration EVERY = Duration.ofHours(1);

    private static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final EscalationPolicy policy;
    private final EscalationStore escalations;
    private final SeenSignalStore seen;
    private final PlanFacts plans;
    private final HouseholdMatch match;
    private final EscalationOpening opening;
    private final Timeline timeline;
    private final Clock clock;

    public EscalationCheck(EscalationContext context, Database database, HouseholdMatch match) {
        this.database = database;
        this.policy = new EscalationPolicy(context.rules());
        this.escalations = context.escalations();
        this.seen = context.seen();
        this.plans = context.plans();
        this.match = match;
        this.opening = context.opening();
        this.timeline = context.timeline();
        this.clock = context.clock();
    }

    /** Each plan in a transaction of its own; one that fails ends the round, and does not come first in the next. */
    public void check() {
        Instant now = clock.instant();
        Instant since = now.minus(EVERY);
        Set<UUID> toLookAt = new LinkedHashSet<>(escalations.toLookAt(now, since, now.minus(AT_MOST_EVERY), AT_ONCE));
        toLookAt.addAll(plans.plansToLookAt(now, since, AT_ONCE));
        for (UUID plan : toLookAt) {
            escalations.looked(plan, now);
            database.inTransaction(() -> {
                lookAt(plan, now);
                return null;
            });
        }
    }

    /** The household is held first, as wherever a plan is worked on. */
    private void lookAt(UUID plan, Instant now) {
        UUID household = escalations.plan(plan).householdId();
        match.hold(household);
        PlanRow held = escalations.plan(plan);
        Map<Viewer, List<SeenSignal>> seenBy = seen.of(List.of(plan)).stream()
                .collect(Collectors.groupingBy(SeenSignal::viewer, LinkedHashMap::new, Collectors.toList()));
        Map<Viewer, List<EscalationStep>> stepsOf =
                escalations.steps(List.of(plan), now.minus(EscalationPolicy.DECLINED_FOR));
        Set<UUID> answered = escalations.answered(plan);
        Set<Viewer> viewers = new LinkedHashSet<>(seenBy.keySet());
        viewers.addAll(stepsOf.keySet());
        Map<Viewer, PlanFacts.Facts> facts = plans.of(viewers, now);
        List<Change> changes = new ArrayList<>();
        for (Viewer viewer : viewers) {
            PlanFacts.Facts known = facts.getOrDefault(viewer, PlanFacts.Facts.NONE);
            boolean isLate = known.lateAgreements() > 0 || known.unansweredHandovers() > 0;
            // what others see of the plan must not bring time to somebody of whom it asks nothing
            if (isLate || stepsOf.containsKey(viewer)) {
                List<SeenSignal> own = seenBy.getOrDefault(viewer, List.of());
                Ladder ladder = new Ladder(stepsOf.getOrDefault(viewer, List.of()));
                changes.addAll(changes(viewer, held, own, ladder, known, answered, now));
            }
        }
        escalations.write(changes, now);
        changes.forEach(change -> opening.begun(change, household));
        changes.forEach(change -> tell(change, now));
    }

    private List<Change> changes(
            Viewer viewer,
            PlanRow held,
            List<SeenSignal> own,
            Ladder ladder,
            PlanFacts.Facts plan,
            Set<UUID> answered,
            Instant now) {
        Tally tally = Tally.of(own, held.epoch(), now);
        long level = ladder.level(held.epoch());
        PlanAsSeen view = new PlanAsSeen(
                viewer,
                held.epoch(),
                tally.facts("", "", plan, level, now),
                ladder.steps(),
                own.isEmpty() ? null : own.get(own.size() - 1).signalId(),
                opening.hasCare(viewer.recipient().teamId()));
        if (held.closed()) {
            return EscalationPolicy.endOfLife(view, now);
        }
        if (own.isEmpty()) {
            return policy.onNothingSeen(view, now);
        }
        Map<UUID, EscalationFacts> saying = new LinkedHashMap<>();
        own.forEach(signal ->
                saying.put(signal.signalId(), tally.facts(signal.severity(), signal.category(), plan, level, now)));
        return policy.onTime(view, new Meanwhile(saying, answered), now);
    }

    private void tell(Change change, Instant now) {
        EscalationStep step = change.after();
        if (change.isOpening()) {
            timeline.passed(EscalationDecide.STAGE, step.signalId(), "escalated", now);
        } else if (change.isEvent() && step.state() == StepState.CLOSED) {
            timeline.count(EscalationDecide.STAGE, step.ending().code());
        }
    }
}
