package nl.wijkhub.lab.bench;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The signals that were accepted and have not all their messages yet. One that has them is only counted, so that a long run
 * takes no more memory than a short one.
 */
final class OnTheWay {
    /** Stands for the answer of the door beside the messages, which may come before it. */
    private static final int ACCEPTED = 1_000;

    private static final int ALL = ACCEPTED + Measured.DELIVERIES;

    private final Map<UUID, Integer> open = new ConcurrentHashMap<>();
    private final AtomicLong done = new AtomicLong();

    void accepted(UUID signal) {
        add(signal, ACCEPTED);
    }

    void arrived(UUID signal) {
        add(signal, 1);
    }

    private void add(UUID signal, int what) {
        open.compute(signal, (id, before) -> {
            int now = (before == null ? 0 : before) + what;
            if (now == ALL) {
                done.incrementAndGet();
                return null;
            }
            return now;
        });
    }

    /** Signals with all their messages so far. */
    long done() {
        return done.get();
    }

    /** Signals that miss something; at the end also those with a message too many. */
    int open() {
        return open.size();
    }
}
