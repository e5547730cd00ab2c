package nl.wijkhub.app.broker;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final int patience;
    private final Duration between;
    private final ScheduledExecutorService looks;
    private final ScheduledExecutorService ticks;
    private Runnable whenSilent = () -> {};
    private int freeAfter = Integer.MAX_VALUE;

    /** Counted in ticks of our own, not by the clock: while this process stands still nobody else is slow. */
    private final AtomicInteger unanswered = new AtomicInteger();

    private volatile boolean away;

    /**
     * @param question returns when it is answered; throws when not
     * @param patience how long an answer may take
     * @param between the pause from one look to the next
     */
    public Watch(String who, Runnable question, Duration patience, Duration between) {
        this.who = who;
        this.question = question;
        this.patience = ticksOf(patience);
        this.between = between;
        this.looks = thread(who + "-look");
        this.ticks = thread(who + "-tick");
    }

    /**
     * The same, and what is done when a look takes far longer, to free whoever waits for an answer.
     */
    public Watch freeing(Duration after, Runnable waiting) {
        freeAfter = ticksOf(after);
        whenSilent = waiting;
        return this;
    }

    private static int ticksOf(Duration duration) {
        return (int) (duration.toMillis() / TICK.toMillis());
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Looks at once and then again and again, until it is closed; waits for no answer. */
    public void start() {
        looks.scheduleWithFixedDelay(this::look, 0, between.toMillis(), TimeUnit.MILLISECONDS);
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
        unanswered.set(1);
        try {
            question.run();
            say(false);
        } catch (Unavailable notThere) {
            say(true);
        } catch (RuntimeException e) {
            say(true);
            LOG.error("event=watch.failed who={} cause={}", who, e.getClass().getSimpleName());
        } finally {
            unanswered.set(0);
        }
    }

    private void tick() {
        int waited = unanswered.updateAndGet(ticks -> ticks == 0 ? 0 : ticks + 1) - 1;
        if (waited > patience) {
            say(true);
        }
        if (waited > freeAfter) {
            unanswered.set(1);
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
