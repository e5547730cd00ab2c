package nl.wijkhub.web.api;

import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.subscription.EventType;
import nl.wijkhub.subscription.Subscription.Credential;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.Subscriptions.Wish;
import nl.wijkhub.subscription.WishPolicy;
import nl.wijkhub.web.http.BodyReading;

/**
 * What a partner asks to be told, every fault in it at once. {@code {types[], areas[]?, levels[]?, sink?, protocol:
 * HTTP|AMQP, credential?}}: areas and levels narrow, absent they are all of the partner's.
 */
public final class SubscriptionReading {
    private static final Set<String> FIELDS = Set.of("types", "areas", "levels", "sink", "protocol", "credential");
    private static final Set<String> CREDENTIAL = Set.of("type", "tokenUrl", "clientId", "clientSecret", "scope");
    private final WishPolicy wishes;
    private final boolean hasCertificate;

    /**
     * @param hasCertificate whether the hub can show a certificate of its own
     */
    public SubscriptionReading(WishPolicy wishes, boolean hasCertificate) {
        this.wishes = wishes;
        this.hasCertificate = hasCertificate;
    }

    Wish read(RoutingContext ctx, Partner partner) {
        BodyReading in = new BodyReading(ctx, FIELDS);
        List<String> types = types(in, partner);
        Set<String> areas = areas(in, partner, types.contains(EventType.ESCALATION.type()));
        Set<Integer> levels = levels(in);
        Protocol protocol = Protocol.valueOf(protocol(in));
        URI sink = sink(in, "sink", in.optionalText("sink"));
        if (sink != null && protocol == Protocol.AMQP) {
            in.fault("/sink", "not-with-amqp");
        }
        Credential credential = in.has("credential") ? credential(in) : null;
        if (credential != null && !in.has("sink")) {
            in.fault("/credential", "not-without-sink");
        }
        wishes.room(partner, in::fault);
        in.orReject();
        return new Wish(types, areas, levels, protocol, sink, credential, null, 0);
    }

    private List<String> types(BodyReading in, Partner partner) {
        List<String> types = new ArrayList<>();
        List<String> sent = in.has("types") ? in.texts("types") : List.of();
        if (sent.isEmpty()) {
            in.fault("/types", "missing.event-types");
        }
        for (int i = 0; i < sent.size(); i++) {
            Optional<EventType> type = EventType.of(sent.get(i));
            if (type.isEmpty()) {
                in.fault(
                        "/types/" + i,
                        "not-in-list.event-types",
                        Stream.of(EventType.values()).map(EventType::type).toList());
            } else if (wishes.mayHear(type.get(), partner, "/types/" + i, in::fault) && !types.contains(sent.get(i))) {
                types.add(sent.get(i));
            }
        }
        return types;
    }

    private Set<String> areas(BodyReading in, Partner partner, boolean isNeeded) {
        List<String> sent = in.has("areas") ? in.texts("areas") : List.of();
        return wishes.areas(sent, partner, isNeeded, "/areas", i -> "/areas/" + i, in::fault);
    }

    private static Set<Integer> levels(BodyReading in) {
        return in.has("levels") ? in.numbers("levels", 1, WishPolicy.HIGHEST_LEVEL) : Set.of();
    }

    private static String protocol(BodyReading in) {
        String sent = in.oneOf("protocol", Set.of("HTTP", "AMQP"));
        return sent.equals("AMQP") ? sent : "HTTP";
    }

    private URI sink(BodyReading in, String name, String sent) {
        if (sent == null || sent.isEmpty()) {
            return null;
        }
        return wishes.sink(sent, "/" + name, in::fault);
    }

    private Credential credential(BodyReading body) {
        BodyReading in = body.within("credential", CREDENTIAL);
        if (in.oneOf("type", Set.of("oauth-client-credentials", "mtls")).equals("mtls")) {
            if (!hasCertificate) {
                in.fault("/type", "no-certificate");
            }
            return new Credential(Credential.CredentialKind.MTLS, null, null, null, null);
        }
        return new Credential(
                Credential.CredentialKind.OAUTH,
                sink(in, "tokenUrl", in.text("tokenUrl", 1)),
                in.text("clientId", 1),
                in.text("clientSecret", 1),
                in.optionalText("scope"));
    }
}
