package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import nl.wijkhub.casework.AreaCounts;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.Quarter;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;

/**
 * {@code GET /v1/neighbourhoods/{code}/rollup?period=} for anybody in a team and the privacy officer. The code is of a
 * buurt, wijk or gemeente, the period a quarter that is over.
 */
public final class RollupApi {
    private final AreaCounts counts;
    private final Teams teams;
    private final Clock clock;

    public RollupApi(AreaCounts counts, Teams teams, Clock clock) {
        this.counts = counts;
        this.teams = teams;
        this.clock = clock;
    }

    public void mount(Router router) {
        router.get("/v1/neighbourhoods/:code/rollup").handler(ctx -> Answers.json(ctx, () -> rollup(ctx)));
    }

    private String rollup(RoutingContext ctx) {
        String code = ctx.pathParam("code");
        Actor viewer = Caller.of(ctx.user()).worker(teams);
        counts.mayCount(viewer, code);
        Quarter quarter = quarter(ctx.request().getParam("period"));
        return counts.of(viewer, code, quarter)
                .map(counted -> shown(counted).toString())
                .orElseThrow(() -> period("not-published"));
    }

    private static ObjectNode shown(AreaCounts.Counted counted) {
        ObjectNode body = shown(counted.area());
        body.put("period", counted.period().toString());
        body.put("k", counted.k());
        ArrayNode parts = body.putArray("parts");
        counted.parts().forEach(part -> parts.add(shown(part)));
        return body;
    }

    private static ObjectNode shown(AreaCounts.AreaCount area) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("code", area.code());
        node.put("name", area.name());
        ArrayNode cells = node.putArray("households");
        area.households()
                .forEach((categoryClass, households) ->
                        cells.addObject().put("class", categoryClass).put("count", households));
        node.put("suppressed", area.isSuppressed());
        if (area.isSuppressed()) {
            node.put("reason", AreaCounts.SUPPRESSED_NL);
            node.put("whatToDo", AreaCounts.ASK_INSTEAD_NL);
        }
        return node;
    }

    private Quarter quarter(String period) {
        Quarter last = Quarter.at(clock.instant()).before();
        Quarter asked = Quarter.of(period)
                .orElseThrow(() -> period(period == null ? "missing.quarter" : "wrong-form.quarter", last.toString()));
        if (!asked.isClosed(clock.instant())) {
            throw period("not-closed", last.toString());
        }
        return asked;
    }

    private static Rejected period(String key, Object... arguments) {
        return Rejected.of(Problem.INVALID_INPUT, "/period", key, arguments);
    }
}
