package nl.wijkhub.web.fhir;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.Callable;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.fhir.ConsentResources;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.subscription.EventFeed;
import nl.wijkhub.subscription.EventFeed.Numbered;
import nl.wijkhub.subscription.Subscription;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.Subscriptions;
import nl.wijkhub.subscription.Subscriptions.Wish;
import nl.wijkhub.subscription.fhir.EventsQuery;
import nl.wijkhub.subscription.fhir.OperationReading;
import nl.wijkhub.subscription.fhir.SubscriptionMapper;
import nl.wijkhub.subscription.fhir.SubscriptionResources;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.RequestBody;
import nl.wijkhub.web.http.SentBody;
import nl.wijkhub.web.http.SubscriptionOwner;

/**
 * {@code /fhir/Subscription}, with {@code $status} and {@code $events}: a partner asks to be told in FHIR, looks how that
 * goes, fetches what it was told and ends it. Its own alone: another's does not exist.
 */
public final class SubscriptionFhirApi {
    private static final int LARGEST_PAGE = 100;
    private static final Set<String> MEDIA_TYPES = Set.of(ConsentResources.JSON, ConsentResources.XML);
    private static final Set<String> STATUSES = Set.of("requested", "active", "error", "off");
    private static final String FORMAT = "_format";
    private static final String STATUS = "status";

    private record Asked(UUID id, String text) {}

    private final Database database;
    private final Subscriptions subscriptions;
    private final EventFeed feed;
    private final SubscriptionMapper mapper;
    private final SubscriptionResources resources;
    private final SubscriptionOwner owner;
    private final Clock clock;

    public SubscriptionFhirApi(
            Database database,
            Subscriptions subscriptions,
            EventFeed feed,
            SubscriptionMapper mapper,
            SubscriptionResources resources,
            Partners partners,
            Clock clock) {
        this.database = database;
        this.subscriptions = subscriptions;
        this.feed = feed;
        this.mapper = mapper;
        this.resources = resources;
        this.owner = new SubscriptionOwner(partners, subscriptions);
        this.clock = clock;
    }

    public void mount(Router router) {
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        router.post("/fhir/Subscription").handler(body).handler(this::ask);
        router.get("/fhir/Subscription").handler(ctx -> answer(ctx, () -> search(ctx)));
        router.get("/fhir/Subscription/$status").handler(ctx -> answer(ctx, () -> statuses(ctx)));
        router.post("/fhir/Subscription/$status").handler(body).handler(ctx -> answer(ctx, () -> statuses(ctx)));
        router.get("/fhir/Subscription/:id").handler(ctx -> answer(ctx, () -> read(ctx)));
        router.delete("/fhir/Subscription/:id").handler(this::end);
        router.get("/fhir/Subscription/:id/$status").handler(ctx -> answer(ctx, () -> status(ctx)));
        router.post("/fhir/Subscription/:id/$status").handler(body).handler(ctx -> answer(ctx, () -> status(ctx)));
        router.get("/fhir/Subscription/:id/$events").handler(ctx -> answer(ctx, () -> events(ctx)));
        router.post("/fhir/Subscription/:id/$events").handler(body).handler(ctx -> answer(ctx, () -> events(ctx)));
    }

    private static void answer(RoutingContext ctx, Callable<String> work) {
        Answers.later(ctx, work, text -> ctx.response()
                .putHeader("Content-Type", FhirApi.wanted(ctx))
                .end(text));
    }

    private void ask(RoutingContext ctx) {
        Answers.later(
                ctx,
                () -> {
                    Partner partner = owner.partner(ctx);
                    Wish wish = mapper.wish(partner, body(ctx), SentBody.requireMediaType(ctx, MEDIA_TYPES));
                    Subscription asked = database.inTransaction(() -> subscriptions.ask(partner, wish));
                    return new Asked(asked.id(), resources.resource(asked, FhirApi.wanted(ctx)));
                },
                asked -> ctx.response()
                        .setStatusCode(201)
                        .putHeader("Content-Type", FhirApi.wanted(ctx))
                        .putHeader("Location", "/fhir/Subscription/" + asked.id())
                        .end(asked.text()));
    }

    private void end(RoutingContext ctx) {
        Answers.later(
                ctx,
                () -> {
                    Subscription subscription = own(ctx);
                    return database.inTransaction(() -> {
                        subscriptions.end(subscription);
                        return true;
                    });
                },
                done -> ctx.response().setStatusCode(204).end());
    }

    private String read(RoutingContext ctx) {
        return resources.resource(own(ctx), FhirApi.wanted(ctx));
    }

