package nl.wijkhub.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.DeliveryStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the work twice a second: how old the oldest waiting signal is, whether database and broker answer.
 * Doors slow down on it, readiness and the gauges show it.
 */
public final class Pressure implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pressure.class);
    private static final Duration EVERY = Duration.ofMillis(500);

    private static final Duration STALE = Duration.ofSeconds(10);

    private final DatabaseStore database;
    private final SignalStore signals;
    private final DeliveryStore deliveries;
    private final AcceptedQueue queue;
    private final Clock clock;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pressure");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Instant oldestWaiting;
    private volatile Instant looked = Instant.EPOCH;
    private volatile boolean databaseUp;
    private volatile boolean brokerUp;
    private volatile long depth;
    private volatile long parked;
    private volatile long unsent;

    Pressure(
            DatabaseStore database,
            SignalStore signals,
            DeliveryStore deliveries,
            AcceptedQueue queue,
            MeterRegistry meters,
            Clock clock) {
        this.database = database;
        this.signals = signals;
        this.deliveries = deliveries;
        this.queue = queue;
        this.clock = clock;
        Gauge.builder(Meters.SIGNAL_AGE, this, p -> p.age().toMillis() / 1000.0)
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder(Meters.QUEUE_DEPTH, this, p -> p.depth)
                .tag(Meters.TAG_QUEUE, AcceptedQueue.ADDRESS)
                .register(meters);
        Gauge.builder(Meters.SIGNAL_PARKED, this, p -> p.parked).register(meters);
        Gauge.builder(Meters.DELIVERY_WAITING, this, p -> p.unsent).register(meters);
    }

    void start() {
        look();
        watch.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How long the oldest signal has waited for its stages; zero when none waits. */
    public Duration age() {
        Instant oldest = oldestWaiting;
        return oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
    }

    public boolean databaseUp() {
        return databaseUp && isFresh();
    }

    public boolean brokerUp() {
        return brokerUp && isFresh();
    }

    /** A look that does not come back says as much as one that fails. */
    private boolean isFresh() {
        return Duration.between(looked, Instant.now()).compareTo(STALE) < 0;
    }

    private void look() {
        databaseUp = answers("database", () -> {
            database.probe();
            oldestWaiting = signals.oldestWaiting().orElse(null);
            parked = signals.parked();
            unsent = deliveries.waiting();
        });
        brokerUp = answers("broker", () -> depth = queue.depth());
        looked = Instant.now();
    }

    private static boolean answers(String who, Runnable question) {
        try {
            question.run();
            return true;
        } catch (Unavailable away) {
            LOG.debug("event=pressure.away who={}", away.who());
            return false;
        } catch (RuntimeException e) {
            LOG.error("event=pressure.failed who={} cause={}", who, e.getClass().getSimpleName());
            return false;
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
