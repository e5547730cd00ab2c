package nl.wijkhub.team;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import nl.wijkhub.signal.SignalStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stage 05: makes good what a failure between two steps left behind. Accepted ids that never reached the queue are
 * queued again; deliveries that still stand are decided anew, and sent again under the same id.
 * An id that simply waits its turn is left alone: only those older than the oldest waiting message are taken.
 */
public final class QueueSweep {
    private static final Logger LOG = LoggerFactory.getLogger(QueueSweep.class);

    private final SignalStore signals;
    private final DeliveryStore deliveries;
    private final TeamQueue queue;
    private final DeliveryAttempt attempt;
    private final Supplier<Optional<Instant>> oldestQueued;
    private final Consumer<List<SignalStore.Requeue>> requeue;
    private final Duration firstAfter;
    private final Clock clock;

    /**
     * @param oldestQueued when the oldest message that still waits in the queue of accepted ids was sent
     * @param requeue puts ids on that queue again
     * @param firstAfter how long something may take before it counts as lost
     */
    public QueueSweep(
            SignalStore signals,
            DeliveryStore deliveries,
            TeamQueue queue,
            DeliveryAttempt attempt,
            Supplier<Optional<Instant>> oldestQueued,
            Consumer<List<SignalStore.Requeue>> requeue,
            Duration firstAfter,
            Clock clock) {
        this.signals = signals;
        this.deliveries = deliveries;
        this.queue = queue;
        this.attempt = attempt;
        this.oldestQueued = oldestQueued;
        this.requeue = requeue;
        this.firstAfter = firstAfter;
        this.clock = clock;
    }

    /** Before the first batch: what a kill left unsent goes out while the broker still remembers what it had. */
    public void sendLeftovers() {
        List<Delivery> unsent = deliveries.takeUnsent(clock.instant(), 0);
        while (!unsent.isEmpty()) {
            LOG.info("event=delivery.resent count={}", unsent.size());
            queue.send(attempt.permitted(unsent));
            queue.letGo();
            unsent = deliveries.takeUnsent(clock.instant(), 0);
        }
    }

    public void sweep() {
        queue.letGo();
        Instant now = clock.instant();
        // a margin, because the row is written a little before its message
        Instant older = oldestQueued.get().map(oldest -> oldest.minusSeconds(5)).orElse(now);
        List<SignalStore.Requeue> lost = signals.takeLost(now, older, firstAfter.toSeconds());
        if (!lost.isEmpty()) {
            LOG.info("event=signal.requeued count={}", lost.size());
            requeue.accept(lost);
        }
        List<Delivery> unsent = deliveries.takeUnsent(now, firstAfter.toSeconds());
        if (!unsent.isEmpty()) {
            LOG.info("event=delivery.resent count={}", unsent.size());
            queue.send(attempt.permitted(unsent));
            queue.letGo();
        }
    }
}
