package nl.wijkhub.app.broker;

import java.time.Duration;
import nl.wijkhub.kernel.Unavailable;

/** How a line waits for somebody who is away: a little longer each time, and not at all once it has to stop. */
public final class Backoff {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Object bell = new Object();
    private volatile boolean lasts = true;
    private Duration next = FIRST_PAUSE;

    /** False once {@link #end} was called. */
    public boolean lasts() {
        return lasts;
    }

    /** Ends every pause, this one and later ones. */
    public void end() {
        synchronized (bell) {
            lasts = false;
            bell.notifyAll();
        }
    }

    /** Something went right: the next pause is a short one again. */
    public void begin() {
        next = FIRST_PAUSE;
    }

    /** Waits, the next time twice as long. */
    public void pause() {
        pause(next);
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /** Waits as long as this, or until it has to stop. */
    public void pause(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        synchronized (bell) {
            try {
                for (long left = duration.toMillis();
                        lasts && left > 0;
                        left = (until - System.nanoTime()) / 1_000_000) {
                    bell.wait(left);
                }
            } catch (InterruptedException e) {
                lasts = false;
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits at least once, and then until whoever was away answers.
     *
     * @param probe throws {@link Unavailable} as long as somebody is away
     * @param away thrown when it has to stop meanwhile
     */
    public void pauseUntil(Runnable probe, Unavailable away) {
        boolean isBack = false;
        while (!isBack) {
            pause();
            if (!lasts) {
                throw away;
            }
            try {
                probe.run();
                isBack = true;
            } catch (Unavailable stillAway) {
                isBack = false;
            }
        }
    }
}
