package nl.wijkhub.escalation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.escalation.EscalationStore.Seen;
import nl.wijkhub.escalation.EscalationStore.Step;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.plan.AttachedSignal;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;

/**
 * Stage 60: decides, per recipient and from what that recipient may see, whether a plan goes a step up the ladder.
 * In: signals attached to their plan. Out: the same with the level each recipient saw.
 * One open step per plan, recipient and level: a storm of signals is one step.
 */
public final class EscalationDecide {
    public static final String STAGE = "escalation-decide";
    private static final Duration WINDOW = Duration.ofDays(30);

    private record Viewer(UUID plan, Recipient recipient) {}

    private final EscalationRules rules;
    private final EscalationStore escalations;
    private final Timeline timeline;
    private final Clock clock;

    public EscalationDecide(EscalationRules rules, EscalationStore escalations, Timeline timeline, Clock clock) {
        this.rules = rules;
        this.escalations = escalations;
        this.timeline = timeline;
        this.clock = clock;
    }

    public List<EscalatedSignal> decide(List<AttachedSignal> batch) {
        Instant now = clock.instant();
        Map<Viewer, Tally> tallies = before(batch, now);
        List<Step> steps = new ArrayList<>();
        List<EscalatedSignal> escalated = new ArrayList<>();
        for (AttachedSignal attached : batch) {
            Map<UUID, Integer> levels = new HashMap<>();
            if (attached.planId() != null) {
                for (Release release : attached.decided().released()) {
                    Viewer viewer = new Viewer(attached.planId(), release.recipient());
                    Tally tally = tallies.computeIfAbsent(viewer, v -> new Tally());
                    for (EscalationRules.Rule rule : rules.matching(facts(attached, release, tally))) {
                        steps.add(step(attached, release, rule, now));
                        levels.merge(release.id(), rule.level(), Math::max);
                    }
                }
            }
            escalated.add(new EscalatedSignal(attached, levels));
        }
        escalations.raise(steps);
        timeline.passed(escalated.stream()
                .filter(e -> !e.levels().isEmpty())
                .map(e -> new Timeline.Entry(e.signalId(), STAGE, "escalated", now))
                .toList());
        return escalated;
    }

    private Map<Viewer, Tally> before(List<AttachedSignal> batch, Instant now) {
        Set<UUID> plans = new HashSet<>();
        batch.stream().map(AttachedSignal::planId).filter(p -> p != null).forEach(plans::add);
        Set<UUID> own = new HashSet<>();
        batch.forEach(attached -> own.add(attached.signalId()));
        Map<Viewer, Tally> tallies = new HashMap<>();
        for (Seen seen : escalations.seen(plans, now.minus(WINDOW), own)) {
            tallies.computeIfAbsent(new Viewer(seen.planId(), seen.recipient()), v -> new Tally())
                    .add(seen.senders(), seen.signals());
        }
        return tallies;
    }

    private static EscalationFacts facts(AttachedSignal attached, Release release, Tally tally) {
        var accepted = attached.decided().matched().accepted();
        var decision = release.decision();
        tally.add(decision.passes("senderDiscipline") ? Set.of(accepted.discipline()) : Set.of(), 1);
        String category = decision.categoryOf(accepted.signal());
        return new EscalationFacts(
                decision.passes("severity") ? accepted.signal().severity().code() : "",
                category == null ? "" : category,
                tally.senders.size(),
                tally.signals);
    }

    private static Step step(AttachedSignal attached, Release release, EscalationRules.Rule rule, Instant now) {
        return new Step(
                Identifier.next(),
                attached.planId(),
                release.recipient(),
                rule.level(),
                rule.id(),
                attached.signalId(),
                now,
                now.plus(rule.due()));
    }

    /** What one recipient saw of one plan, counted along the batch. */
    private static final class Tally {
        private final Set<Discipline> senders = new HashSet<>();
        private long signals;

        void add(Set<Discipline> disciplines, long count) {
            senders.addAll(disciplines);
            signals += count;
        }
    }
}
