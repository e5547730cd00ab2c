package nl.wijkhub.web;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nl.wijkhub.signal.Partners.Partner;

/** How many requests a partner may make: a bucket per partner that holds one second's worth and refills evenly. */
final class RequestRate {
    private record Bucket(double tokens, long atMillis) {}

    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final Clock clock;

    RequestRate(Clock clock) {
        this.clock = clock;
    }

    boolean allows(Partner partner) {
        long now = clock.millis();
        double rate = partner.requestsPerSecond();
        boolean[] allowed = {false};
        buckets.compute(partner.id(), (id, bucket) -> {
            double tokens =
                    bucket == null ? rate : Math.min(rate, bucket.tokens() + rate * (now - bucket.atMillis()) / 1000.0);
            allowed[0] = tokens >= 1;
            return new Bucket(allowed[0] ? tokens - 1 : tokens, now);
        });
        return allowed[0];
    }
}
