package nl.wijkhub.escalation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import nl.wijkhub.kernel.Discipline;

/** What one recipient saw of one plan, counted. */
final class Tally {
    static final Duration WINDOW = Duration.ofDays(30);

    private final Set<Discipline> senders30 = EnumSet.noneOf(Discipline.class);
    private final Set<Discipline> senders = EnumSet.noneOf(Discipline.class);
    private long signals30;
    private long signals;
    private long children;
    private Instant first;

    /**
     * @param epoch the life of the plan to count
     */
    static Tally of(Collection<SeenSignal> seen, int epoch, Instant now) {
        Tally tally = new Tally();
        for (SeenSignal signal : seen) {
            if (signal.at().isAfter(now.minus(WINDOW))) {
                tally.addToWindow(signal.sender());
            }
            if (signal.epoch() == epoch) {
                tally.addToLife(signal.sender(), signal.children(), signal.at());
            }
        }
        return tally;
    }

    /** All that came of one sender. */
    void add(SeenSignalStore.Counts counts) {
        signals30 += counts.signals30();
        signals += counts.signals();
        children = Math.max(children, counts.children());
        if (counts.sender() != null && counts.signals30() > 0) {
            senders30.add(counts.sender());
        }
        if (counts.sender() != null && counts.signals() > 0) {
            senders.add(counts.sender());
        }
        if (counts.first() != null && (first == null || counts.first().isBefore(first))) {
            first = counts.first();
        }
    }

    /**
     * One more, now.
     *
     * @param sender null where it does not pass
     */
    void add(Discipline sender, long itsChildren, Instant now) {
        addToWindow(sender);
        addToLife(sender, itsChildren, now);
    }

    private void addToWindow(Discipline sender) {
        signals30++;
        if (sender != null) {
            senders30.add(sender);
        }
    }

    private void addToLife(Discipline sender, long itsChildren, Instant at) {
        signals++;
        if (sender != null) {
            senders.add(sender);
        }
        children = Math.max(children, itsChildren);
        first = first == null || at.isBefore(first) ? at : first;
    }

    /**
     * @param severity empty where it does not pass, or where no signal asks
     * @param category likewise
     */
    EscalationFacts facts(String severity, String category, PlanFacts.Facts plan, long level, Instant now) {
        return EscalationFacts.builder()
                .severity(severity)
                .category(category)
                .disciplines30(senders30.size())
                .signals30(signals30)
                .disciplines(senders.size())
                .signals(signals)
                .days(
                        first == null
                                ? 0
                                : Math.max(0, Duration.between(first, now).toDays()))
                .reopened(plan.reopened())
                .children(children)
                .lateAgreements(plan.lateAgreements())
                .unansweredHandovers(plan.unansweredHandovers())
                .level(level)
                .build();
    }
}
