package nl.wijkhub.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.escalation.EscalationPolicy.Change;
import nl.wijkhub.escalation.EscalationPolicy.PlanAsSeen;
import nl.wijkhub.escalation.EscalationStep.Ending;
import nl.wijkhub.escalation.EscalationStore.PlanRow;
import nl.wijkhub.escalation.PlanFacts.Viewer;
import nl.wijkhub.sharing.Recipient;

/**
 * What becomes of the ladder when a plan goes to another team: the steps of the team that gives it end, and each goes on
 * at the seat of the same organisation in the team that takes it, as far as a rule holds for what that pair sees. Somebody there has to
 * take it up anew.
 */
public final class EscalationHandover {
    private final EscalationPolicy policy;
    private final EscalationStore escalations;
    private final SeenSignalStore seen;
    private final PlanFacts plans;
    private final EscalationOpening opening;
    private final Timeline timeline;
    private final Clock clock;

    public EscalationHandover(EscalationContext context) {
        this.policy = new EscalationPolicy(context.rules());
        this.escalations = context.escalations();
        this.seen = context.seen();
        this.plans = context.plans();
        this.opening = context.opening();
        this.timeline = context.timeline();
        this.clock = context.clock();
    }

    /**
     * In the transaction of the hand-over, once its releases are made, its household held.
     *
     * @param to the seats of the team that takes the plan
     * @param counterparts the seat there that a seat goes on at, if there is one
     */
    public void handOver(
            UUID planId, String fromTeam, List<Recipient> to, Function<Recipient, Optional<Recipient>> counterparts) {
        Instant now = clock.instant();
        PlanRow plan = escalations.plan(planId);
        Map<Viewer, List<EscalationStep>> steps =
                escalations.steps(List.of(planId), now.minus(EscalationPolicy.DECLINED_FOR));
        List<EscalationStep> stood = steps.values().stream()
                .flatMap(List::stream)
                .filter(step -> step.recipient().teamId().equals(fromTeam)
                        && step.state().stands())
                .toList();
        if (stood.isEmpty()) {
            return;
        }
        List<Change> changes = new ArrayList<>();
        stood.forEach(step -> changes.add(new Change(step, step.closed(Ending.HANDED_OVER, now))));
        Map<Viewer, List<SeenSignal>> seenBy =
                seen.of(List.of(planId)).stream().collect(Collectors.groupingBy(SeenSignal::viewer));
        for (Recipient pair : to) {
            Viewer viewer = new Viewer(planId, pair);
            List<EscalationStep> before = stood.stream()
                    .filter(step -> step.epoch() == plan.epoch()
                            && counterparts
                                    .apply(step.recipient())
                                    .filter(pair::equals)
                                    .isPresent())
                    .toList();
            changes.addAll(goOn(
                    viewer,
                    plan.epoch(),
                    before,
                    seenBy.getOrDefault(viewer, List.of()),
                    steps.getOrDefault(viewer, List.of()),
                    now));
        }
        escalations.write(changes, now);
        changes.forEach(change -> opening.begun(change, plan.householdId()));
        changes.forEach(change -> tell(change, now));
    }

    private List<Change> goOn(
            Viewer viewer,
            int epoch,
            List<EscalationStep> stood,
            List<SeenSignal> own,
            List<EscalationStep> steps,
            Instant now) {
        if (stood.isEmpty() || own.isEmpty()) {
            return List.of();
        }
        PlanFacts.Facts known = plans.of(List.of(viewer), now).getOrDefault(viewer, PlanFacts.Facts.NONE);
        Tally tally = Tally.of(own, epoch, now);
        PlanAsSeen view = new PlanAsSeen(
                viewer,
                epoch,
                tally.facts("", "", known, 0, now),
                steps,
                own.get(own.size() - 1).signalId(),
                opening.hasCare(viewer.recipient().teamId()));
        return policy.onHandover(
                view,
                stood,
                level -> {
                    Map<UUID, EscalationFacts> saying = new LinkedHashMap<>();
                    own.forEach(signal -> saying.put(
                            signal.signalId(), tally.facts(signal.severity(), signal.category(), known, level, now)));
                    return saying;
                },
                now);
    }

    private void tell(Change change, Instant now) {
        if (change.isOpening()) {
            timeline.passed(EscalationDecide.STAGE, change.after().signalId(), "escalated", now);
        } else if (change.after().ending() == Ending.HANDED_OVER) {
            timeline.count(EscalationDecide.STAGE, Ending.HANDED_OVER.code());
        }
    }
}
