package nl.wijkhub.subscription;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the hub may be sent to: a public address over https, or one that the operator allows. It is asked about every
 * address that a name has, at every attempt, and the hub then goes to that very address: a name that changes its mind
 * between two looks does not help.
 * Source of the ranges: the IANA special-purpose address registries for IPv4 and IPv6.
 */
public final class SinkPolicy {
    private static final int LONGEST = 2000;
    private static final List<Range> NOT_PUBLIC = ranges(List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            // everything that is not global unicast, and within it what hides or stands for something else
            "::/3",
            "4000::/2",
            "8000::/1",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20"));

    /** A block of addresses of one family. */
    private record Range(int bytes, BigInteger first, int prefix) {
        static Range of(String cidr) {
            String[] parts = cidr.split("/", 2);
            if (parts.length != 2
                    || !parts[0].matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")
                    || !parts[1].matches("[0-9]{1,3}")) {
                throw new IllegalArgumentException("no address range");
            }
            byte[] address;
            try {
                // digits and colons alone: nothing is looked up
                address = InetAddress.getByName(parts[0]).getAddress();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("no address range", e);
            }
            int prefix = Integer.parseInt(parts[1]);
            if (prefix > address.length * 8) {
                throw new IllegalArgumentException("no address range");
            }
            return new Range(address.length, number(address).shiftRight(address.length * 8 - prefix), prefix);
        }

        boolean holds(InetAddress one) {
            byte[] address = one.getAddress();
            return address.length == bytes
                    && number(address).shiftRight(bytes * 8 - prefix).equals(first);
        }

        private static BigInteger number(byte[] address) {
            return new BigInteger(1, address);
        }
    }

    private final List<Range> allowed;

    /**
     * @param allowed blocks like {@code 10.20.0.0/16} that an operator allows although they are not public
     */
    public SinkPolicy(Collection<String> allowed) {
        this.allowed = ranges(allowed);
    }

    /** Whether a text names a block of addresses. */
    public static boolean isRange(String cidr) {
        try {
            Range.of(cidr);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<Range> ranges(Collection<String> cidrs) {
        return cidrs.stream().map(Range::of).toList();
    }

    /** What a subscriber asks for, as far as it can be judged without looking up its name. */
    public record Asked(URI sink, List<String> faults) {}

    /** Reads where somebody wants to be told; every fault at once, as its key. */
    public Asked read(String text) {
        List<String> faults = new ArrayList<>();
        if (text.length() > LONGEST) {
            return new Asked(null, List.of("too-long.sink"));
        }
        URI sink;
        try {
            sink = new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            return new Asked(null, List.of("no-url"));
        }
        String scheme = String.valueOf(sink.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http")) {
            faults.add("no-https");
        }
        if (sink.getHost() == null) {
            faults.add("no-host");
            return new Asked(null, faults);
        }
        if (sink.getRawUserInfo() != null) {
            faults.add("user-in-url");
        }
        if (sink.getRawFragment() != null) {
            faults.add("fragment-in-url");
        }
        if (sink.getPort() == 0 || sink.getPort() > 65_535) {
            faults.add("no-port");
        }
        if (sink.getHost().matches("0[xX][0-9a-fA-FxX.]*")) {
            // some resolvers read this as an address
            faults.add("address-refused");
        }
        Optional<InetAddress> literal = literal(sink.getHost());
        literal.filter(address -> !mayReach(sink, List.of(address)))
                .ifPresent(address ->
                        faults.add(scheme.equals("http") && isPublic(address) ? "no-https" : "address-refused"));
        boolean isLocal = isLocalName(sink.getHost());
        if (literal.isEmpty() && isLocal && allowed.isEmpty()) {
            faults.add("address-refused");
        }
        if (literal.isEmpty() && !isLocal && scheme.equals("http")) {
            faults.add("no-https");
        }
        return new Asked(
                faults.isEmpty() ? sink : null, faults.stream().distinct().toList());
    }

    /**
     * Whether the hub may go there: all the addresses its name has count, because any of them may be taken. Without
     * encryption it goes to its own machine alone.
     */
    public boolean mayReach(URI sink, Collection<InetAddress> addresses) {
        boolean isEncrypted = "https".equals(sink.getScheme());
        return !addresses.isEmpty()
                && addresses.stream()
                        .allMatch(address -> isAllowed(address)
                                ? isEncrypted || address.isLoopbackAddress()
                                : isEncrypted && isPublic(address));
    }

    private boolean isAllowed(InetAddress address) {
        return allowed.stream().anyMatch(range -> range.holds(address));
    }

    private static boolean isPublic(InetAddress address) {
        return NOT_PUBLIC.stream().noneMatch(range -> range.holds(address));
    }

    private static boolean isLocalName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.endsWith(".local")
                || name.endsWith(".internal")
                || !name.contains(".");
    }

    /** An address written as one, be it as a single number. */
    private static Optional<InetAddress> literal(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (!bare.contains(":") && !bare.matches("[0-9.]+")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException e) {
            return Optional.of(InetAddress.getLoopbackAddress());
        }
    }
}
