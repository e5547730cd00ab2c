package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.PartnerTrafficStore;
import nl.wijkhub.signal.PartnerTrafficStore.Sent;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.subscription.StuckCheck;
import nl.wijkhub.subscription.StuckCheck.Stuck;
import nl.wijkhub.subscription.Subscription;
import nl.wijkhub.subscription.Subscriptions;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;

/**
 * {@code GET /v1/partners}: when a partner was last heard, how much of what it sent was refused in a day, what of it stands
 * still, and how its subscriptions go. The administrator sees every partner, a partner itself alone.
 */
public final class PartnerApi {
    private static final Duration DAY = Duration.ofDays(1);

    private final Partners partners;
    private final Teams teams;
    private final PartnerTrafficStore traffic;
    private final Subscriptions subscriptions;
    private final StuckCheck stuck;
    private final Clock clock;

    public PartnerApi(
            Partners partners,
            Teams teams,
            PartnerTrafficStore traffic,
            Subscriptions subscriptions,
            StuckCheck stuck,
            Clock clock) {
        this.partners = partners;
        this.teams = teams;
        this.traffic = traffic;
        this.subscriptions = subscriptions;
        this.stuck = stuck;
        this.clock = clock;
    }

    public void mount(Router router) {
        router.get("/v1/partners").handler(ctx -> Answers.json(ctx, () -> list(ctx)));
    }

    private String list(RoutingContext ctx) {
        Collection<String> seen = seenBy(Caller.of(ctx.user()));
        Map<String, Sent> sent = traffic.since(clock.instant().minus(DAY));
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (String partner : seen) {
            ObjectNode item = items.addObject();
            item.put("id", partner);
            item.put("name", partners.get(partner).name());
            write(item, sent.get(partner));
            ArrayNode still = item.putArray("stuck");
            stuck.found().stream()
                    .filter(one -> one.client().equals(partner))
                    .forEach(one -> write(still.addObject(), one));
            ArrayNode listening = item.putArray("subscriptions");
            subscriptions.of(partner).forEach(one -> write(listening.addObject(), one, subscriptions.seen(one)));
        }
        return body.toString();
    }

    private Collection<String> seenBy(Caller caller) {
        String own = caller.partnerOrAdministrator(partners, teams);
        return own == null ? partners.ids() : List.of(own);
    }

    private static void write(ObjectNode item, Sent sent) {
        long taken = sent == null ? 0 : sent.accepted();
        long refused = sent == null ? 0 : sent.refused();
        if (sent != null) {
            item.put("lastSeenAt", sent.lastAt().toString());
        }
        item.put("accepted", taken);
        item.put("refused", refused);
        item.put("failed", sent == null ? 0 : sent.failed());
        item.put("errorRate", taken + refused == 0 ? 0 : Math.round(1000.0 * refused / (taken + refused)) / 1000.0);
    }

    private static void write(ObjectNode item, Stuck stuck) {
        item.put("kind", stuck.kind().code());
        item.put("items", stuck.items());
        item.put("since", stuck.since().toString());
    }

    private static void write(ObjectNode item, Subscription subscription, long seen) {
        ObjectNode shown = SubscriptionApi.shown(subscription, seen);
        item.setAll((ObjectNode) shown.retain("id", "status", "reason", "protocol", "delivery"));
    }
}
