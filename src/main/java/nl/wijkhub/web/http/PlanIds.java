package nl.wijkhub.web.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanReferenceStore;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;

/**
 * Plans as callers name them: each seat knows a plan by an id of its own, and nobody hears the hub's but the privacy officer,
 * who may also name a plan by the id that some seat gave.
 */
public final class PlanIds {
    private final PlanReferenceStore references;
    private final Teams teams;

    public PlanIds(PlanReferenceStore references, Teams teams) {
        this.references = references;
        this.teams = teams;
    }

    /** The plan that the path of a request names. Rejects with not-found what its caller knows no plan by. */
    public UUID named(RoutingContext ctx) {
        return plan(PathReading.id(ctx, "id"), Caller.of(ctx.user()))
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    /** The plan that a caller names; empty when it knows none by this id. */
    public Optional<UUID> plan(UUID id, Caller caller) {
        if (caller.is(Role.PRIVACY_OFFICER, teams)) {
            return Optional.of(references.findOfAnySeat(id).orElse(id));
        }
        return references.find(id, caller.pairs(teams));
    }

    /** The id by which a seat knows a plan; null for no plan. */
    public UUID to(Recipient seat, UUID plan) {
        return plan == null ? null : to(seat, List.of(plan)).get(plan);
    }

    /** Plan → the id by which a seat knows it. */
    public Map<UUID, UUID> to(Recipient seat, Collection<UUID> plans) {
        return references.of(seat, plans);
    }
}
