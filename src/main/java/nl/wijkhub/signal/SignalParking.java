package nl.wijkhub.signal;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts failed attempts of one signal and parks it, visibly, when they are used up. */
public final class SignalParking {
    private static final Logger LOG = LoggerFactory.getLogger(SignalParking.class);

    /** Why something is parked that no hub outlived. */
    private static final String DIED = "HubDied";

    private final Database database;
    private final SignalStore signals;
    private final Timeline timeline;
    private final int attempts;
    private final Duration firstPause;
    private final Clock clock;

    /**
     * @param attempts how often the work is tried in all
     * @param firstPause before the second attempt; doubled each time
     */
    public SignalParking(
            Database database, SignalStore signals, Timeline timeline, int attempts, Duration firstPause, Clock clock) {
        this.database = database;
        this.signals = signals;
        this.timeline = timeline;
        this.attempts = attempts;
        this.firstPause = firstPause;
        this.clock = clock;
    }

    /** How long to wait before the next attempt; empty when the signal is parked, or needs no more work. */
    public Optional<Duration> failed(String text, Throwable cause) {
        Optional<UUID> id = Identifier.parse(text);
        if (id.isEmpty()) {
            LOG.error("event=signal.not-an-id");
            return Optional.empty();
        }
        Optional<Integer> count = signals.countFailure(id.get());
        if (count.isEmpty()) {
            return Optional.empty();
        }
        if (count.get() < attempts) {
            return Optional.of(firstPause.multipliedBy(1L << Math.min(count.get() - 1, 10)));
        }
        park(id.get(), cause);
        return Optional.empty();
    }

    /** A hub died with it in hand, once too often: it is parked, unless it was worked after all. */
    public void diedInHand(String text) {
        Identifier.parse(text)
                .filter(id -> signals.countFailure(id).isPresent())
                .ifPresent(id -> park(id, DIED, "the hub's own process"));
    }

    /** Whether it stands aside now; false for one that was worked after all. */
    public boolean isParked(String text) {
        return Identifier.parse(text).filter(signals::isParked).isPresent();
    }

    private void park(UUID id, Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        park(id, root.getClass().getSimpleName(), place(root));
    }

    private void park(UUID id, String reason, String place) {
        database.inTransaction(() -> {
            signals.park(id, reason, clock.instant());
            timeline.passed("signal-park", id, "parked", clock.instant());
            return null;
        });
        LOG.error("event=signal.parked signal={} cause={} at={}", id, reason, place);
    }

    /** Where in our own code it went wrong; a message could carry data, a place cannot. */
    private static String place(Throwable cause) {
        for (StackTraceElement element : cause.getStackTrace()) {
            if (element.getClassName().startsWith("nl.wijkhub.")) {
                return element.getClassName() + ":" + element.getLineNumber();
            }
        }
        return "unknown";
    }
}
