package nl.wijkhub.web.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import nl.wijkhub.signal.Partners.Partner;

/** How many requests a partner may make: a bucket per partner that holds one second's worth and refills evenly. */
public final class RequestRate {
    private record Bucket(double tokens, long atNanos) {}

    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /**
     * @param nanos time that only goes on, as {@link System#nanoTime}: a clock that is put back would lock everybody out
     */
    public RequestRate(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean allows(Partner partner) {
        long now = nanos.getAsLong();
        double rate = partner.requestsPerSecond();
        boolean[] allowed = {false};
        buckets.compute(partner.id(), (id, bucket) -> {
            double tokens =
                    bucket == null ? rate : Math.min(rate, bucket.tokens() + rate * (now - bucket.atNanos()) / 1e9);
            allowed[0] = tokens >= 1;
            return new Bucket(allowed[0] ? tokens - 1 : tokens, now);
        });
        return allowed[0];
    }
}
