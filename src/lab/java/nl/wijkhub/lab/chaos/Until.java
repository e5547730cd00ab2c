package nl.wijkhub.lab.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Waits for something to be so, looking often, for a bounded time. */
final class Until {
    private static final Duration OFTEN = Duration.ofMillis(20);

    private Until() {}

    /** What is waited for. */
    interface Check {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Returns false when the time was over first. */
    static boolean holds(Duration patience, Check check) throws IOException, InterruptedException {
        return holds(patience, OFTEN, check);
    }

    /** The same, looking less often. */
    static boolean holds(Duration patience, Duration every, Check check) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(patience);
        while (!check.holds()) {
            if (!Instant.now().isBefore(limit)) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(every.toMillis());
        }
        return true;
    }
}
