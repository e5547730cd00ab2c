package nl.wijkhub.web.http;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;

/** The ids in a path. Rejects with not-found what is no id: nothing can be there. */
public final class PathReading {
    private PathReading() {}

    public static UUID id(RoutingContext ctx, String name) {
        return Identifier.parse(ctx.pathParam(name)).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }
}
