package nl.wijkhub.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.escalation.EscalationPolicy.Change;
import nl.wijkhub.escalation.EscalationPolicy.PlanAsSeen;
import nl.wijkhub.escalation.PlanFacts.Viewer;
import nl.wijkhub.plan.AttachedSignal;
import nl.wijkhub.plan.PlanAttach;
import nl.wijkhub.plan.PlanTallyStore;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.sharing.Release;

/**
 * Stage 60: decides, per recipient and from what that recipient may see, whether a plan goes a step up the ladder.
 * In: signals attached to their plan. Out: the same with the level each recipient saw.
 * One step stands per plan, recipient and level: a storm of signals is one step. What time does to it is in
 * {@link EscalationCheck}.
 */
public final class EscalationDecide {
    public static final String STAGE = "escalation-decide";

    /** One recipient of one plan along a batch. */
    private record Sight(Ladder ladder, Tally tally, PlanFacts.Facts plan) {}

    private final EscalationRules rules;
    private final EscalationStore escalations;
    private final SeenSignalStore seen;
    private final PlanTallyStore kept;
    private final PlanFacts plans;
    private final EscalationOpening opening;
    private final Timeline timeline;
    private final Clock clock;

    public EscalationDecide(EscalationContext context) {
        this.rules = context.rules();
        this.escalations = context.escalations();
        this.seen = context.seen();
        this.kept = context.tallies();
        this.plans = context.plans();
        this.opening = context.opening();
        this.timeline = context.timeline();
        this.clock = context.clock();
    }

    public List<EscalatedSignal> decide(List<AttachedSignal> batch) {
        Instant now = clock.instant();
        // along a batch the same is asked again and again
        EscalationPolicy policy = new EscalationPolicy(rules.remembering());
        PlanTallies tallies = new PlanTallies(batch, seen, kept, now.minus(Tally.WINDOW));
        Map<Viewer, Sight> sights = sights(batch, tallies, now);
        Map<UUID, UUID> householdOf = new HashMap<>();
        List<EscalatedSignal> escalated = new ArrayList<>();
        for (AttachedSignal attached : batch) {
            Map<UUID, Integer> levels = new HashMap<>();
            if (attached.planId() != null) {
                householdOf.put(attached.planId(), attached.decided().matched().householdId());
                for (Release release : attached.decided().released()) {
                    Sight sight = sights.get(viewer(attached, release));
                    for (Change change : changes(policy, attached, release, sight, now)) {
                        if (change.after().state().isUp()) {
                            levels.merge(release.id(), change.after().level(), Math::max);
                        }
                    }
                }
            }
            escalated.add(new EscalatedSignal(attached, levels));
        }
        List<Change> changes = sights.values().stream()
                .flatMap(sight -> sight.ladder().changes().stream())
                .toList();
        tallies.keep();
        escalations.write(changes, now);
        changes.forEach(
                change -> opening.begun(change, householdOf.get(change.after().planId())));
        timeline.passed(escalated.stream()
                .filter(e -> !e.levels().isEmpty())
                .map(e -> new Timeline.Entry(e.signalId(), STAGE, "escalated", now))
                .toList());
        return escalated;
    }

    /** What each recipient of the batch knew of its plan before it. */
    private Map<Viewer, Sight> sights(List<AttachedSignal> batch, PlanTallies tallies, Instant now) {
        Set<Viewer> viewers = new HashSet<>();
        for (AttachedSignal attached : batch) {
            if (attached.planId() != null) {
                attached.decided().released().forEach(release -> viewers.add(viewer(attached, release)));
            }
        }
        Map<Viewer, Sight> sights = new LinkedHashMap<>();
        if (viewers.isEmpty()) {
            return sights;
        }
        Map<Viewer, List<EscalationStep>> steps =
                escalations.steps(tallies.plans(), now.minus(EscalationPolicy.DECLINED_FOR));
        Map<Viewer, PlanFacts.Facts> facts = plans.of(viewers, now);
        for (Viewer viewer : viewers) {
            sights.put(
                    viewer,
                    new Sight(
                            new Ladder(steps.getOrDefault(viewer, List.of())),
                            tallies.of(viewer),
                            facts.getOrDefault(viewer, PlanFacts.Facts.NONE)));
        }
        return sights;
    }

    private List<Change> changes(
            EscalationPolicy policy, AttachedSignal attached, Release release, Sight sight, Instant now) {
        var accepted = attached.decided().matched().accepted();
        Decision decision = release.decision();
        String category = decision.categoryOf(accepted.signal());
        sight.tally()
                .add(
                        decision.passes("senderDiscipline") ? accepted.discipline() : null,
                        PlanAttach.children(attached.decided().matched(), decision),
                        attached.joinedAt() == null ? now : attached.joinedAt());
        EscalationFacts facts = sight.tally()
                .facts(
                        decision.passes("severity")
                                ? accepted.signal().severity().code()
                                : "",
                        category == null ? "" : category,
                        sight.plan(),
                        sight.ladder().level(attached.epoch()),
                        now);
        PlanAsSeen view = new PlanAsSeen(
                viewer(attached, release),
                attached.epoch(),
                facts,
                sight.ladder().steps(),
                attached.signalId(),
                opening.hasCare(release.recipient().teamId()));
        List<Change> changes = policy.onSignal(view, now);
        sight.ladder().change(changes);
        return changes;
    }

    private static Viewer viewer(AttachedSignal attached, Release release) {
        return new Viewer(attached.planId(), release.recipient());
    }
}