    private String search(RoutingContext ctx) {
        List<Subscription> all = all(ctx);
        Checks checks = new Checks(clock);
        Map<String, List<String>> asked =
                OperationReading.read(query(ctx), new byte[0], null, Set.of(STATUS, "url", FORMAT), checks);
        Set<String> statuses = statuses(asked, checks);
        checks.orReject();
        List<String> urls = asked.getOrDefault("url", List.of());
        return resources.searchset(
                all.stream()
                        .filter(one -> SubscriptionResources.stands(one, statuses))
                        .filter(one ->
                                urls.isEmpty() || urls.contains(one.sink().toString()))
                        .toList(),
                self(ctx, asked),
                FhirApi.wanted(ctx));
    }

    /** Of several at once; of one that is not the caller's nothing is said. */
    private String statuses(RoutingContext ctx) {
        List<Subscription> all = all(ctx);
        Checks checks = new Checks(clock);
        Map<String, List<String>> asked = operation(ctx, Set.of("id", STATUS, FORMAT), checks);
        Set<String> statuses = statuses(asked, checks);
        checks.orReject();
        Set<String> ids = split(asked.getOrDefault("id", List.of()));
        return resources.statuses(
                all.stream()
                        .filter(one -> ids.isEmpty() || ids.contains(one.id().toString()))
                        .filter(one -> SubscriptionResources.stands(one, statuses))
                        .toList(),
                subscriptions::seen,
                self(ctx, asked),
                FhirApi.wanted(ctx));
    }

    private String status(RoutingContext ctx) {
        Subscription subscription = own(ctx);
        Checks checks = new Checks(clock);
        // at one subscription the IG lets these stand and mean nothing
        Map<String, List<String>> asked = operation(ctx, Set.of("id", STATUS, FORMAT), checks);
        checks.orReject();
        return resources.statuses(List.of(subscription), subscriptions::seen, self(ctx, asked), FhirApi.wanted(ctx));
    }

    private String events(RoutingContext ctx) {
        Subscription subscription = own(ctx);
        Checks checks = new Checks(clock);
        EventsQuery wish = EventsQuery.of(
                operation(ctx, Set.of(EventsQuery.SINCE, EventsQuery.UNTIL, EventsQuery.CONTENT, FORMAT), checks),
                checks);
        checks.orReject();
        int limit = wish.size(LARGEST_PAGE);
        return database.inTransaction(() -> {
            List<Numbered> events = feed.numbered(subscription.id(), wish.since() - 1, limit).stream()
                    .filter(one -> one.notification().sequence() <= wish.until())
                    .toList();
            boolean isMore = events.size() == LARGEST_PAGE
                    && events.get(LARGEST_PAGE - 1).notification().sequence() < wish.until();
            long seen = subscriptions.seen(subscription);
            return resources.events(subscription, seen, events, wish, isMore, FhirApi.wanted(ctx));
        });
    }

    private static Set<String> statuses(Map<String, List<String>> asked, Checks checks) {
        Set<String> statuses = split(asked.getOrDefault(STATUS, List.of()));
        if (!STATUSES.containsAll(statuses)) {
            checks.fault("/http/" + STATUS, "not-in-list.subscription-status");
        }
        return statuses;
    }

    /** Values that are alternatives: repeated, or with commas between them. */
    private static Set<String> split(List<String> sent) {
        Set<String> values = new LinkedHashSet<>();
        sent.forEach(one -> values.addAll(List.of(one.split(","))));
        return values;
    }

    private Map<String, List<String>> operation(RoutingContext ctx, Set<String> known, Checks checks) {
        byte[] sent = body(ctx);
        String mediaType = sent.length == 0 ? null : SentBody.requireMediaType(ctx, MEDIA_TYPES);
        return OperationReading.read(query(ctx), sent, mediaType, known, checks);
    }

    /** The path under {@code /fhir} and what was asked there, in the query or posted. */
    private static String self(RoutingContext ctx, Map<String, List<String>> asked) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        asked.forEach((name, values) ->
                values.forEach(value -> query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))));
        return ctx.request().path().substring("/fhir".length()) + query;
    }

    private static byte[] body(RoutingContext ctx) {
        Buffer sent = ctx.body() == null ? null : ctx.body().buffer();
        return sent == null ? new byte[0] : sent.getBytes();
    }

    private static Map<String, List<String>> query(RoutingContext ctx) {
        Map<String, List<String>> asked = new LinkedHashMap<>();
        MultiMap sent = ctx.queryParams();
        sent.names().forEach(name -> asked.put(name, new ArrayList<>(sent.getAll(name))));
        return asked;
    }

    private List<Subscription> all(RoutingContext ctx) {
        return subscriptions.of(owner.partner(ctx).id()).stream()
                .filter(SubscriptionFhirApi::isFhir)
                .toList();
    }

    /** What speaks another language is found at {@code /v1/subscriptions} alone. */
    private Subscription own(RoutingContext ctx) {
        Subscription subscription = owner.own(ctx);
        if (!isFhir(subscription)) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return subscription;
    }

    private static boolean isFhir(Subscription subscription) {
        return subscription.protocol() == Protocol.FHIR;
    }
}
