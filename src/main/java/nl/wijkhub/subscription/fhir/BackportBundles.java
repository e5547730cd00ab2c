package nl.wijkhub.subscription.fhir;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.subscription.EventFeed.Numbered;
import nl.wijkhub.subscription.EventType;
import nl.wijkhub.subscription.Notification;
import nl.wijkhub.subscription.SubscriberEvent.EventContent;
import nl.wijkhub.subscription.Subscription;
import nl.wijkhub.subscription.Subscription.Content;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.hl7.fhir.r4.model.Type;

/**
 * What the hub says about a subscription: a Bundle whose first entry is the status, as Parameters. Numbers are strings.
 * An event without content is a number and a time; with an id it names the Task of the step. What does not stand any more
 * names the same Task, beside an entry that it is deleted: the words of a history for what is gone, without a reason.
 * Source: Backport IG 1.1, profiles backport-subscription-notification-r4 and backport-subscription-status-r4.
 */
final class BackportBundles {
    private static final String ERRORS = "urn:wijkhub:codesystem:subscription-error";
    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

    private final Backport backport;
    private final Clock clock;

    /** What kind of thing is said. Source: value set subscription-notification-type. */
    enum NotificationType {
        HANDSHAKE("handshake"),
        HEARTBEAT("heartbeat"),
        EVENT("event-notification"),
        STATUS("query-status"),
        EVENTS("query-event");

        private final String code;

        NotificationType(String code) {
            this.code = code;
        }
    }

    BackportBundles(Backport backport, Clock clock) {
        this.backport = backport;
        this.clock = clock;
    }

    /** Before anything happened. */
    Bundle handshake(Subscription subscription) {
        return history(
                Identifier.next(),
                subscription,
                status(subscription, NotificationType.HANDSHAKE, SubscriptionStatus.REQUESTED, 0));
    }

    Bundle heartbeat(Subscription subscription) {
        long events = subscription.standing().lastSequence();
        return history(
                Identifier.next(),
                subscription,
                status(subscription, NotificationType.HEARTBEAT, SubscriptionStatus.ACTIVE, events));
    }

    /** One event, under the same id and number at every attempt. */
    Bundle event(Subscription subscription, Notification notification, long sequence, EventContent told) {
        Parameters status = status(subscription, NotificationType.EVENT, SubscriptionStatus.ACTIVE, sequence);
        boolean isNamed = subscription.content() == Content.ID_ONLY;
        add(status, notification, sequence, told, isNamed);
        Bundle bundle = history(notification.id(), subscription, status);
        if (isNamed) {
            gone(bundle, List.of(told));
        }
        return bundle;
    }

    /**
     * What its owner fetches.
     *
     * @param seen how many events its owner may have seen
     * @param next where the events after these are; null when these are the last
     */
    Bundle events(Subscription subscription, long seen, List<Numbered> events, Content content, String next) {
        Parameters status = status(
                subscription, NotificationType.EVENTS, SubscriptionStatusCodes.status(subscription.standing()), seen);
        boolean isNamed = content == Content.ID_ONLY;
        events.forEach(one -> add(status, one.notification(), one.notification().sequence(), one.told(), isNamed));
        addError(status, subscription);
        Bundle bundle = history(Identifier.next(), subscription, status);
        if (isNamed) {
            gone(bundle, events.stream().map(Numbered::told).toList());
        }
        if (next != null) {
            bundle.addLink().setRelation("next").setUrl(next);
        }
        return bundle;
    }

    /** How it goes with a subscription, as an entry of what was searched. */
    void addStatus(Bundle found, Subscription subscription, long seen) {
        Parameters status = status(
                subscription, NotificationType.STATUS, SubscriptionStatusCodes.status(subscription.standing()), seen);
        addError(status, subscription);
        UUID id = Identifier.next();
        status.setId(id.toString());
        found.addEntry()
                .setFullUrl("urn:uuid:" + id)
                .setResource(status)
                .getSearch()
                .setMode(SearchEntryMode.MATCH);
    }

    private Bundle history(UUID id, Subscription subscription, Parameters status) {
        Bundle bundle = new Bundle();
        bundle.setId(id.toString());
        bundle.getMeta().addProfile(Backport.NOTIFICATION);
        bundle.setType(BundleType.HISTORY);
        bundle.setTimestampElement(instant(clock.instant()));
        status.setId(id.toString());
        BundleEntryComponent entry =
                bundle.addEntry().setFullUrl("urn:uuid:" + id).setResource(status);
        entry.getRequest().setMethod(HTTPVerb.GET).setUrl(backport.subscription(subscription.id()) + "/$status");
        entry.getResponse().setStatus("200");
        return bundle;
    }

    private Parameters status(
            Subscription subscription, NotificationType kind, SubscriptionStatus status, long events) {
        Parameters parameters = new Parameters();
        parameters.getMeta().addProfile(Backport.STATUS);
        add(parameters, "subscription", new Reference(backport.subscription(subscription.id())));
        if (subscription.content() == Content.ID_ONLY) {
            // where nothing is named, not even what it is about is
            add(parameters, "topic", new CanonicalType(backport.topic()));
        }
        add(parameters, "status", new CodeType(status.toCode()));
        add(parameters, "type", new CodeType(kind.code));
        add(parameters, "events-since-subscription-start", new StringType(String.valueOf(events)));
        return parameters;
    }

    private void add(Parameters status, Notification notification, long sequence, EventContent told, boolean isNamed) {
        ParametersParameterComponent event = status.addParameter().setName("notification-event");
        event.addPart().setName("event-number").setValue(new StringType(String.valueOf(sequence)));
        event.addPart().setName("timestamp").setValue(instant(notification.createdAt()));
        if (isNamed) {
            event.addPart().setName("focus").setValue(new Reference(backport.task(escalation(told))));
        }
    }

    /** What is not there any more, each once. */
    private void gone(Bundle bundle, List<EventContent> told) {
        Set<String> gone = new LinkedHashSet<>();
        told.stream()
                .filter(one -> one.type() == EventType.RECALL)
                .forEach(one -> gone.add(backport.task(escalation(one))));
        for (String task : gone) {
            BundleEntryComponent entry = bundle.addEntry().setFullUrl(task);
            entry.getRequest().setMethod(HTTPVerb.DELETE).setUrl(task);
            entry.getResponse().setStatus("204");
        }
    }

    /** The step that it is about, be it told or recalled: where it may be fetched ends in its id. */
    private static UUID escalation(EventContent told) {
        return UUID.fromString(told.dataref().substring(told.dataref().lastIndexOf('/') + 1));
    }

    private static void addError(Parameters status, Subscription subscription) {
        SubscriptionStatusCodes.error(subscription.standing()).ifPresent(code -> {
            CodeableConcept error = new CodeableConcept();
            error.addCoding().setSystem(ERRORS).setCode(code);
            add(status, "error", error);
        });
    }

    private static void add(Parameters parameters, String name, Type value) {
        parameters.addParameter().setName(name).setValue(value);
    }

    private static InstantType instant(Instant at) {
        return new InstantType(Date.from(at), TemporalPrecisionEnum.MILLI, UTC);
    }
}
