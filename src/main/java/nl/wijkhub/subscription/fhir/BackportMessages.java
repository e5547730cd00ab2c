package nl.wijkhub.subscription.fhir;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import nl.wijkhub.sharing.fhir.FhirDocument;
import nl.wijkhub.subscription.Handshake.Verdict;
import nl.wijkhub.subscription.Notification;
import nl.wijkhub.subscription.SubscriberEvent.EventContent;
import nl.wijkhub.subscription.SubscriberMessages;
import nl.wijkhub.subscription.SubscriberSender.Answer;
import nl.wijkhub.subscription.SubscriberSender.Request;
import nl.wijkhub.subscription.Subscription;
import nl.wijkhub.subscription.Subscription.Status;
import org.hl7.fhir.r4.model.Bundle;

/**
 * Speaks FHIR R4 rest-hook: everything is a notification Bundle that is posted, the question whether it is wanted too.
 * Source: Subscriptions R5 Backport IG 1.1, REST-Hook.
 */
public final class BackportMessages implements SubscriberMessages {
    private static final String MEDIA_TYPE = "application/fhir+json";

    private final BackportBundles bundles;

    public BackportMessages(Backport backport, Clock clock) {
        this.bundles = new BackportBundles(backport, clock);
    }

    @Override
    public Request handshake(Subscription subscription) {
        return post(subscription, bundles.handshake(subscription));
    }

    /** Any 2xx is a yes. Who is away or busy is asked again; any other answer is a no. */
    @Override
    public Verdict verdict(Subscription subscription, Answer answer) {
        int rate = subscription.ratePerMinute();
        if (answer.isGood()) {
            return new Verdict(Status.ACTIVE, null, rate);
        }
        boolean isAway = answer.failure() == null
                ? answer.status() >= 500 || answer.status() == 429 || answer.status() == 408
                : !answer.failure().equals("address-refused");
        return new Verdict(isAway ? Status.PENDING : Status.REFUSED, answer.reason(), rate);
    }

    @Override
    public Request event(Subscription subscription, Notification notification, long sequence, EventContent told) {
        return post(subscription, bundles.event(subscription, notification, sequence, told));
    }

    @Override
    public Request heartbeat(Subscription subscription) {
        return post(subscription, bundles.heartbeat(subscription));
    }

    private static Request post(Subscription subscription, Bundle bundle) {
        Map<String, String> headers = new HashMap<>();
        // exactly what was asked for: JSON is UTF-8
        headers.put("Content-Type", MEDIA_TYPE);
        if (subscription.credential() != null) {
            headers.put("Authorization", subscription.credential().clientSecret());
        }
        byte[] body = FhirDocument.json(bundle).getBytes(StandardCharsets.UTF_8);
        return new Request("POST", subscription.sink(), headers, body, null);
    }
}
