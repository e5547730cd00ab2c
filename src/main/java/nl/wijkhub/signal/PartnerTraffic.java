package nl.wijkhub.signal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what each partner sends: taken, refused, or failed by the hub's own fault. Counted in memory and written now
 * and then, so that a door costs no more for it; a kill loses seconds of counting and no message.
 */
public final class PartnerTraffic {
    /** What became of one message. */
    public enum Outcome {
        ACCEPTED,
        REFUSED,
        /** The hub could not take it: none of the partner's doing. */
        FAILED
    }

    /** Counts of one partner in one hour. */
    record Count(String partnerId, Instant hour, long accepted, long refused, long failed, Instant lastAt) {
        Count plus(Outcome outcome, Instant now) {
            return new Count(
                    partnerId,
                    hour,
                    accepted + (outcome == Outcome.ACCEPTED ? 1 : 0),
                    refused + (outcome == Outcome.REFUSED ? 1 : 0),
                    failed + (outcome == Outcome.FAILED ? 1 : 0),
                    now);
        }
    }

    private record Hour(String partnerId, Instant at) {}

    private final PartnerTrafficStore store;
    private final Clock clock;
    private Map<Hour, Count> counts = new HashMap<>();

    public PartnerTraffic(PartnerTrafficStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public synchronized void came(String partnerId, Outcome outcome) {
        Instant now = clock.instant();
        Hour hour = new Hour(partnerId, now.truncatedTo(ChronoUnit.HOURS));
        counts.compute(hour, (h, known) -> (known == null ? new Count(partnerId, h.at(), 0, 0, 0, now) : known)
                .plus(outcome, now));
    }

    /** Writes what was counted since the last time; what cannot be written is counted on. */
    public void write() {
        List<Count> taken = take();
        try {
            store.add(taken);
        } catch (RuntimeException e) {
            giveBack(taken);
            throw e;
        }
    }

    private synchronized List<Count> take() {
        List<Count> taken = new ArrayList<>(counts.values());
        counts = new HashMap<>();
        return taken;
    }

    private synchronized void giveBack(List<Count> taken) {
        for (Count count : taken) {
            counts.merge(
                    new Hour(count.partnerId(), count.hour()),
                    count,
                    (a, b) -> new Count(
                            a.partnerId(),
                            a.hour(),
                            a.accepted() + b.accepted(),
                            a.refused() + b.refused(),
                            a.failed() + b.failed(),
                            a.lastAt().isAfter(b.lastAt()) ? a.lastAt() : b.lastAt()));
        }
    }
}
