package nl.wijkhub.subscription.fhir;

import static nl.wijkhub.kernel.Fault.at;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nl.wijkhub.sharing.fhir.FhirDocument;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.subscription.EventType;
import nl.wijkhub.subscription.Subscription.Content;
import nl.wijkhub.subscription.Subscription.Credential;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.Subscriptions.Wish;
import nl.wijkhub.subscription.WishPolicy;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelComponent;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.hl7.fhir.r4.model.UnsignedIntType;

/**
 * FHIR R4 Subscription as the Backport IG profiles it ↔ what a partner wishes to be told, every fault in it at once.
 * In: JSON or XML. Rejects: another topic or channel, a filter or extension it does not know (it might narrow), more
 * content than an id, an end (whoever has enough deletes it), a header that is no {@code Authorization}.
 * Left behind: {@code reason}, {@code contact} and {@code text}, which are words for people. {@code Authorization} is kept
 * sealed and never shown again.
 */
public final class SubscriptionMapper {
    private static final String JSON = "application/fhir+json";
    private static final String REASON_NL = "Opschalingen in het gebied waar de abonnee werkt";
    private static final int LONGEST_HEARTBEAT = (int) Duration.ofDays(31).toSeconds();
    private static final int LONGEST_HEADER = 8_000;
    private static final String AUTHORIZATION = "(?i)authorization: *([\\x21-\\x7e]+( [\\x21-\\x7e]+)*)";

    private final Backport backport;
    private final WishPolicy wishes;
    private final int timeoutSeconds;
    private final Clock clock;

    /**
     * @param timeout how long a receiver gets to answer
     */
    public SubscriptionMapper(Backport backport, WishPolicy wishes, Duration timeout, Clock clock) {
        this.backport = backport;
        this.wishes = wishes;
        this.timeoutSeconds = (int) Math.max(1, timeout.toSeconds());
        this.clock = clock;
    }

    public Wish wish(Partner partner, byte[] body, String mediaType) {
        Checks checks = new Checks(clock);
        Subscription sent = FhirDocument.alone(body, mediaType, Subscription.class, checks);
        whole(sent, checks);
        FilterReading filters = FilterReading.of(sent.getCriteriaElement(), checks);
        topic(sent, partner, checks);
        SubscriptionChannelComponent channel = sent.getChannel();
        channel(channel, checks);
        Wish wish = new Wish(
                List.of(EventType.ESCALATION.type()),
                wishes.areas( // criteria.extension[area] → areas 0..n
                        filters.areas(), partner, true, "/criteria", i -> filters.areasAt(), checks::fault),
                filters.levels(), // criteria.extension[level] → levels 0..n
                Protocol.FHIR,
                sink(channel, checks), // channel.endpoint → sink 1..1
                credential(channel, checks), // channel.header → credential 0..1
                content(channel, checks), // channel.payload.extension[content] → content 1..1
                heartbeat(channel, checks)); // channel.extension[heartbeat] → heartbeatSeconds 0..1
        wishes.room(partner, checks::fault);
        checks.orReject();
        return wish;
    }

    private static void whole(Subscription sent, Checks checks) {
        if (sent.getStatus() != SubscriptionStatus.REQUESTED) {
            checks.fault("/status", sent.hasStatus() ? "not-in-list.requested" : "missing.requested");
        }
        if (!sent.hasReason()) {
            checks.fault("/reason", "missing.subscription-reason");
        }
        if (sent.hasEnd()) {
            checks.fault("/end", "not-taken.end");
        }
        if (sent.hasError()) {
            checks.fault("/error", "not-taken.error");
        }
        if (sent.hasContained()) {
            checks.fault("/contained", "not-taken.contained");
        }
        if (sent.hasId()) {
            checks.fault("/id", "id-not-allowed");
        }
        unknown(sent.getExtension(), "/extension", List.of(), checks);
    }

    private void topic(Subscription sent, Partner partner, Checks checks) {
        String topic = sent.getCriteria();
        if (topic == null || !Backport.isTopic(topic)) {
            checks.fault("/criteria", topic == null ? "missing.topic" : "not-in-list.topic", backport.topic());
        } else {
            wishes.mayHear(EventType.ESCALATION, partner, "/criteria", checks::fault);
        }
    }

    private void channel(SubscriptionChannelComponent channel, Checks checks) {
        if (channel.getType() != SubscriptionChannelType.RESTHOOK) {
            checks.fault("/channel/type", channel.hasType() ? "not-in-list.channel" : "missing.channel");
        }
        unknown(channel.getTypeElement().getExtension(), "/channel/type/extension", List.of(), checks);
        unknown(
                channel.getExtension(),
                "/channel/extension",
                List.of(Backport.HEARTBEAT, Backport.TIMEOUT, Backport.MAX_COUNT),
                checks);
        Integer timeout = number(channel, Backport.TIMEOUT, UnsignedIntType.class, checks);
        if (timeout != null && timeout < timeoutSeconds) {
            checks.fault(place(channel, Backport.TIMEOUT), "out-of-range.timeout", timeoutSeconds);
        }
        // one event in each notification: at most however many are asked for
        number(channel, Backport.MAX_COUNT, PositiveIntType.class, checks);
    }

    private URI sink(SubscriptionChannelComponent channel, Checks checks) {
        if (!channel.hasEndpoint()) {
            checks.fault("/channel/endpoint", "missing.endpoint");
            return null;
        }
        return wishes.sink(channel.getEndpoint(), "/channel/endpoint", checks::fault);
    }

