package nl.wijkhub.web.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import nl.wijkhub.kernel.MediaType;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.signal.SignalReading;

/**
 * Takes the body of a request, so many bytes at most and so long at most. All bodies of single messages that are on their way
 * share what memory there is for them, whoever sends them: more get 503 before a byte is read. One with many messages may be
 * larger, and there are places for only so many of those at once.
 */
public final class RequestBody implements Handler<RoutingContext> {
    private static final int MOST_BULK_AT_ONCE = 8;

    /** What the bodies of single messages together may take that are on their way: an eighth of the memory of this process. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;

    /** From its first byte to its last; a connection that is silent meanwhile ends sooner. */
    private static final long LONGEST_MILLIS = 60_000;

    /** Of this process: memory is shared by whoever reads bodies in it. */
    private static final AtomicLong BYTES = new AtomicLong();

    private final Handler<RoutingContext> one;
    private final Handler<RoutingContext> many;
    private final AtomicInteger bulkInHand = new AtomicInteger();

    /**
     * @param maxBytes of one message; more gets 413
     * @param maxBulkBytes of many in one request
     */
    public RequestBody(long maxBytes, long maxBulkBytes) {
        this.one = upTo(maxBytes);
        this.many = BodyHandler.create(false).setBodyLimit(maxBulkBytes);
    }

    /** Takes a body of at most so many bytes; a larger one gets 413. */
    public static Handler<RoutingContext> upTo(long maxBytes) {
        BodyHandler body = BodyHandler.create(false).setBodyLimit(maxBytes);
        return ctx -> {
            // who does not say how much will come may send as much as is taken
            long bytes = Math.min(maxBytes, announced(ctx, maxBytes));
            if (bytes > 0 && BYTES.addAndGet(bytes) > MOST_BYTES) {
                BYTES.addAndGet(-bytes);
                refuse(ctx);
                return;
            }
            if (bytes > 0) {
                endInTime(ctx, () -> BYTES.addAndGet(-bytes));
            }
            body.handle(ctx);
        };
    }

    private static long announced(RoutingContext ctx, long otherwise) {
        if (ctx.request().isEnded()) {
            return 0;
        }
        String length = ctx.request().getHeader("Content-Length");
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : otherwise;
    }

    /** @param atEnd run once, when it was answered, broke off or took too long */
    private static void endInTime(RoutingContext ctx, Runnable atEnd) {
        AtomicBoolean isOver = new AtomicBoolean();
        long timer = ctx.vertx().setTimer(LONGEST_MILLIS, tooLate -> {
            if (!ctx.request().isEnded()) {
                ctx.request().connection().close();
                if (isOver.compareAndSet(false, true)) {
                    atEnd.run();
                }
            }
        });
        ctx.addEndHandler(ended -> {
            ctx.vertx().cancelTimer(timer);
            if (isOver.compareAndSet(false, true)) {
                atEnd.run();
            }
        });
    }

    private static void refuse(RoutingContext ctx) {
        Answers.lastOnItsConnection(ctx);
        Answers.problem(ctx, new Unavailable("doors", null));
    }

    @Override
    public void handle(RoutingContext ctx) {
        if (!SignalReading.MANY.contains(
                MediaType.of(ctx.request().getHeader("Content-Type")).name())) {
            one.handle(ctx);
        } else if (bulkInHand.incrementAndGet() > MOST_BULK_AT_ONCE) {
            bulkInHand.decrementAndGet();
            refuse(ctx);
        } else {
            endInTime(ctx, bulkInHand::decrementAndGet);
            many.handle(ctx);
        }
    }
}
