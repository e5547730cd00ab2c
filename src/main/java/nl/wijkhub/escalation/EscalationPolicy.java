package nl.wijkhub.escalation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import nl.wijkhub.escalation.EscalationRules.First;
import nl.wijkhub.escalation.EscalationRules.Rule;
import nl.wijkhub.escalation.EscalationStep.Ending;
import nl.wijkhub.escalation.EscalationStep.StepState;
import nl.wijkhub.kernel.Identifier;

/**
 * What the rules make of what one recipient sees of one plan: pure. One step stands per level; what matches again adds
 * none. What is acute waits for nothing that is tried first.
 */
final class EscalationPolicy {
    /** How long a declined step keeps its rule from raising another. */
    static final Duration DECLINED_FOR = Duration.ofDays(30);

    /**
     * @param before null for a new step
     */
    record Change(EscalationStep before, EscalationStep after) {
        /** Whether it became something else, which its history tells. */
        boolean isEvent() {
            return before == null || before.state() != after.state();
        }

        boolean isOpening() {
            return isEvent() && after.state() == StepState.OPEN;
        }
    }

    /**
     * What one recipient sees of one plan at one moment.
     *
     * @param epoch the life the plan is in
     * @param steps those that stand, and those that were declined not long ago
     * @param signalId the signal that asks; when time asks, the last one the recipient saw
     * @param hasCare whether the recipient's team has a care professional to consult
     */
    record PlanAsSeen(
            PlanFacts.Viewer viewer,
            int epoch,
            EscalationFacts facts,
            List<EscalationStep> steps,
            UUID signalId,
            boolean hasCare) {
        List<EscalationStep> standing() {
            return steps.stream()
                    .filter(step -> step.state().stands() && step.epoch() == epoch)
                    .toList();
        }

        Optional<EscalationStep> standing(int level) {
            return standing().stream().filter(step -> step.level() == level).findFirst();
        }
    }

    /**
     * What happened to the steps that stand.
     *
     * @param saying what each signal that the recipient still sees would say now, oldest first
     * @param answered ids of the steps about which care has answered
     */
    record Meanwhile(Map<UUID, EscalationFacts> saying, Set<UUID> answered) {}

    private final EscalationRules rules;

    EscalationPolicy(EscalationRules rules) {
        this.rules = rules;
    }

    /** A signal came: a change for each level that it meets. */
    List<Change> onSignal(PlanAsSeen view, Instant now) {
        List<Change> changes = new ArrayList<>(endOfLife(view, now));
        for (Rule rule : matching(view, now)) {
            changes.add(view.standing(rule.level())
                    .map(step -> new Change(step, met(step, rule, view, now)))
                    .orElseGet(() -> new Change(null, raised(rule, view, now))));
        }
        return changes;
    }

    private static EscalationStep met(EscalationStep step, Rule rule, PlanAsSeen view, Instant now) {
        if (!step.state().isTriedFirst()) {
            return step.held(view.signalId(), now);
        }
        return begins(rule, view) == StepState.OPEN
                ? step.opened(rule, view.signalId(), now)
                : step.again(view.signalId(), now);
    }

    /** Time passed: what was tried long enough opens or ends, what went quiet ends, what time meets is raised. */
    List<Change> onTime(PlanAsSeen view, Meanwhile meanwhile, Instant now) {
        List<Change> changes = new ArrayList<>(endOfLife(view, now));
        Map<Integer, Rule> met = new TreeMap<>();
        matching(view, now).forEach(rule -> met.put(rule.level(), rule));
        for (EscalationStep step : view.standing()) {
            Rule rule = met.remove(step.level());
            EscalationStep after = step.state().isTriedFirst()
                    ? tried(step, rule, view, meanwhile, now)
                    : open(step, rule, view, meanwhile, now);
            if (!after.equals(step)) {
                changes.add(new Change(step, after));
            }
        }
        met.values().forEach(rule -> changes.add(new Change(null, raised(rule, view, now))));
        return changes;
    }

    /** The recipient may see nothing of the plan any more. */
    List<Change> onNothingSeen(PlanAsSeen view, Instant now) {
        List<Change> changes = new ArrayList<>(endOfLife(view, now));
        view.standing().forEach(step -> changes.add(new Change(step, step.closed(Ending.RECALLED, now))));
        return changes;
    }

    /**
     * A plan came from another team: what stood there goes on here, level by level, as far as a rule of its level holds for
     * what this recipient sees. What was tried first is not tried again for longer.
     *
     * @param stood the steps of the same discipline in the other team
     * @param seen what the recipient sees, at a given level of its own: each signal, oldest first
     */
    List<Change> onHandover(
            PlanAsSeen view, List<EscalationStep> stood, LongFunction<Map<UUID, EscalationFacts>> seen, Instant now) {
        List<Change> changes = new ArrayList<>();
        long level = 0;
        for (EscalationStep step : stood.stream()
                .sorted(Comparator.comparingInt(EscalationStep::level))
                .toList()) {
            if (view.standing(step.level()).isEmpty()) {
                EscalationStep goesOn = goesOn(step, view, seen.apply(level), now);
                if (goesOn != null) {
                    changes.add(new Change(null, goesOn));
                    level = goesOn.state().isUp() ? goesOn.level() : level;
                }
            }
        }
        return changes;
    }

