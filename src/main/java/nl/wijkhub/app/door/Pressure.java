package nl.wijkhub.app.door;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import nl.wijkhub.app.broker.AcceptedQueue;
import nl.wijkhub.app.broker.Watch;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.DeliveryStore;

/**
 * Looks at the work twice a second: how old the oldest waiting signal is, whether the database can be written and the broker
 * answers, each by itself, so that one who is away says nothing of the other. Doors slow down on it, readiness and the gauges
 * show it.
 */
public final class Pressure implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(500);

    /** A database under load answers late, and takes as long to say that no connection is free. */
    private static final Duration SILENCE = Duration.ofSeconds(8);

    /** One look in so many writes too: often enough for who is asked whether the hub is ready. */
    private static final int LOOKS_PER_WRITE = 4;

    private final Database database;
    private final SignalStore signals;
    private final DeliveryStore deliveries;
    private final AcceptedQueue queue;
    private final Clock clock;
    private final Watch databaseWatch = new Watch("database", this::lookAtDatabase, SILENCE, EVERY);
    private final Watch queueWatch = new Watch("queue", this::lookAtQueue, SILENCE, EVERY);
    private volatile Instant oldestWaiting;
    private int looks;
    private volatile long depth;
    private volatile long parked;
    private volatile long unsent;

    public Pressure(
            Database database,
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

    public void start() {
        databaseWatch.start();
        queueWatch.start();
    }

    /** How long the oldest signal has waited for its stages; zero when none waits. */
    public Duration age() {
        Instant oldest = oldestWaiting;
        Duration age = oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
        // a clock that was put back
        return age.isNegative() ? Duration.ZERO : age;
    }

    public boolean databaseUp() {
        return !databaseWatch.isAway();
    }

    public boolean brokerUp() {
        return !queue.isAway() && !queueWatch.isAway();
    }

    private void lookAtDatabase() {
        if (looks++ % LOOKS_PER_WRITE == 0 || databaseWatch.isAway()) {
            database.probe();
        }
        oldestWaiting = signals.oldestWaiting().orElse(null);
        parked = signals.parked();
        unsent = deliveries.waiting();
    }

    private void lookAtQueue() {
        depth = queue.depth();
    }

    @Override
    public void close() {
        databaseWatch.close();
        queueWatch.close();
    }
}
