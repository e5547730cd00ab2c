package nl.wijkhub.web.api;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.Quarter;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.AreaCounts;
import nl.wijkhub.web.http.Caller;

/**
 * {@code GET /v1/neighbourhoods/{code}/rollup?period=} for anybody in a team and the privacy officer. The code is of a
 * buurt, wijk or gemeente, the period a quarter that is over.
 */
public final class RollupApi {
    private final AreaCounts counts;
    private final Clock clock;

    public RollupApi(AreaCounts counts, Clock clock) {
        this.counts = counts;
        this.clock = clock;
    }

    public void mount(Router router) {
        router.get("/v1/neighbourhoods/:code/rollup").handler(ctx -> Answers.json(ctx, () -> rollup(ctx)));
    }

    private String rollup(RoutingContext ctx) {
        String code = ctx.pathParam("code");
        Caller caller = Caller.of(ctx.user());
        counts.mayCount(caller, code);
        Quarter quarter = quarter(ctx.request().getParam("period"));
        return counts.of(caller, code, quarter)
                .orElseThrow(() -> period("not-published"))
                .toString();
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
