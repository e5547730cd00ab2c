package nl.wijkhub.web.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How every handler answers: headers of the API rules, work off the event loop, failures as problems. */
public final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    public static final String API_VERSION = "1.0.0";
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Several times what deciding takes. */
    private static final long TICK_MILLIS = 50;

    private static final String FORMS = "problem-forms";

    private Answers() {}

    /** First handler of all: the headers that every answer carries, the trace of the request, the forms of a problem. */
    public static Handler<RoutingContext> prepare(List<ProblemForm> forms) {
        return ctx -> {
            ctx.put(FORMS, forms);
            prepare(ctx);
        };
    }

    private static void prepare(RoutingContext ctx) {
        ctx.put("began", System.nanoTime());
        ctx.put("trace", Trace.continuing(ctx.request().getHeader("traceparent")));
        HttpServerResponse response = ctx.response();
        response.putHeader("Cache-Control", "no-store");
        response.putHeader("Content-Security-Policy", CONTENT_POLICY);
        response.putHeader("Strict-Transport-Security", "max-age=31536000");
        response.putHeader("X-Content-Type-Options", "nosniff");
        response.putHeader("X-Frame-Options", "DENY");
        response.putHeader("Referrer-Policy", "no-referrer");
        if (ctx.request().path().startsWith("/v1")) {
            response.putHeader("API-Version", API_VERSION);
        }
        if (isDecodable(ctx.request().path())) {
            ctx.next();
        } else {
            problem(ctx, new Rejected(Problem.MALFORMED_INPUT));
        }
    }

    /** A path with half an escape in it is none. */
    private static boolean isDecodable(String path) {
        try {
            return path.indexOf('%') < 0 || URLDecoder.decode(path, StandardCharsets.UTF_8) != null;
        } catch (IllegalArgumentException halfAnEscape) {
            return false;
        }
    }

    public static Trace trace(RoutingContext ctx) {
        Trace trace = ctx.get("trace");
        return trace == null ? Trace.continuing(null) : trace;
    }

    /** Runs blocking work on a worker thread and answers with what it gives. */
    public static <T> void later(RoutingContext ctx, Callable<T> work, Consumer<T> answer) {
        later(ctx, work, answer, failure -> problem(ctx, failure));
    }

    /** As above, with an answer of its own to a failure. */
    public static <T> void later(RoutingContext ctx, Callable<T> work, Consumer<T> answer, Consumer<Throwable> failed) {
        ctx.vertx().executeBlocking(work, false).onComplete(done -> {
            if (ctx.response().ended()) {
                return;
            }
            if (done.succeeded()) {
                answer.accept(done.result());
            } else {
                failed.accept(done.cause());
            }
        });
    }

    public static void json(RoutingContext ctx, Callable<String> work) {
        later(ctx, work, body -> ctx.response()
                .putHeader("Content-Type", "application/json")
                .end(body));
    }

    public static void problem(RoutingContext ctx, Throwable failure) {
        Problem problem = ProblemAnswer.problemOf(failure);
        if (problem == Problem.NOT_FOUND && ctx.get("waited") == null) {
            onTick(ctx, () -> problem(ctx, failure));
            return;
        }
        if (problem == Problem.INTERNAL_ERROR) {
            LOG.error("event=request.failed trace={} cause={}", trace(ctx).traceId(), ProblemAnswer.place(failure));
        }
        HttpServerResponse response = ctx.response();
        if (problem == Problem.NOT_AUTHENTICATED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (problem == Problem.TOO_MANY_REQUESTS || problem == Problem.UNAVAILABLE) {
            response.putHeader("Retry-After", problem == Problem.UNAVAILABLE ? "5" : "1");
        }
        response.setStatusCode(problem.status());
        List<ProblemForm> forms = ctx.get(FORMS, List.of());
        forms.stream()
                .filter(form -> form.isFor(ctx))
                .findFirst()
                .ifPresentOrElse(form -> form.answer(ctx, problem, failure), () -> response.putHeader(
                                "Content-Type", ProblemAnswer.MEDIA_TYPE)
                        .end(ProblemAnswer.body(failure, trace(ctx))));
    }

    /** The answer that follows is the last on its connection: what its sender still sends is read by nobody. */
    public static void lastOnItsConnection(RoutingContext ctx) {
        if (!ctx.request().isEnded()) {
            ctx.response().putHeader("Connection", "close");
            ctx.addEndHandler(ended -> ctx.request().connection().close());
        }
    }

    /** What does not exist and what may not be seen are decided with more and with less work: both wait for a tick. */
    public static void onTick(RoutingContext ctx, Runnable answer) {
        ctx.put("waited", true);
        Long began = ctx.get("began");
        long spent = began == null ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        ctx.vertx().setTimer(TICK_MILLIS - spent % TICK_MILLIS, timer -> {
            if (!ctx.response().ended() && !ctx.response().closed()) {
                answer.run();
            }
        });
    }

    /** For what Vert.x itself refuses: a body past the limit, a path that is none. */
    public static void refusedByServer(RoutingContext ctx) {
        if (ctx.response().ended() || ctx.response().closed()) {
            // who broke off hears nothing, and it is no fault of ours
            return;
        }
        Throwable failure = ctx.failure();
        problem(
                ctx,
                switch (ctx.statusCode()) {
                    case 413 -> new Rejected(Problem.TOO_LARGE);
                    case 404, 405 -> new Rejected(Problem.NOT_FOUND);
                    case 415 -> new Rejected(Problem.UNSUPPORTED_MEDIA_TYPE);
                    case 400 -> new Rejected(Problem.MALFORMED_INPUT);
                    default -> failure == null ? new IllegalStateException("status " + ctx.statusCode()) : failure;
                });
    }
}
