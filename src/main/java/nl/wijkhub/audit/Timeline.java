package nl.wijkhub.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import nl.wijkhub.kernel.Meters;

/** What each stage did with each signal: a row in the running transaction, and a count per stage and outcome. */
public final class Timeline {
    /**
     * One stage passed.
     *
     * @param outcome a code such as {@code matched} or {@code released}; never says what was withheld from whom
     */
    public record Entry(UUID signalId, String stage, String outcome, Instant at) {}

    private final TimelineStore store;
    private final MeterRegistry meters;
    private final Map<Counted, Counter> counters = new ConcurrentHashMap<>();

    /** What is counted apart: found by its tags once, not at every signal. */
    private record Counted(String stage, String outcome) {}

    public Timeline(TimelineStore store, MeterRegistry meters) {
        this.store = store;
        this.meters = meters;
    }

    public void passed(String stage, UUID signalId, String outcome, Instant at) {
        passed(List.of(new Entry(signalId, stage, outcome, at)));
    }

    public void passed(Collection<Entry> entries) {
        if (!entries.isEmpty()) {
            store.insert(entries);
            entries.forEach(entry -> count(entry.stage(), entry.outcome()));
        }
    }

    public void count(String stage, String outcome) {
        counters.computeIfAbsent(
                        new Counted(stage, outcome),
                        counted -> meters.counter(Meters.STAGE, Meters.TAG_STAGE, stage, Meters.TAG_OUTCOME, outcome))
                .increment();
    }

    /** Counts a code of a partner's format that its table lacks. */
    public void countUnmapped(String system) {
        meters.counter(Meters.CODE_UNMAPPED, Meters.TAG_SYSTEM, system).increment();
    }

    /** Every stage a signal passed, in order of time; its acceptance stands in the signal itself. */
    public List<Entry> of(UUID signalId) {
        return store.of(signalId);
    }
}
