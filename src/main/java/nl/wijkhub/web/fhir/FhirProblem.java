package nl.wijkhub.web.fhir;

import io.vertx.ext.web.RoutingContext;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.ProblemForm;

/** Says what went wrong under {@code /fhir}, as an OperationOutcome. */
public final class FhirProblem implements ProblemForm {
    @Override
    public boolean isFor(RoutingContext ctx) {
        return FhirApi.isFhir(ctx.request().path());
    }

    @Override
    public void answer(RoutingContext ctx, Problem problem, Throwable failure) {
        String mediaType = FhirApi.wanted(ctx.request().getHeader("Accept"));
        String resource = FhirApi.resourceOf(ctx.request().path());
        ctx.response()
                .putHeader("Content-Type", mediaType)
                .end(FhirApi.outcome(resource, failure, Answers.trace(ctx), mediaType));
    }
}
