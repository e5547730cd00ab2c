package nl.wijkhub.subscription;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.subscription.SubscriberDelivery.Enqueue;
import nl.wijkhub.subscription.SubscriberDelivery.Task;
import nl.wijkhub.subscription.SubscriberSender.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on many subscriptions at once, each on its own: nobody waits for somebody else's receiver. A request that is on
 * its way holds a place and no thread; receivers that fail get a part of the places alone.
 */
public final class SubscriberDispatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriberDispatch.class);
    private static final int PLACES = 2_000;
    private static final int PLACES_OF_FAILING = 500;
    private static final int AT_ONCE = 200;
    private static final int WORKERS = 6;

    private final SubscriptionLeaseStore leases;
    private final SubscriberDelivery delivery;
    private final SubscriberSender sender;
    private final Duration lease;
    private final Clock clock;
    private volatile boolean closing;
    private final AtomicInteger inHand = new AtomicInteger();
    private final AtomicInteger failingInHand = new AtomicInteger();
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, task -> {
        Thread thread = new Thread(task, "subscriber");
        thread.setDaemon(true);
        return thread;
    });

    public SubscriberDispatch(
            SubscriptionLeaseStore leases,
            SubscriberDelivery delivery,
            SubscriberSender sender,
            Duration lease,
            Clock clock) {
        this.leases = leases;
        this.delivery = delivery;
        this.sender = sender;
        this.lease = lease;
        this.clock = clock;
    }

    /** Takes up what has work; does not wait for any of it. */
    public void round() {
        boolean isMore = !closing;
        while (isMore) {
            isMore = take(inHand, PLACES, (now, limit) -> leases.claim(false, now, now.plus(lease), limit));
        }
        if (!closing) {
            take(failingInHand, PLACES_OF_FAILING, (now, limit) -> leases.claim(true, now, now.plus(lease), limit));
            take(failingInHand, PLACES_OF_FAILING, (now, limit) -> leases.claimSilent(now, now.plus(lease), limit));
        }
    }

    private interface Claim {
        List<UUID> of(Instant now, int limit);
    }

    /** Whether there may be more of it. */
    private boolean take(AtomicInteger places, int most, Claim claim) {
        int limit = Math.min(AT_ONCE, most - places.get());
        if (limit <= 0) {
            return false;
        }
        List<UUID> claimed = claim.of(clock.instant(), limit);
        places.addAndGet(claimed.size());
        claimed.forEach(subscription -> work(subscription, places));
        return claimed.size() == limit;
    }

    private void work(UUID subscription, AtomicInteger places) {
        try {
            workers.execute(() -> {
                if (!goesOn(subscription, places)) {
                    places.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException stopping) {
            // the lease runs out, and it is taken up after the start
            places.decrementAndGet();
        }
    }

    /** Whether its place is still needed. */
    private boolean goesOn(UUID subscription, AtomicInteger places) {
        return safely(subscription, () -> {
            Optional<Task> task = closing ? Optional.empty() : delivery.next(subscription);
            while (task.isPresent() && task.get() instanceof Enqueue enqueue) {
                sender.enqueue(
                        enqueue.subscription().address(), enqueue.notification().id(), enqueue.event());
                delivery.enqueued(enqueue);
                task = delivery.next(subscription);
            }
            task.ifPresent(t -> send(t, subscription, places));
            return task.isPresent();
        });
    }

    private void send(Task task, UUID subscription, AtomicInteger places) {
        sender.send(requestOf(task)).thenAccept(answer -> {
            try {
                workers.execute(() -> {
                    if (safely(subscription, () -> delivery.settle(task, answer))) {
                        work(subscription, places);
                    } else {
                        places.decrementAndGet();
                    }
                });
            } catch (RejectedExecutionException stopping) {
                places.decrementAndGet();
            }
        });
    }

    private static Request requestOf(Task task) {
        return task instanceof SubscriberDelivery.Ask ask ? ask.request() : ((SubscriberDelivery.Tell) task).request();
    }

    private interface Work {
        boolean run();
    }

    /** A failure of the hub's own is nobody's event lost: the lease ends, or it is tried again later. */
    private boolean safely(UUID subscription, Work work) {
        try {
            return work.run();
        } catch (RuntimeException e) {
            Unavailable away = Unavailable.in(e);
            if (away == null) {
                LOG.error(
                        "event=subscriber.failed subscription={} cause={}",
                        subscription,
                        e.getClass().getSimpleName());
            } else {
                LOG.warn("event=subscriber.waits subscription={} for={}", subscription, away.who());
            }
            giveBack(subscription, away == null ? "hub-failed" : "hub-unavailable");
            return false;
        }
    }

    private void giveBack(UUID subscription, String reason) {
        try {
            delivery.failedHere(subscription, reason);
        } catch (RuntimeException alsoAway) {
            // the lease runs out by itself
            LOG.debug("event=subscriber.lease-kept subscription={}", subscription);
        }
    }

    /** What is on its way is waited for, so that nobody is told twice after a restart. */
    @Override
    public void close() {
        closing = true;
        try {
            long until = System.nanoTime() + lease.toNanos();
            while (inHand.get() + failingInHand.get() > 0 && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            workers.shutdown();
            workers.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
