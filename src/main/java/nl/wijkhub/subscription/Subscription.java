package nl.wijkhub.subscription;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who asked to be told what, and how.
 *
 * @param client whose it is: a partner, or the system of a pair for a queue of the hub's own
 * @param builtIn the hub made it itself, for a queue that is always there
 * @param types full event types
 * @param areas CBS codes, none for what has no area
 * @param levels steps of the ladder; none for all
 * @param sink where to; null when its owner pulls, or reads a queue
 * @param address broker address; null unless {@code AMQP}
 * @param content what a FHIR notification holds; null unless {@code FHIR}
 * @param heartbeatSeconds how often a silent FHIR subscription says that it lives; 0 for never
 * @param ratePerMinute how many requests the receiver takes
 */
public record Subscription(
        UUID id,
        String client,
        boolean builtIn,
        List<String> types,
        Set<String> areas,
        Set<Integer> levels,
        Protocol protocol,
        URI sink,
        Credential credential,
        String address,
        Content content,
        int heartbeatSeconds,
        int ratePerMinute,
        Instant createdAt,
        Standing standing) {

    /** How it is told. */
    public enum Protocol {
        /** CloudEvents webhook; without a sink its owner pulls. */
        HTTP,
        AMQP,
        /** FHIR R4 Subscriptions Backport, rest-hook. */
        FHIR
    }

    public enum Status {
        /** The receiver has not said yet that it wants this. */
        PENDING,
        ACTIVE,
        STOPPED,
        REFUSED
    }

    /** What a FHIR notification tells of what happened. */
    public enum Content {
        EMPTY,
        ID_ONLY
    }

    /**
     * With what the hub shows itself to the receiver; null for nothing.
     *
     * @param tokenUrl where an access token is asked for; null unless {@code OAUTH}
     * @param clientSecret null for {@code MTLS}
     */
    public record Credential(CredentialKind kind, URI tokenUrl, String clientId, String clientSecret, String scope) {
        public enum CredentialKind {
            /** OAuth 2 client credentials. */
            OAUTH,
            /** The hub's own client certificate. */
            MTLS,
            /** A value of the header {@code Authorization}, which is the whole secret. */
            AUTHORIZATION
        }
    }

    /**
     * How it goes with it.
     *
     * @param reason a code; null when there is nothing to say
     * @param lastSequence the last number that was given; 0 for none
     * @param failures attempts in a row that failed
     */
    public record Standing(
            Status status,
            String reason,
            Instant since,
            long lastSequence,
            int failures,
            Instant failingSince,
            Instant lastAttemptAt,
            Instant lastSuccessAt) {}

    static final String DELETED = "deleted";

    /** Its owner took it away: it is kept for the record alone. */
    boolean isDeleted() {
        return status() == Status.STOPPED && DELETED.equals(standing.reason());
    }

    public Status status() {
        return standing.status();
    }

    /** Whether the hub brings it, instead of its owner fetching it. */
    boolean isBrought() {
        return protocol == Protocol.AMQP || sink != null;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets each part by its name; what is not set is null, 0 or empty. */
    public static final class Builder {
        private UUID id;
        private String client;
        private boolean builtIn;
        private List<String> types = List.of();
        private Set<String> areas = Set.of();
        private Set<Integer> levels = Set.of();
        private Protocol protocol;
        private URI sink;
        private Credential credential;
        private String address;
        private Content content;
        private int heartbeatSeconds;
        private int ratePerMinute;
        private Instant createdAt;
        private Standing standing;

        private Builder() {}

        public Builder id(UUID value) {
            id = value;
            return this;
        }

        public Builder client(String value) {
            client = value;
            return this;
        }

        public Builder builtIn(boolean value) {
            builtIn = value;
            return this;
        }

        public Builder types(List<String> value) {
            types = value;
            return this;
        }

        public Builder areas(Set<String> value) {
            areas = value;
            return this;
        }

        public Builder levels(Set<Integer> value) {
            levels = value;
            return this;
        }

        public Builder protocol(Protocol value) {
            protocol = value;
            return this;
        }

        public Builder sink(URI value) {
            sink = value;
            return this;
        }

        public Builder credential(Credential value) {
            credential = value;
            return this;
        }

        public Builder address(String value) {
            address = value;
            return this;
        }

        public Builder content(Content value) {
            content = value;
            return this;
        }

        public Builder heartbeatSeconds(int value) {
            heartbeatSeconds = value;
            return this;
        }

        public Builder ratePerMinute(int value) {
            ratePerMinute = value;
            return this;
        }

        public Builder createdAt(Instant value) {
            createdAt = value;
            return this;
        }

        public Builder standing(Standing value) {
            standing = value;
            return this;
        }

        public Subscription build() {
            return new Subscription(
                    id,
                    client,
                    builtIn,
                    types,
                    areas,
                    levels,
                    protocol,
                    sink,
                    credential,
                    address,
                    content,
                    heartbeatSeconds,
                    ratePerMinute,
                    createdAt,
                    standing);
        }
    }
}
