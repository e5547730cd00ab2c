package nl.wijkhub.app.batch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Decides what becomes of an id whose work failed on its own. The count lives in PostgreSQL, behind this port. */
public interface Parking {
    /**
     * Counts one failed attempt. Called outside any transaction.
     *
     * @return how long to wait before the next attempt; empty when the id is now parked and may be acknowledged
     */
    Optional<Duration> failed(String id, Throwable cause);

    /**
     * Takes ids in hand, before any work on them. Whatever comes of it they are to be let go again.
     *
     * @return whether they are taken; false when one of them was in hand when a hub died: then each is to be taken alone
     */
    boolean takeTogether(List<String> ids);

    /**
     * Takes one id in hand, alone.
     *
     * @return false when so many hubs died with it in hand that it is parked now, and may be acknowledged unworked
     */
    boolean takeAlone(String id);

    /** Lets ids go that were taken: they are done, or have failed, and this hub lives. */
    void release(List<String> ids);

    /** Returns when everything the work needs answers again; throws {@link nl.wijkhub.kernel.Unavailable} until then. */
    void probe();
}
