package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.subscription.EventFeed;
import nl.wijkhub.subscription.Notification;
import nl.wijkhub.subscription.Subscription;
import nl.wijkhub.subscription.Subscriptions;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.QueryReading;
import nl.wijkhub.web.http.RequestBody;
import nl.wijkhub.web.http.SubscriptionOwner;

/**
 * {@code /v1/subscriptions}: a partner asks to be told, looks how that goes, fetches what it was told, ends it, and has
 * tried again what was given up. Its own alone: another's does not exist.
 */
public final class SubscriptionApi {
    private static final int LARGEST_PAGE = 100;

    private final Database database;
    private final Subscriptions subscriptions;
    private final EventFeed feed;
    private final SubscriptionReading reading;
    private final SubscriptionOwner owner;

    public SubscriptionApi(
            Database database,
            Subscriptions subscriptions,
            EventFeed feed,
            SubscriptionReading reading,
            Partners partners) {
        this.database = database;
        this.subscriptions = subscriptions;
        this.feed = feed;
        this.reading = reading;
        this.owner = new SubscriptionOwner(partners, subscriptions);
    }

    public void mount(Router router) {
        router.post("/v1/subscriptions")
                .handler(RequestBody.upTo(BodyReading.LARGEST))
                .handler(this::ask);
        router.get("/v1/subscriptions").handler(ctx -> Answers.json(ctx, () -> list(ctx)));
        router.get("/v1/subscriptions/:id")
                .handler(ctx -> Answers.json(ctx, () -> looked(owner.own(ctx)).toString()));
        router.delete("/v1/subscriptions/:id").handler(this::end);
        router.get("/v1/subscriptions/:id/events").handler(ctx -> Answers.json(ctx, () -> events(ctx)));
        router.get("/v1/subscriptions/:id/dead-letters").handler(ctx -> Answers.json(ctx, () -> dead(ctx)));
        router.post("/v1/subscriptions/:id/_redeliver")
                .handler(RequestBody.upTo(BodyReading.LARGEST))
                .handler(ctx -> Answers.json(ctx, () -> redeliver(ctx)));
    }

    private void ask(RoutingContext ctx) {
        Answers.later(
                ctx,
                () -> {
                    Partner partner = owner.partner(ctx);
                    Subscriptions.Wish wish = reading.read(ctx, partner);
                    return database.inTransaction(() -> subscriptions.ask(partner, wish));
                },
                subscription -> ctx.response()
                        .setStatusCode(201)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Location", "/v1/subscriptions/" + subscription.id())
                        .end(shown(subscription, 0).toString()));
    }

    private void end(RoutingContext ctx) {
        Answers.later(
                ctx,
                () -> {
                    Subscription subscription = owner.own(ctx);
                    return database.inTransaction(() -> {
                        subscriptions.end(subscription);
                        return true;
                    });
                },
                done -> ctx.response().setStatusCode(204).end());
    }

    private String list(RoutingContext ctx) {
        ArrayNode items = Json.MAPPER.createArrayNode();
        subscriptions.of(owner.partner(ctx).id()).forEach(subscription -> items.add(looked(subscription)));
        return Json.MAPPER.createObjectNode().set("items", items).toString();
    }

    private String events(RoutingContext ctx) {
        Subscription subscription = owner.own(ctx);
        QueryReading in = new QueryReading(ctx);
        long after = in.number("after", 0, 0, Long.MAX_VALUE / 2);
        int limit = (int) in.number("pageSize", LARGEST_PAGE, 1, LARGEST_PAGE);
        in.orReject();
        EventFeed.Page page = database.inTransaction(() -> feed.page(subscription, after, limit));
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        page.events().forEach(event -> items.add(Json.read(event, com.fasterxml.jackson.databind.JsonNode.class)));
        body.put("next", String.valueOf(page.last()));
        return body.toString();
    }

    private String dead(RoutingContext ctx) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (Notification dead : subscriptions.dead(owner.own(ctx))) {
            ObjectNode item = items.addObject();
            item.put("id", dead.id().toString());
            item.put("sequence", String.valueOf(dead.sequence()));
            item.put("type", dead.kind().name().toLowerCase(java.util.Locale.ROOT));
            item.put("attempts", dead.attempts());
            item.put("createdAt", dead.createdAt().toString());
            item.put("failure", dead.failure());
        }
        return body.toString();
    }

    private String redeliver(RoutingContext ctx) {
        Subscription subscription = owner.own(ctx);
        BodyReading.nothing(ctx);
        int again = database.inTransaction(() -> subscriptions.redeliver(subscription));
        return Json.MAPPER.createObjectNode().put("events", again).toString();
    }

    private ObjectNode looked(Subscription subscription) {
        return shown(subscription, subscriptions.seen(subscription));
    }

    /**
     * As its owner sees it; what it shows itself with to the receiver never comes back.
     *
     * @param seen how many events its owner may have seen
     */
    static ObjectNode shown(Subscription subscription, long seen) {
        Subscription.Standing standing = subscription.standing();
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("id", subscription.id().toString());
        body.put("status", code(standing.status()));
        if (standing.reason() != null) {
            body.put("reason", standing.reason());
        }
        ArrayNode types = body.putArray("types");
        subscription.types().forEach(types::add);
        ArrayNode areas = body.putArray("areas");
        subscription.areas().stream().sorted().forEach(areas::add);
        ArrayNode levels = body.putArray("levels");
        subscription.levels().stream().sorted().forEach(levels::add);
        body.put("protocol", subscription.protocol().name());
        if (subscription.sink() != null) {
            body.put("sink", subscription.sink().toString());
        }
        if (subscription.address() != null) {
            body.put("address", subscription.address());
        }
        if (subscription.content() != null) {
            body.put("payload", code(subscription.content()).replace('_', '-'));
            body.put("heartbeatSeconds", subscription.heartbeatSeconds());
        }
        body.put("createdAt", subscription.createdAt().toString());
        ObjectNode delivery = body.putObject("delivery");
        delivery.put("lastSequence", String.valueOf(seen));
        delivery.put("failures", standing.failures());
        put(delivery, "failingSince", standing.failingSince());
        put(delivery, "lastAttemptAt", standing.lastAttemptAt());
        put(delivery, "lastSuccessAt", standing.lastSuccessAt());
        return body;
    }

    private static void put(ObjectNode to, String name, java.time.Instant at) {
        if (at != null) {
            to.put(name, at.toString());
        }
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }
}
