package nl.wijkhub.app.broker;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.kernel.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again whether somebody answers, so that nobody else has to wait to find out. A look that fails says that
 * it is away, and so does one that does not come back.
 */
public final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration TICK = Duration.ofMillis(100);

    private final String who;
    private final Runnable question;
    private final Runnable whenSilent;
    private final int patience;
    private final Duration between;
    private final ScheduledExecutorService looks;
    private final ScheduledExecutorService ticks;

    /** Counted in ticks of our own, not by the clock: while this process stands still nobody else is slow. */
    private volatile int unanswered;

    private volatile boolean away;

    /**
     * @param question returns when it is answered; throws when not
     * @param patience how long an answer may take
     * @param between the pause from one look to the next
     * @param whenSilent done once when an answer takes longer, to free whoever waits for one
     */
    public Watch(String who, Runnable question, Duration patience, Duration between, Runnable whenSilent) {
        this.who = who;
        this.question = question;
        this.whenSilent = whenSilent;
        this.patience = (int) (patience.toMillis() / TICK.toMillis());
        this.between = between;
        this.looks = thread(who + "-look");
        this.ticks = thread(who + "-tick");
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Looks once, and then again and again until it is closed. */
    public void start() {
        look();
        looks.scheduleWithFixedDelay(this::look, between.toMillis(), between.toMillis(), TimeUnit.MILLISECONDS);
        ticks.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the last look said. */
    public boolean isAway() {
        return away;
    }

    /** Somebody else found out. */
    public void foundAway() {
        say(true);
    }

    private void look() {
        unanswered = 1;
        try {
            question.run();
            say(false);
        } catch (Unavailable notThere) {
            say(true);
        } catch (RuntimeException e) {
            say(true);
            LOG.error("event=watch.failed who={} cause={}", who, e.getClass().getSimpleName());
        } finally {
            unanswered = 0;
        }
    }

    private void tick() {
        if (unanswered > 0 && ++unanswered > patience + 1) {
            unanswered = 0;
            say(true);
            try {
                whenSilent.run();
            } catch (RuntimeException e) {
                LOG.warn(
                        "event=watch.not-freed who={} cause={}",
                        who,
                        e.getClass().getSimpleName());
            }
        }
    }

    private synchronized void say(boolean isAway) {
        if (away != isAway) {
            away = isAway;
            LOG.warn("event={} who={}", isAway ? "watch.away" : "watch.back", who);
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        ticks.shutdownNow();
    }
}
