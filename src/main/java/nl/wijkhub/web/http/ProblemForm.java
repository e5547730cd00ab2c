package nl.wijkhub.web.http;

import io.vertx.ext.web.RoutingContext;
import nl.wijkhub.kernel.Problem;

/** Says a problem on the paths of one room, where {@code application/problem+json} would not be understood. */
public interface ProblemForm {
    boolean isFor(RoutingContext ctx);

    /** Ends the response. Its status and the headers that every problem has are set. */
    void answer(RoutingContext ctx, Problem problem, Throwable failure);
}
