package nl.wijkhub.subscription.fhir;

import java.util.UUID;

/**
 * The names of the Subscriptions R5 Backport IG 1.1 for FHIR R4, and the addresses of this hub.
 * Source: http://hl7.org/fhir/uv/subscriptions-backport.
 *
 * @param base of everything under {@code /fhir}, e.g. {@code https://hub.example.nl/fhir}
 */
public record Backport(String base) {
    private static final String IG = "http://hl7.org/fhir/uv/subscriptions-backport/";
    private static final String STRUCTURE = IG + "StructureDefinition/";
    private static final String TOPIC = "/SubscriptionTopic/escalation";

    static final String SUBSCRIPTION = STRUCTURE + "backport-subscription";
    static final String NOTIFICATION = STRUCTURE + "backport-subscription-notification-r4";
    static final String STATUS = STRUCTURE + "backport-subscription-status-r4";
    static final String FILTER = STRUCTURE + "backport-filter-criteria";
    static final String CONTENT = STRUCTURE + "backport-payload-content";
    static final String HEARTBEAT = STRUCTURE + "backport-heartbeat-period";
    static final String TIMEOUT = STRUCTURE + "backport-timeout";
    static final String MAX_COUNT = STRUCTURE + "backport-max-count";
    static final String TOPICS = STRUCTURE + "capabilitystatement-subscriptiontopic-canonical";
    static final String SERVER = IG + "CapabilityStatement/backport-subscription-server-r4";
    static final String OPERATION_STATUS = IG + "OperationDefinition/backport-subscription-status";
    static final String OPERATION_EVENTS = IG + "OperationDefinition/backport-subscription-events";

    /** A step up the ladder: the one thing there is to hear about. */
    String topic() {
        return base + TOPIC;
    }

    /** Whether a canonical names that topic: of a hub with more than one name under any of them, of no version. */
    static boolean isTopic(String canonical) {
        return canonical.matches("https?://[^\\s?#|]+" + TOPIC);
    }

    String subscription(UUID id) {
        return base + "/Subscription/" + id;
    }

    String task(UUID escalationId) {
        return base + "/Task/" + escalationId;
    }
}
