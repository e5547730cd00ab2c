package nl.wijkhub.web.http;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.subscription.Subscription;
import nl.wijkhub.subscription.Subscriptions;

/** Whose subscriptions a request is about: those of the partner that calls; another's do not exist. */
public final class SubscriptionOwner {
    private final Partners partners;
    private final Subscriptions subscriptions;

    public SubscriptionOwner(Partners partners, Subscriptions subscriptions) {
        this.partners = partners;
        this.subscriptions = subscriptions;
    }

    public Partner partner(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        if (caller.user() != null) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return partners.find(caller.clientId()).orElseThrow(() -> new Rejected(Problem.NOT_ALLOWED));
    }

    public Subscription own(RoutingContext ctx) {
        Partner partner = partner(ctx);
        UUID id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        return subscriptions.find(id, partner.id()).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }
}