    private EscalationStep goesOn(EscalationStep step, PlanAsSeen view, Map<UUID, EscalationFacts> seen, Instant now) {
        EscalationStep goesOn = null;
        for (Map.Entry<UUID, EscalationFacts> one : seen.entrySet()) {
            PlanAsSeen at = new PlanAsSeen(
                    view.viewer(), view.epoch(), one.getValue(), view.steps(), one.getKey(), view.hasCare());
            for (Rule rule : matching(at, now)) {
                if (rule.level() == step.level()) {
                    EscalationStep raised = raised(rule, at, now);
                    goesOn = step.state().isUp() && raised.state() != StepState.OPEN
                            ? raised.opened(rule, one.getKey(), now)
                            : raised.noLongerThan(step.triedUntil());
                }
            }
        }
        return goesOn;
    }

    /** When time may change this step; empty when it cannot. */
    Optional<Instant> turnOf(EscalationStep step) {
        if (step.state().isTriedFirst()) {
            return Optional.of(step.triedUntil());
        }
        return step.state() == StepState.OPEN
                ? rules.find(step.ruleId()).map(Rule::quiet).map(quiet -> step.heldAt()
                        .plus(quiet))
                : Optional.empty();
    }

    private EscalationStep tried(EscalationStep step, Rule met, PlanAsSeen view, Meanwhile meanwhile, Instant now) {
        Optional<UUID> basis = basis(step, met, view, meanwhile);
        if (basis.isEmpty()) {
            return step.closed(Ending.RECALLED, now);
        }
        UUID signal = basis.get();
        if (met != null && begins(met, view) == StepState.OPEN) {
            return step.opened(met, signal, now);
        }
        boolean isHeard =
                step.state() == StepState.CONSULT && (meanwhile.answered().contains(step.id()) || !view.hasCare());
        if (now.isBefore(step.triedUntil()) && !isHeard) {
            return step.restingOn(signal);
        }
        return Optional.ofNullable(met)
                .or(() -> rules.find(step.ruleId()).filter(rule -> lasts(step, rule, signal, meanwhile)))
                .map(rule -> step.opened(rule, signal, now))
                .orElseGet(() ->
                        step.closed(step.state() == StepState.MEDIATION ? Ending.MEDIATED : Ending.CONSULTED, now));
    }

    /** Mediation failed when it came again; care is heard and then it goes on, as long as its signal still says so. */
    private boolean lasts(EscalationStep step, Rule rule, UUID signal, Meanwhile meanwhile) {
        return step.state() == StepState.MEDIATION
                ? step.againAt() != null
                : rules.holds(rule, meanwhile.saying().get(signal));
    }

    /** The signal a step rests on; when it is gone another that says the same, or the last where time meets it. */
    private Optional<UUID> basis(EscalationStep step, Rule met, PlanAsSeen view, Meanwhile meanwhile) {
        if (meanwhile.saying().containsKey(step.signalId())) {
            return Optional.of(step.signalId());
        }
        return rules.find(step.ruleId())
                .flatMap(rule -> meanwhile.saying().entrySet().stream()
                        .filter(signal -> rules.holds(rule, signal.getValue()))
                        .map(Map.Entry::getKey)
                        .reduce((earlier, later) -> later))
                .or(() -> met == null ? Optional.empty() : Optional.of(view.signalId()));
    }

    private EscalationStep open(EscalationStep step, Rule met, PlanAsSeen view, Meanwhile meanwhile, Instant now) {
        Optional<UUID> basis = basis(step, met, view, meanwhile);
        if (basis.isEmpty()) {
            return step.closed(Ending.RECALLED, now);
        }
        if (met != null) {
            return step.held(basis.get(), now);
        }
        boolean isQuiet = turnOf(step).filter(turn -> !turn.isAfter(now)).isPresent();
        return isQuiet ? step.closed(Ending.DE_ESCALATED, now) : step.restingOn(basis.get());
    }

    /** What stood in an earlier life of the plan ended with it; of a plan that is closed nothing else is asked. */
    static List<Change> endOfLife(PlanAsSeen view, Instant now) {
        return view.steps().stream()
                .filter(step -> step.state().stands() && step.epoch() < view.epoch())
                .map(step -> new Change(step, step.closed(Ending.PLAN_CLOSED, now)))
                .toList();
    }

    private List<Rule> matching(PlanAsSeen view, Instant now) {
        Set<String> declined = view.facts().isAcute()
                ? Set.of()
                : view.steps().stream()
                        .filter(step -> step.state() == StepState.DECLINED
                                && step.endedAt().plus(DECLINED_FOR).isAfter(now))
                        .map(EscalationStep::ruleId)
                        .collect(Collectors.toSet());
        return rules.matching(view.facts(), view.viewer().recipient().discipline(), declined);
    }

    private static EscalationStep raised(Rule rule, PlanAsSeen view, Instant now) {
        StepState state = begins(rule, view);
        Instant until = state == StepState.OPEN ? null : now.plus(rule.within());
        return EscalationStep.builder()
                .id(Identifier.next())
                .planId(view.viewer().planId())
                .epoch(view.epoch())
                .recipient(view.viewer().recipient())
                .level(rule.level())
                .ruleId(rule.id())
                .signalId(view.signalId())
                .state(state)
                .raisedAt(now)
                .dueAt((until == null ? now : until).plus(rule.due()))
                .triedUntil(until)
                .heldAt(now)
                .build();
    }

    private static StepState begins(Rule rule, PlanAsSeen view) {
        if (rule.first() == null || view.facts().isAcute()) {
            return StepState.OPEN;
        }
        if (rule.first() == First.MEDIATION) {
            return StepState.MEDIATION;
        }
        return view.hasCare() ? StepState.CONSULT : StepState.OPEN;
    }
}
