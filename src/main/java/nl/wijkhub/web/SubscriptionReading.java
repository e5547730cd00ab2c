package nl.wijkhub.web;

import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkhub.plan.AreaCode;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.subscription.EventType;
import nl.wijkhub.subscription.SinkPolicy;
import nl.wijkhub.subscription.Subscription.Credential;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.Subscriptions;
import nl.wijkhub.subscription.Subscriptions.Wish;

/**
 * What a partner asks to be told, every fault in it at once. {@code {types[], areas[]?, levels[]?, sink?, protocol:
 * HTTP|AMQP, credential?}}: areas and levels narrow, absent they are all of the partner's.
 */
public final class SubscriptionReading {
    private static final Set<String> FIELDS = Set.of("types", "areas", "levels", "sink", "protocol", "credential");
    private static final Set<String> CREDENTIAL = Set.of("type", "tokenUrl", "clientId", "clientSecret", "scope");
    private static final int HIGHEST_LEVEL = 4;

    /** What is wrong with a sink, in words. */
    private static final Map<String, String> SINK_NL = Map.of(
            "too-long", "Dit adres is te lang.",
            "no-url", "Hier is een URL nodig, als https://ontvanger.example.nl/meldingen.",
            "no-https", "Alleen https: wat de hub vertelt gaat nooit open over de lijn.",
            "no-host", "In deze URL staat geen naam van een machine.",
            "user-in-url", "Zet geen gebruiker of wachtwoord in de URL; gebruik credential.",
            "fragment-in-url", "Een URL met # kan geen ontvanger zijn.",
            "no-port", "Dit is geen poort.",
            "address-refused", "Dit adres is niet openbaar; daar stuurt de hub niets heen.");

    private final SinkPolicy sinks;
    private final BiPredicate<EventType, Partner> mayHear;
    private final Subscriptions subscriptions;
    private final boolean hasCertificate;

    /**
     * @param mayHear whether the agreement lets a partner be told this type at all
     * @param hasCertificate whether the hub can show a certificate of its own
     */
    public SubscriptionReading(
            SinkPolicy sinks,
            BiPredicate<EventType, Partner> mayHear,
            Subscriptions subscriptions,
            boolean hasCertificate) {
        this.sinks = sinks;
        this.mayHear = mayHear;
        this.subscriptions = subscriptions;
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
            in.fault(
                    "/sink", "not-with-amqp", "Over AMQP staat alles in een eigen wachtrij van de hub; laat sink weg.");
        }
        Credential credential = in.has("credential") ? credential(in) : null;
        if (credential != null && !in.has("sink")) {
            in.fault(
                    "/credential",
                    "not-without-sink",
                    "Zonder sink toont de hub zich aan niemand; laat credential weg.");
        }
        if (subscriptions.isFull(partner.id())) {
            in.fault("", "too-many", "Deze partner heeft al " + Subscriptions.MOST + " abonnementen.");
        }
        in.orReject();
        return new Wish(types, areas, levels, protocol, sink, credential, null, 0);
    }

    /** What is wrong with an address that is no part of a JSON body; none when nothing is. */
    public List<String> faultsOf(String sink) {
        return sinks.read(sink).faults().stream().map(SINK_NL::get).toList();
    }

    private List<String> types(BodyReading in, Partner partner) {
        List<String> types = new ArrayList<>();
        List<String> sent = in.has("types") ? in.texts("types") : List.of();
        if (sent.isEmpty()) {
            in.fault("/types", "missing", "Hier is een lijst met ten minste een soort gebeurtenis nodig.");
        }
        for (int i = 0; i < sent.size(); i++) {
            Optional<EventType> type = EventType.of(sent.get(i));
            if (type.isEmpty()) {
                in.fault(
                        "/types/" + i,
                        "not-in-list",
                        "Kies uit "
                                + Stream.of(EventType.values())
                                        .map(EventType::type)
                                        .collect(Collectors.joining(", ")) + ".");
            } else if (!mayHear.test(type.get(), partner)) {
                in.fault("/types/" + i, "not-yours", "De samenwerkingsafspraken laten dit voor deze partner niet toe.");
            } else if (!types.contains(sent.get(i))) {
                types.add(sent.get(i));
            }
        }
        return types;
    }

    private static Set<String> areas(BodyReading in, Partner partner, boolean isNeeded) {
        List<String> sent = in.has("areas") ? in.texts("areas") : List.of();
        for (int i = 0; i < sent.size(); i++) {
            String area = sent.get(i);
            if (partner.areas().stream().noneMatch(own -> AreaCode.isWithin(own, area))) {
                in.fault("/areas/" + i, "not-yours", "Hier werkt deze partner niet, of deze code bestaat niet.");
            }
        }
        if (isNeeded && sent.isEmpty() && partner.areas().isEmpty()) {
            in.fault("/areas", "not-yours", "Van deze partner staat nergens waar hij werkt.");
        }
        return sent.isEmpty() ? partner.areas() : new LinkedHashSet<>(sent);
    }

    private static Set<Integer> levels(BodyReading in) {
        return in.has("levels") ? in.numbers("levels", 1, HIGHEST_LEVEL) : Set.of();
    }

    private static String protocol(BodyReading in) {
        String sent = in.oneOf("protocol", Set.of("HTTP", "AMQP"));
        return sent.equals("AMQP") ? sent : "HTTP";
    }

    private URI sink(BodyReading in, String name, String sent) {
        if (sent == null || sent.isEmpty()) {
            return null;
        }
        SinkPolicy.Asked asked = sinks.read(sent);
        asked.faults().forEach(fault -> in.fault("/" + name, fault, SINK_NL.get(fault)));
        return asked.sink();
    }

    private Credential credential(BodyReading body) {
        BodyReading in = body.within("credential", CREDENTIAL);
        if (in.oneOf("type", Set.of("oauth-client-credentials", "mtls")).equals("mtls")) {
            if (!hasCertificate) {
                in.fault("/type", "no-certificate", "Deze hub heeft geen eigen certificaat om te tonen.");
            }
            return new Credential(Credential.Kind.MTLS, null, null, null, null);
        }
        return new Credential(
                Credential.Kind.OAUTH,
                sink(in, "tokenUrl", in.text("tokenUrl", 1)),
                in.text("clientId", 1),
                in.text("clientSecret", 1),
                in.optionalText("scope"));
    }
}
