package nl.wijkhub.casework;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.List;
import nl.wijkhub.casework.AttentionStore.Terms;
import nl.wijkhub.escalation.EscalationAnswers;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.plan.PlanEvent;
import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.team.Teams;

/**
 * Looks, every minute, for what nobody does: a plan without a coordinator, a coordinator who is gone, an agreement that
 * is late, a partner that is silent, a hand-over nobody answers, a step up the ladder nobody takes, a question to care
 * nobody answers, a plan nobody touches. Each shows until it is over, and is a step in the history of its plan when it
 * begins and when it ends.
 */
public final class AttentionCheck {
    private final Database database;
    private final AttentionStore attention;
    private final PlanEventStore events;
    private final Handovers handovers;
    private final EscalationAnswers escalations;
    private final Teams teams;
    private final AttentionTerms terms;
    private final MultiGauge open;

    public AttentionCheck(
            Database database,
            AttentionStore attention,
            PlanEventStore events,
            Handovers handovers,
            EscalationAnswers escalations,
            Teams teams,
            AttentionTerms terms,
            MeterRegistry meters) {
        this.database = database;
        this.attention = attention;
        this.events = events;
        this.handovers = handovers;
        this.escalations = escalations;
        this.teams = teams;
        this.terms = terms;
        this.open = MultiGauge.builder(Meters.ATTENTION).register(meters);
    }

    public void check() {
        Terms at = terms.at();
        Instant now = at.now();
        database.inTransaction(() -> {
            handovers.remind();
            return null;
        });
        database.inTransaction(() -> {
            List<AttentionStore.Changed> changed = attention.look(teams.all(), at);
            escalations.unanswered(
                    changed.stream()
                            .filter(change -> change.kind().equals("escalation-unanswered-raised"))
                            .map(AttentionStore.Changed::partId)
                            .toList(),
                    now);
            // the history of a plan is its seat's
            List<PlanEvent> steps = changed.stream()
                    .filter(change -> change.seat().equals(Discipline.MUNICIPALITY.name()))
                    .map(change -> new PlanEvent(
                            Identifier.next(),
                            change.planId(),
                            change.epoch(),
                            change.kind(),
                            change.partId(),
                            null,
                            now,
                            null))
                    .toList();
            events.add(steps);
            return steps;
        });
        open.register(
                attention.counts().entrySet().stream()
                        .map(kind -> MultiGauge.Row.of(Tags.of(Meters.TAG_KIND, kind.getKey()), kind.getValue()))
                        .toList(),
                true);
    }
}
