package nl.wijkhub.app.inbox;

import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** What the inbox component asks of the hub: who may send, and what becomes of a message that the route cannot take. */
public interface Inbox {
    /** Whoever has an address of its own. */
    Collection<String> partners();

    /** What a message may measure in memory; a larger one is never worked. */
    int mostBytes();

    /** Puts a message aside that is larger than that. Returns when it is kept; read to its end or not. */
    void tooLarge(String partner, InputStream message);

    /**
     * Work on a message failed by a fault of our own.
     *
     * @param attempt how often it was tried, from 1
     * @return how long to wait before the next attempt; empty when it was put aside and may be acknowledged
     */
    Optional<Duration> failed(String partner, byte[] message, int attempt, Throwable cause);

    /**
     * Takes a message in hand, before anything is made of it. Whatever comes of it, it is to be let go again.
     *
     * @return false when so many hubs died with it in hand that it was put aside now, and may be acknowledged
     */
    boolean take(String partner, byte[] message);

    /** The message is done, or has failed: this hub lives. */
    void release(String partner, byte[] message);

    /** Returns when everything the work needs answers again; throws {@link nl.wijkhub.kernel.Unavailable} until then. */
    void probe();
}
