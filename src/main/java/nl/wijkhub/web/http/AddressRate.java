package nl.wijkhub.web.http;

import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;

/**
 * How many requests one network address may make where no token is asked: a bucket per address that gets one more each
 * second. Of the addresses that were silent longest nothing is kept, so that many of them cost no memory.
 */
public final class AddressRate {
    private static final int MOST_ADDRESSES = 50_000;
    private static final int LONGEST = 64;

    /** Of an IPv6 address: what one subscriber has all of. */
    private static final int NETWORK_BYTES = 8;

    private record Bucket(double tokens, long atNanos) {}

    private final int atOnce;
    private final String addressHeader;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /**
     * @param atOnce requests one address may make at once
     * @param addressHeader what the proxy in front writes the caller's address in; null where there is none
     * @param nanos time that only goes on, as {@link System#nanoTime}
     */
    public AddressRate(int atOnce, String addressHeader, LongSupplier nanos) {
        this.atOnce = atOnce;
        this.addressHeader = addressHeader;
        this.nanos = nanos;
    }

    /** Rejects: a request of an address that made too many. */
    public void check(RoutingContext ctx) {
        String sent = addressHeader == null ? null : ctx.request().getHeader(addressHeader);
        // the last one is what our own proxy wrote; those before it are the caller's words
        String address = sent == null
                ? ctx.request().remoteAddress().hostAddress()
                : sent.substring(sent.lastIndexOf(',') + 1).strip();
        if (!allows(address)) {
            throw new Rejected(Problem.TOO_MANY_REQUESTS);
        }
    }

    synchronized boolean allows(String address) {
        String network = network(address);
        long now = nanos.getAsLong();
        Bucket bucket = buckets.get(network);
        double tokens = bucket == null ? atOnce : Math.min(atOnce, bucket.tokens() + (now - bucket.atNanos()) / 1e9);
        boolean allowed = tokens >= 1;
        buckets.put(network, new Bucket(allowed ? tokens - 1 : tokens, now));
        return allowed;
    }

    private static String network(String address) {
        String text = String.valueOf(address);
        if (!text.matches("[0-9a-fA-F.]*:[0-9a-fA-F:.]*")) {
            return text.substring(0, Math.min(LONGEST, text.length()));
        }
        try {
            // digits and colons alone: nobody is asked for it
            byte[] bytes = InetAddress.getByName(text).getAddress();
            return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(NETWORK_BYTES, bytes.length)));
        } catch (UnknownHostException noAddress) {
            return "unknown";
        }
    }
}