    private static Content content(SubscriptionChannelComponent channel, Checks checks) {
        if (!JSON.equals(channel.getPayload())) {
            boolean isMissing = channel.getPayload() == null;
            checks.fault("/channel/payload", isMissing ? "missing.payload" : "not-in-list.payload", JSON);
        }
        List<Extension> extensions = channel.getPayloadElement().getExtension();
        String all = "/channel/payload/extension";
        unknown(extensions, all, List.of(Backport.CONTENT), checks);
        List<Extension> asked = extensions.stream()
                .filter(extension -> Backport.CONTENT.equals(extension.getUrl()))
                .toList();
        if (asked.isEmpty()) {
            checks.fault(all, "missing.payload-content");
            return null;
        }
        String code = asked.get(0).getValue() instanceof CodeType sent ? sent.getValue() : null;
        if ("empty".equals(code)) {
            return Content.EMPTY;
        }
        if (!"id-only".equals(code)) {
            checks.fault(
                    at(all, extensions.indexOf(asked.get(0))) + "/valueCode",
                    "full-resource".equals(code) ? "content-not-taken" : "not-in-list.payload-content");
        }
        return Content.ID_ONLY;
    }

    private static int heartbeat(SubscriptionChannelComponent channel, Checks checks) {
        Integer seconds = number(channel, Backport.HEARTBEAT, UnsignedIntType.class, checks);
        if (seconds == null) {
            return 0;
        }
        if (seconds < 1 || seconds > LONGEST_HEARTBEAT) {
            checks.fault(place(channel, Backport.HEARTBEAT), "out-of-range.heartbeat", LONGEST_HEARTBEAT);
        }
        return seconds;
    }

    /** What the hub shows itself with; any other header could change what the receiver understands. */
    private static Credential credential(SubscriptionChannelComponent channel, Checks checks) {
        Credential credential = null;
        for (int i = 0; i < channel.getHeader().size(); i++) {
            String header = String.valueOf(channel.getHeader().get(i).getValue());
            if (credential != null) {
                checks.fault(at("/channel/header", i), "too-many.headers");
            } else if (header.length() > LONGEST_HEADER || !header.matches(AUTHORIZATION)) {
                checks.fault(at("/channel/header", i), "header-not-taken");
            } else {
                String value = header.substring(header.indexOf(':') + 1).strip();
                credential = new Credential(Credential.CredentialKind.AUTHORIZATION, null, null, value, null);
            }
        }
        return credential;
    }

    private static Integer number(
            SubscriptionChannelComponent channel, String url, Class<? extends IntegerType> type, Checks checks) {
        Extension sent = channel.getExtensionByUrl(url);
        if (sent == null) {
            return null;
        }
        if (!type.isInstance(sent.getValue()) || !sent.getValue().hasPrimitiveValue()) {
            checks.fault(
                    place(channel, url),
                    "wrong-type.extension-value",
                    type.getSimpleName().replace("Type", ""));
            return null;
        }
        Integer number = ((IntegerType) sent.getValue()).getValue();
        if (number == null) {
            checks.fault(place(channel, url), "wrong-form.whole-number");
        }
        return number;
    }

    private static String place(SubscriptionChannelComponent channel, String url) {
        return at("/channel/extension", channel.getExtension().indexOf(channel.getExtensionByUrl(url))) + "/value";
    }

    /** An extension that nobody knows might narrow what is asked; one that stands twice says two things. */
    static void unknown(List<Extension> extensions, String pointer, List<String> known, Checks checks) {
        TreeSet<String> seen = new TreeSet<>();
        for (int i = 0; i < extensions.size(); i++) {
            String url = String.valueOf(extensions.get(i).getUrl());
            if (!known.contains(url)) {
                checks.fault(at(pointer, i), "unknown-extension");
            } else if (!seen.add(url)) {
                checks.fault(at(pointer, i), "too-many.extensions");
            }
        }
    }

    /** As its owner sees it: what holds, in the hub's own words; what the hub shows itself with never comes back. */
    Subscription resource(nl.wijkhub.subscription.Subscription subscription) {
        Subscription resource = new Subscription();
        resource.setId(subscription.id().toString());
        resource.getMeta()
                .setLastUpdated(Date.from(subscription.standing().since()))
                .addProfile(Backport.SUBSCRIPTION);
        resource.setText(FhirDocument.narrative(REASON_NL));
        resource.setStatus(SubscriptionStatusCodes.status(subscription.standing()));
        SubscriptionStatusCodes.error(subscription.standing()).ifPresent(resource::setError);
        resource.setReason(REASON_NL);
        resource.setCriteria(backport.topic());
        resource.getCriteriaElement().addExtension(Backport.FILTER, new StringType(filter(subscription)));
        SubscriptionChannelComponent channel = resource.getChannel();
        channel.setType(SubscriptionChannelType.RESTHOOK)
                .setEndpoint(subscription.sink().toString())
                .setPayload(JSON);
        channel.getPayloadElement()
                .addExtension(
                        Backport.CONTENT, new CodeType(subscription.content() == Content.EMPTY ? "empty" : "id-only"));
        if (subscription.heartbeatSeconds() > 0) {
            channel.addExtension(Backport.HEARTBEAT, new UnsignedIntType(subscription.heartbeatSeconds()));
        }
        channel.addExtension(Backport.TIMEOUT, new UnsignedIntType(timeoutSeconds));
        channel.addExtension(Backport.MAX_COUNT, new PositiveIntType(1));
        return resource;
    }

    private static String filter(nl.wijkhub.subscription.Subscription subscription) {
        String areas = String.join(",", new TreeSet<>(subscription.areas()));
        String levels =
                subscription.levels().stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
        return "Task?area=" + areas + (levels.isEmpty() ? "" : "&level=" + levels);
    }
}
