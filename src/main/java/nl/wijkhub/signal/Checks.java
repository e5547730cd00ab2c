package nl.wijkhub.signal;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;

/**
 * Collects the faults of one message, at most one per place: the first found says the most.
 * In: pointers into the message as it was sent. Rejects: everything at once, at {@link #orReject}.
 */
public final class Checks {
    /** A sender's clock may run ahead this much. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** Faults in one answer: enough for any honest message, few enough for an answer that stays small. */
    private static final int MOST = 100;

    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> places = new HashSet<>();
    private final Clock clock;

    public Checks(Clock clock) {
        this.clock = clock;
    }

    public void fault(String place, String key, Object... arguments) {
        fault(Fault.of(place, key, arguments));
    }

    public void fault(Fault fault) {
        String pointer = withoutBsn(fault.pointer());
        // what is missing from a list is missing at the list itself, each by its own code
        boolean isNew =
                places.add(pointer) | (fault.code().startsWith("missing-") && places.add(pointer + ' ' + fault.code()));
        if (faults.size() < MOST && isNew) {
            faults.add(fault.movedTo(pointer));
            if (faults.size() == MOST) {
                faults.add(Fault.of("", "more-faults"));
            }
        }
    }

    /** A pointer names keys as they were sent: one that holds a BSN is left off, the fault stands at what holds it. */
    private static String withoutBsn(String place) {
        String pointer = place;
        while (Bsn.seemsToStandIn(pointer)) {
            pointer = pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
        }
        return pointer;
    }

    public boolean isFaulty(String pointer) {
        return places.contains(pointer);
    }

    public void notInFuture(String pointer, OffsetDateTime time) {
        if (time != null && time.toInstant().isAfter(clock.instant().plus(TOLERANCE))) {
            fault(pointer, "date-in-future");
        }
    }

    /** A BSN in a text of a partner that may not send one. */
    public void noBsn(String pointer, String text, boolean maySendBsn) {
        if (!maySendBsn && Bsn.standsIn(text)) {
            fault(pointer, "bsn-not-allowed.here");
        }
    }

    public OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    public void orReject() {
        if (!faults.isEmpty()) {
            throw new Rejected(Problem.INVALID_INPUT, faults);
        }
    }
}
