package nl.wijkhub.app.door;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.ConsentRegister;
import nl.wijkhub.signal.LineOutcome;
import nl.wijkhub.signal.PartnerTraffic;
import nl.wijkhub.signal.PartnerTraffic.Outcome;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.PutOutcome;
import nl.wijkhub.signal.Receipt;
import nl.wijkhub.web.fhir.FhirApi;
import nl.wijkhub.web.http.LineAnswer;
import nl.wijkhub.web.http.ProblemAnswer;
import nl.wijkhub.web.http.ReceiptAnswer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of every HTTP door for partners: it answers what the route left, or the problem, and counts it.
 */
public final class DoorAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(DoorAnswer.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final FhirApi fhir;
    private final PartnerTraffic traffic;
    private final MeterRegistry meters;

    public DoorAnswer(FhirApi fhir, PartnerTraffic traffic, MeterRegistry meters) {
        this.fhir = fhir;
        this.traffic = traffic;
        this.meters = meters;
    }

    /**
     * Answers what was taken: the receipt of one signal, a line for each of many, a consent that was registered, or something
     * that was put under an id, or taken away from there.
     */
    @SuppressWarnings("unchecked")
    public void give(Exchange exchange) {
        Object result = exchange.getMessage().getBody();
        if (result instanceof Receipt receipt) {
            receipt(exchange, receipt);
        } else if (result instanceof ConsentRegister.Registered registered) {
            consent(exchange, registered);
        } else if (result instanceof PutOutcome put) {
            put(exchange, put);
        } else if (result instanceof String ndjson) {
            answer(exchange, 200, LineAnswer.MEDIA_TYPE, ndjson);
        } else {
            lines(exchange, (List<LineOutcome>) result);
        }
    }

    /** 202, or 200 for a repeat, and where the signal is found. */
    private void receipt(Exchange exchange, Receipt receipt) {
        answer(
                exchange,
                ReceiptAnswer.status(receipt),
                "application/json",
                ReceiptAnswer.of(receipt).toString());
        exchange.getMessage().setHeader("Location", "/v1/signals/" + receipt.signalId());
        LOG.debug("event=signal.accepted signal={} duplicate={}", receipt.signalId(), receipt.duplicate());
    }

    private void put(Exchange exchange, PutOutcome put) {
        switch (put) {
            case CREATED -> answer(exchange, 201, "application/json", "{\"status\":\"created\"}");
            case UPDATED -> answer(exchange, 200, "application/json", "{\"status\":\"updated\"}");
            case REMOVED -> {
                answer(exchange, 204, "application/json", "");
                // what has no content has no form
                exchange.getMessage().removeHeader(Exchange.CONTENT_TYPE);
            }
        }
    }

    /** 201 when new, 200 otherwise, with the resource. */
    private void consent(Exchange exchange, ConsentRegister.Registered registered) {
        Partner partner = exchange.getVariable(Variables.PARTNER, Partner.class);
        String mediaType = wanted(exchange);
        answer(
                exchange,
                registered.created() ? 201 : 200,
                mediaType,
                fhir.resource(registered.id(), partner, mediaType));
        exchange.getMessage().setHeader("Location", "/fhir/Consent/" + registered.id());
    }

    /** Answers what a partner asked for in the body of a search. */
    public void search(Exchange exchange, Partner partner, Map<String, String> form) {
        String mediaType = wanted(exchange);
        answer(exchange, 200, mediaType, fhir.search(partner, form, mediaType));
    }

    private static String wanted(Exchange exchange) {
        return FhirApi.wanted(exchange.getMessage().getHeader("Accept", String.class));
    }

    private void lines(Exchange exchange, List<LineOutcome> outcomes) {
        Trace trace = exchange.getVariable(Variables.TRACE, Trace.class);
        for (LineOutcome outcome : outcomes) {
            int status = LineAnswer.status(outcome);
            if (status >= 500) {
                LOG.error(
                        "event=door.failed trace={} cause={}", trace.traceId(), ProblemAnswer.place(outcome.failure()));
            }
            count(exchange, "line-" + status);
            traffic.came(exchange.getVariable(Variables.PARTNER, Partner.class).id(), outcome(status));
        }
        String lines = LineAnswer.of(outcomes, trace);
        if (outcomes.isEmpty()) {
            // nothing was in it, yet its sender was heard
            answer(exchange, 200, LineAnswer.MEDIA_TYPE, lines);
        } else {
            reply(exchange, 200, LineAnswer.MEDIA_TYPE, lines);
        }
    }

    /** Answers a failure as a problem; what is our own fault is logged by its place, never by its message. */
    public void problem(Exchange exchange, Exception failure) {
        Trace trace = exchange.getVariable(Variables.TRACE, Trace.class);
        Problem problem = ProblemAnswer.problemOf(failure);
        if (problem == Problem.INTERNAL_ERROR) {
            LOG.error(
                    "event=door.failed trace={} cause={}",
                    trace == null ? "-" : trace.traceId(),
                    ProblemAnswer.place(failure));
        }
        if (FhirApi.DOOR.equals(exchange.getVariable(Variables.DOOR, String.class))
                || FhirApi.isFhir(exchange.getFromEndpoint().getEndpointUri().replaceFirst("^[^/]*:/*", "/"))) {
            String mediaType = wanted(exchange);
            answer(exchange, problem.status(), mediaType, FhirApi.outcome("Consent", failure, trace, mediaType));
        } else {
            answer(exchange, problem.status(), ProblemAnswer.MEDIA_TYPE, ProblemAnswer.body(failure, trace));
        }
        if (problem == Problem.UNAVAILABLE || problem == Problem.TOO_MANY_REQUESTS) {
            exchange.getMessage().setHeader("Retry-After", RETRY.toSeconds());
        }
    }

    private void answer(Exchange exchange, int status, String mediaType, String body) {
        Partner partner = exchange.getVariable(Variables.PARTNER, Partner.class);
        if (partner != null) {
            traffic.came(partner.id(), outcome(status));
        }
        reply(exchange, status, mediaType, body);
    }

    private void reply(Exchange exchange, int status, String mediaType, String body) {
        Message message = exchange.getMessage();
        // Camel would send the request's own headers back
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, mediaType);
        // of an array Camel makes a stream, which other threads then read piece by piece
        message.setBody(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
        count(exchange, String.valueOf(status));
    }

    private void count(Exchange exchange, String outcome) {
        meters.counter(
                        Meters.DOOR,
                        Meters.TAG_DOOR,
                        String.valueOf(exchange.getVariable(Variables.DOOR, "unknown", String.class)),
                        Meters.TAG_OUTCOME,
                        outcome)
                .increment();
    }

    /** The outcome that an answer of this status is counted under. */
    static Outcome outcome(int status) {
        return status >= 500 ? Outcome.FAILED : status >= 400 ? Outcome.REFUSED : Outcome.ACCEPTED;
    }
}
