package nl.wijkhub.subscription;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.signal.PartnerTraffic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, every minute, for what stands still: nothing is "on its way" for ever without somebody seeing it. What was found
 * is a metric to alert on, a log line when it begins and when it is over, and, per partner, an answer of the API.
 */
public final class StuckCheck {
    private static final Logger LOG = LoggerFactory.getLogger(StuckCheck.class);

    /** What stands still. */
    public enum StuckKind implements Coded {
        /** Accepted, and not worked. */
        SIGNAL,
        /** Taken out of the work after its attempts. */
        PARKED,
        /** Came by message, and could not be taken. */
        QUARANTINED,
        /** Written for a queue of a team, and not on it. */
        DELIVERY,
        /** Not told to a subscriber yet. */
        NOTIFICATION,
        /** Not told to a subscriber within the time the hub tries. */
        DEAD_LETTER,
        /** A receiver that never said whether it wants events. */
        SUBSCRIPTION,
        /** Told on a queue that nobody reads. */
        UNREAD
    }

    /**
     * @param client whose it is: a partner, the system of a pair, or the address of a queue
     * @param items how many
     * @param since of the oldest
     */
    public record Stuck(StuckKind kind, String client, long items, Instant since) {}

    /** A port: when the oldest message that nobody took was put on a queue. */
    public interface Unread {
        Optional<Instant> oldest(String address);
    }

    private record Which(StuckKind kind, String client) {}

    private final StuckStore store;
    private final PartnerTraffic traffic;
    private final Unread unread;
    private final Duration after;
    private final MultiGauge gauge;
    private final Clock clock;
    private volatile List<Stuck> found = List.of();
    private Set<Which> known = new HashSet<>();

    /**
     * @param after how long something may take
     */
    public StuckCheck(
            StuckStore store,
            PartnerTraffic traffic,
            Unread unread,
            Duration after,
            MeterRegistry meters,
            Clock clock) {
        this.store = store;
        this.traffic = traffic;
        this.unread = unread;
        this.after = after;
        this.gauge = MultiGauge.builder(Meters.STUCK).register(meters);
        this.clock = clock;
    }

    /** What stood still at the last look. */
    public List<Stuck> found() {
        return found;
    }

    public void check() {
        traffic.write();
        Instant before = clock.instant().minus(after);
        List<Stuck> now = new ArrayList<>(store.before(before));
        for (StuckStore.Queue queue : store.queues()) {
            unread.oldest(queue.address())
                    .filter(oldest -> oldest.isBefore(before))
                    .ifPresent(oldest -> now.add(new Stuck(StuckKind.UNREAD, queue.client(), 1, oldest)));
        }
        found = List.copyOf(now);
        gauge.register(
                Arrays.stream(StuckKind.values())
                        .map(kind -> MultiGauge.Row.of(Tags.of(Meters.TAG_KIND, kind.code()), items(now, kind)))
                        .toList(),
                true);
        tell(now);
    }

    private static long items(List<Stuck> now, StuckKind kind) {
        return now.stream()
                .filter(stuck -> stuck.kind() == kind)
                .mapToLong(Stuck::items)
                .sum();
    }

    private void tell(List<Stuck> now) {
        Set<Which> current = new HashSet<>();
        for (Stuck stuck : now) {
            Which which = new Which(stuck.kind(), stuck.client());
            current.add(which);
            if (!known.contains(which)) {
                LOG.warn(
                        "event=stuck.found kind={} client={} items={} since={}",
                        stuck.kind().code(),
                        stuck.client(),
                        stuck.items(),
                        stuck.since());
            }
        }
        known.stream()
                .filter(which -> !current.contains(which))
                .forEach(which -> LOG.info(
                        "event=stuck.over kind={} client={}", which.kind().code(), which.client()));
        known = current;
    }
}
