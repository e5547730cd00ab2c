package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.casework.UnitConflicts;
import nl.wijkhub.casework.UnitConflicts.Viewer;
import nl.wijkhub.household.UnitClaimStore.UnitConflict;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.Address;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PathReading;
import nl.wijkhub.web.http.QueryReading;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code GET /v1/teams/{id}/unit-conflicts} and {@code POST /v1/unit-conflicts/{id}/_confirm}, for people at the
 * coordinator's seat of the team and for the privacy officer. Anyone else finds nothing there.
 */
public final class UnitConflictApi {
    private static final String CONFIRMED = "confirmed";
    private static final List<String> STATES = List.of("open", CONFIRMED);

    private final Database database;
    private final UnitConflicts conflicts;
    private final Teams teams;

    public UnitConflictApi(Database database, UnitConflicts conflicts, Teams teams) {
        this.database = database;
        this.conflicts = conflicts;
        this.teams = teams;
    }

    public void mount(Router router) {
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        router.get("/v1/teams/:id/unit-conflicts").handler(ctx -> Answers.json(ctx, () -> list(ctx)));
        router.post("/v1/unit-conflicts/:id/_confirm")
                .handler(body)
                .handler(ctx -> Answers.json(ctx, () -> confirm(ctx)));
    }

    private String list(RoutingContext ctx) {
        Viewer viewer = viewer(ctx);
        String team = ctx.pathParam("id");
        QueryReading in = new QueryReading(ctx);
        boolean isConfirmed = CONFIRMED.equals(in.oneOf("state", STATES, state -> state));
        List<UnitConflict> found = database.inTransaction(() -> {
            List<UnitConflict> ofTeam = conflicts.ofTeam(team, viewer, one -> one.isConfirmed() == isConfirmed);
            in.orReject();
            return ofTeam;
        });
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        found.forEach(one -> write(one, items.addObject()));
        return body.toString();
    }

    private static void write(UnitConflict conflict, ObjectNode item) {
        item.put("id", conflict.id().toString());
        Address address = conflict.address();
        ObjectNode place = item.putObject("address")
                .put("postalCode", address.postalCode())
                .put("houseNumber", address.houseNumber());
        if (address.houseLetter() != null) {
            place.put("houseLetter", address.houseLetter());
        }
        if (address.addition() != null) {
            place.put("addition", address.addition());
        }
        ArrayNode partners = item.putArray("partners");
        conflict.partners().forEach(partners::add);
        item.put("since", conflict.since().toString());
        if (conflict.isConfirmed()) {
            item.put("confirmed", conflict.confirmed());
        }
    }

    /** Whoever may not see it is told nothing of its body either. */
    private String confirm(RoutingContext ctx) {
        Viewer viewer = viewer(ctx);
        UUID id = PathReading.id(ctx, "id");
        return database.inTransaction(() -> {
            conflicts.held(id, viewer);
            BodyReading in = new BodyReading(ctx, Set.of("partner"));
            String partner = in.text("partner", 1);
            in.orReject();
            conflicts.confirm(id, partner, viewer);
            return Json.MAPPER
                    .createObjectNode()
                    .put("id", id.toString())
                    .put("confirmed", partner)
                    .toString();
        });
    }

    /** People alone: to a system nothing of it exists. */
    private Viewer viewer(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        if (caller.user() == null) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return new Viewer(caller.user(), caller.pairs(teams), caller.is(Role.PRIVACY_OFFICER, teams), caller.trace());
    }
}
