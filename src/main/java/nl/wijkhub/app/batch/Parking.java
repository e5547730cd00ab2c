package nl.wijkhub.app.batch;

import java.time.Duration;
import java.util.Optional;

/** Decides what becomes of an id whose work failed on its own. The count lives in PostgreSQL, behind this port. */
public interface Parking {
    /**
     * Counts one failed attempt. Called outside any transaction.
     *
     * @return how long to wait before the next attempt; empty when the id is now parked and may be acknowledged
     */
    Optional<Duration> failed(String id, Throwable cause);

    /** Returns when everything the work needs answers again; throws {@link nl.wijkhub.kernel.Unavailable} until then. */
    void probe();
}
