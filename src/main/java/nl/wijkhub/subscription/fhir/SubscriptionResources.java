package nl.wijkhub.subscription.fhir;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import nl.wijkhub.sharing.fhir.FhirDocument;
import nl.wijkhub.subscription.EventFeed.Numbered;
import nl.wijkhub.subscription.Subscription;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;

/** Subscriptions as they are answered: themselves, how it goes with them, and what they were told. */
public final class SubscriptionResources {
    private final Backport backport;
    private final SubscriptionMapper mapper;
    private final BackportBundles bundles;

    public SubscriptionResources(Backport backport, SubscriptionMapper mapper, Clock clock) {
        this.backport = backport;
        this.mapper = mapper;
        this.bundles = new BackportBundles(backport, clock);
    }

    public String resource(Subscription subscription, String mediaType) {
        return FhirDocument.text(mapper.resource(subscription), mediaType);
    }

    /** Whether it stands as one of these; none for however it stands. */
    public static boolean stands(Subscription subscription, Set<String> statuses) {
        return statuses.isEmpty()
                || statuses.contains(
                        SubscriptionStatusCodes.status(subscription.standing()).toCode());
    }

    /**
     * What was searched for.
     *
     * @param asked the path under {@code /fhir} and the query, e.g. {@code /Subscription?status=active}
     */
    public String searchset(List<Subscription> subscriptions, String asked, String mediaType) {
        Bundle found = found(subscriptions, asked);
        subscriptions.forEach(one -> found.addEntry()
                .setFullUrl(backport.subscription(one.id()))
                .setResource(mapper.resource(one))
                .getSearch()
                .setMode(SearchEntryMode.MATCH));
        return FhirDocument.text(found, mediaType);
    }

    /**
     * {@code $status}: how it goes with each.
     *
     * @param seen how many events of each its owner may have seen
     * @param asked the path under {@code /fhir} and the query
     */
    public String statuses(
            List<Subscription> subscriptions, ToLongFunction<Subscription> seen, String asked, String mediaType) {
        Bundle found = found(subscriptions, asked);
        subscriptions.forEach(one -> bundles.addStatus(found, one, seen.applyAsLong(one)));
        return FhirDocument.text(found, mediaType);
    }

    /**
     * {@code $events}: what it was told, as it stands now.
     *
     * @param seen how many events its owner may have seen
     * @param isMore whether there may be more within what was asked
     */
    public String events(
            Subscription subscription,
            long seen,
            List<Numbered> events,
            EventsQuery wish,
            boolean isMore,
            String mediaType) {
        String next = isMore
                ? backport.subscription(subscription.id()) + "/$events?"
                        + wish.after(
                                events.get(events.size() - 1).notification().sequence())
                : null;
        return FhirDocument.text(
                bundles.events(subscription, seen, events, wish.content(subscription.content()), next), mediaType);
    }

    private Bundle found(List<Subscription> subscriptions, String asked) {
        Bundle found = new Bundle();
        found.setType(BundleType.SEARCHSET).setTotal(subscriptions.size());
        found.addLink().setRelation("self").setUrl(backport.base() + asked);
        return found;
    }
}
