package nl.wijkhub.web;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.signal.SignalReading;

/**
 * Takes the body of a request to a door. One with many messages may be larger than one with one, but only so many of
 * those at once: together they have to fit in memory, whoever sends them.
 */
public final class RequestBody implements Handler<RoutingContext> {
    private static final int MOST_BULK_AT_ONCE = 8;

    private final BodyHandler one;
    private final BodyHandler many;
    private final AtomicInteger bulkInHand = new AtomicInteger();

    /**
     * @param maxBytes of one message; more gets 413
     * @param maxBulkBytes of many in one request
     */
    public RequestBody(long maxBytes, long maxBulkBytes) {
        this.one = BodyHandler.create(false).setBodyLimit(maxBytes);
        this.many = BodyHandler.create(false).setBodyLimit(maxBulkBytes);
    }

    @Override
    public void handle(RoutingContext ctx) {
        if (!SignalReading.MANY.contains(mediaType(ctx.request().getHeader("Content-Type")))) {
            one.handle(ctx);
        } else if (bulkInHand.incrementAndGet() > MOST_BULK_AT_ONCE) {
            bulkInHand.decrementAndGet();
            Answers.problem(ctx, new Unavailable("doors", null));
        } else {
            ctx.addEndHandler(ended -> bulkInHand.decrementAndGet());
            many.handle(ctx);
        }
    }

    private static String mediaType(String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
