package nl.wijkhub.web.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.QueueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events of the team queues. One thread reads the event table for all followers and tells each what is
 * theirs; it alone moves the cursor, so a follower that resumes misses nothing and gets nothing twice.
 */
public final class TeamEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TeamEvents.class);
    private static final long EVERY_MILLIS = 250;
    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final int READ_AT_ONCE = 1_000;
    private static final int MOST_UNSENT_BYTES = 256 * 1024;

    private record Follower(Context loop, HttpServerResponse response, Recipient recipient) {
        void tell(String text) {
            loop.runOnContext(v -> {
                if (!response.closed() && !response.ended()) {
                    if (response.writeQueueFull() && response.bytesWritten() > MOST_UNSENT_BYTES) {
                        response.end(); // too slow to follow: it resumes by its last event id
                    } else {
                        response.write(text);
                    }
                }
            });
        }
    }

    private final QueueStore queue;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread t = new Thread(task, "team-events");
        t.setDaemon(true);
        return t;
    });
    private final List<Follower> followers = new ArrayList<>();
    private QueueStore.Cursor cursor;
    private long lastHeartbeat = System.nanoTime();

    public TeamEvents(QueueStore queue) {
        this.queue = queue;
        thread.scheduleWithFixedDelay(this::read, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Keeps the answer open and writes every event of this pair, from {@code lastEventId} on when it is known. */
    public void follow(RoutingContext ctx, Recipient recipient, UUID lastEventId) {
        HttpServerResponse response = ctx.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("X-Accel-Buffering", "no");
        response.write(": wijkhub\nretry: 1000\n\n");
        Follower follower = new Follower(ctx.vertx().getOrCreateContext(), response, recipient);
        response.closeHandler(v -> thread.execute(() -> followers.remove(follower)));
        thread.execute(() -> join(follower, lastEventId));
    }

    private void join(Follower follower, UUID lastEventId) {
        guarded(() -> {
            if (cursor == null) {
                cursor = queue.lastEvent();
            }
            if (lastEventId != null) {
                queue.cursorOf(lastEventId).ifPresent(from -> {
                    QueueStore.Cursor at = from;
                    List<QueueStore.Event> missed = queue.eventsFor(follower.recipient(), at, READ_AT_ONCE);
                    while (!missed.isEmpty()) {
                        for (QueueStore.Event event : missed) {
                            at = event.at();
                            if (at.compareTo(cursor) <= 0) {
                                follower.tell(text(event));
                            }
                        }
                        missed = queue.eventsFor(follower.recipient(), at, READ_AT_ONCE);
                    }
                });
            }
            followers.add(follower);
        });
    }

    private void read() {
        guarded(() -> {
            if (followers.isEmpty()) {
                cursor = null;
                return;
            }
            for (QueueStore.Event event : queue.eventsAfter(cursor, READ_AT_ONCE)) {
                cursor = event.at();
                for (Follower follower : followers) {
                    if (follower.recipient().equals(event.recipient())) {
                        follower.tell(text(event));
                    }
                }
            }
            if (System.nanoTime() - lastHeartbeat > TimeUnit.MILLISECONDS.toNanos(HEARTBEAT_MILLIS)) {
                lastHeartbeat = System.nanoTime();
                followers.forEach(follower -> follower.tell(": \n\n"));
            }
        });
    }

    private static String text(QueueStore.Event event) {
        return "id: " + event.id() + "\nevent: queue-item\ndata: {\"id\":\"" + event.itemId() + "\",\"kind\":\""
                + event.kind() + "\"}\n\n";
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (Unavailable away) {
            LOG.debug("event=team-events.waiting away={}", away.who());
        } catch (RuntimeException e) {
            LOG.error("event=team-events.failed cause={}", ProblemAnswer.place(e));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
