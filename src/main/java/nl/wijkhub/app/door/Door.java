package nl.wijkhub.app.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.sharing.ConsentRegister;
import nl.wijkhub.signal.EventAttributes;
import nl.wijkhub.signal.Incoming;
import nl.wijkhub.signal.LineOutcome;
import nl.wijkhub.signal.PartnerTraffic;
import nl.wijkhub.signal.PartnerTraffic.Outcome;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.Receipt;
import nl.wijkhub.signal.SignalReading;
import nl.wijkhub.web.fhir.FhirApi;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.LineAnswer;
import nl.wijkhub.web.http.ProblemAnswer;
import nl.wijkhub.web.http.ReceiptAnswer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every HTTP door for partners does before and after its mapper.
 * Before: the partner behind the token, its right to this door, the media type, the pressure, one strict parse.
 * After: a receipt, or the problem.
 */
public final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final Set<String> JSON = Set.of("application/json");
    private static final Set<String> NDJSON = Set.of("application/x-ndjson");
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Partners partners;
    private final Pressure pressure;
    private final Duration oldestAllowed;
    private final FhirApi fhir;
    private final PartnerTraffic traffic;
    private final MeterRegistry meters;

    public Door(
            Partners partners,
            Pressure pressure,
            Duration oldestAllowed,
            FhirApi fhir,
            PartnerTraffic traffic,
            MeterRegistry meters) {
        this.fhir = fhir;
        this.traffic = traffic;
        this.partners = partners;
        this.pressure = pressure;
        this.oldestAllowed = oldestAllowed;
        this.meters = meters;
    }

    /** Opens a JSON door: leaves the document as body, partner and trace as exchange properties. */
    public void json(Exchange exchange, String door) {
        byte[] bytes = open(exchange, door, JSON);
        JsonNode document = Json.readStrictly(bytes);
        exchange.getMessage().setBody(document);
    }

    /** Opens the door for signals in the shared language, one or many: leaves what came in as body. */
    public void signals(Exchange exchange, String door) {
        Message message = exchange.getMessage();
        byte[] bytes = open(exchange, door, SignalReading.TAKEN);
        String mediaType = exchange.getProperty("mediaType", String.class);
        Trace trace = exchange.getProperty("trace", Trace.class);
        boolean isTraced = false;
        List<Map.Entry<String, String>> headers = headers(message);
        for (Map.Entry<String, String> header : headers) {
            isTraced |= header.getKey().equalsIgnoreCase("traceparent")
                    && header.getValue().contains(trace.traceId());
        }
        // only beside plain JSON are these headers the event; elsewhere they are at most its copy
        EventAttributes attributes = mediaType.equals(SignalReading.SIGNAL) ? EventAttributes.ofHeaders(headers) : null;
        Partner partner = exchange.getProperty("partner", Partner.class);
        message.setBody(new Incoming(partner, bytes, mediaType, attributes, trace, isTraced));
    }

    /** As they were sent: Camel's own put query parameters among them and fold repeated ones. */
    private static List<Map.Entry<String, String>> headers(Message message) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        if (message instanceof HttpMessage http) {
            http.getRequest().headers().forEach((name, value) -> headers.add(Map.entry(name, value)));
        } else {
            message.getHeaders().forEach((name, value) -> headers.add(Map.entry(name, String.valueOf(value))));
        }
        return headers;
    }

    /** Opens a door for many lines at once: leaves the bytes as body. */
    public void lines(Exchange exchange, String door) {
        exchange.getMessage().setBody(open(exchange, door, NDJSON));
    }

    /**
     * Opens a door for a document its own mapper reads: leaves the bytes as body, and its media type as property.
     *
     * @param mediaTypes what this door takes, separated by spaces
     */
    public void document(Exchange exchange, String door, String mediaTypes) {
        exchange.getMessage().setBody(open(exchange, door, Set.of(mediaTypes.split(" "))));
    }

    /** Opens a door for a form: leaves its fields as body, name → value. */
    public void form(Exchange exchange, String door) {
        // the server has read it already, and a form that it could not read is no map
        Object sent = exchange.getMessage().getBody();
        open(exchange, door, Set.of("application/x-www-form-urlencoded"));
        if (!(sent instanceof Map<?, ?> fields)) {
            throw new Rejected(Problem.MALFORMED_INPUT);
        }
        Map<String, String> form = new LinkedHashMap<>();
        fields.forEach((name, value) -> form.put(
                String.valueOf(name),
                value instanceof Collection<?> many
                        ? many.stream().map(String::valueOf).collect(Collectors.joining(","))
                        : String.valueOf(value)));
        exchange.getMessage().setBody(form);
    }

    private byte[] open(Exchange exchange, String door, Set<String> mediaTypes) {
        Caller caller = Caller.of(exchange.getMessage().getHeader("CamelVertxPlatformHttpAuthenticatedUser"));
        exchange.setProperty("door", door);
        exchange.setProperty("trace", caller.trace());
        Partner partner = partners.find(caller.clientId()).orElseThrow(() -> new Rejected(Problem.NOT_ALLOWED));
        // a user's token is no partner's, even when a partner's client asked for it
        if (caller.user() != null || !partner.doors().contains(door)) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        exchange.setProperty("partner", partner);
        String contentType = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        exchange.setProperty("mediaType", MediaType.require(contentType, mediaTypes));
        if (pressure.age().compareTo(oldestAllowed) > 0) {
            throw new Unavailable("stages", null);
        }
        byte[] body = exchange.getMessage().getBody(byte[].class);
        return body == null ? new byte[0] : body;
    }

    /** Answers what was taken: the receipt of one signal, or a line for each of many. */
    @SuppressWarnings("unchecked")
    public void taken(Exchange exchange) {
        Object result = exchange.getMessage().getBody();
        if (result instanceof Receipt receipt) {
            receipt(exchange, receipt);
        } else {
            answerMany(exchange, (List<LineOutcome>) result);
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

    /** Answers a unit that was put: 201 when new, 200 otherwise. */
    public void unit(Exchange exchange, boolean created) {
        answer(
                exchange,
                created ? 201 : 200,
                "application/json",
                created ? "{\"status\":\"created\"}" : "{\"status\":\"updated\"}");
    }

    /** Answers a consent that was registered: 201 when new, 200 otherwise. */
    public void consent(Exchange exchange, ConsentRegister.Registered registered) {
        Partner partner = exchange.getProperty("partner", Partner.class);
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

    private void answerMany(Exchange exchange, List<LineOutcome> outcomes) {
        Trace trace = exchange.getProperty("trace", Trace.class);
        for (LineOutcome outcome : outcomes) {
            int status = LineAnswer.status(outcome);
            if (status >= 500) {
                LOG.error(
                        "event=door.failed trace={} cause={}", trace.traceId(), ProblemAnswer.place(outcome.failure()));
            }
            count(exchange, "line-" + status);
            traffic.came(exchange.getProperty("partner", Partner.class).id(), outcome(status));
        }
        String lines = LineAnswer.of(outcomes, trace);
        if (outcomes.isEmpty()) {
            // nothing was in it, yet its sender was heard
            answer(exchange, 200, LineAnswer.MEDIA_TYPE, lines);
        } else {
            reply(exchange, 200, LineAnswer.MEDIA_TYPE, lines);
        }
    }

    /** Answers many lines. */
    public void answerLines(Exchange exchange, String ndjson) {
        answer(exchange, 200, "application/x-ndjson", ndjson);
    }

    /** Answers a failure as a problem; what is our own fault is logged by its place, never by its message. */
    public void problem(Exchange exchange, Exception failure) {
        Trace trace = exchange.getProperty("trace", Trace.class);
        Problem problem = ProblemAnswer.problemOf(failure);
        if (problem == Problem.INTERNAL_ERROR) {
            LOG.error(
                    "event=door.failed trace={} cause={}",
                    trace == null ? "-" : trace.traceId(),
                    ProblemAnswer.place(failure));
        }
        if (FhirApi.DOOR.equals(exchange.getProperty("door", String.class))
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
        Partner partner = exchange.getProperty("partner", Partner.class);
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
        message.setBody(body.getBytes(StandardCharsets.UTF_8));
        count(exchange, String.valueOf(status));
    }

    private void count(Exchange exchange, String outcome) {
        meters.counter(
                        Meters.DOOR,
                        Meters.TAG_DOOR,
                        String.valueOf(exchange.getProperty("door", "unknown", String.class)),
                        Meters.TAG_OUTCOME,
                        outcome)
                .increment();
    }

    /** What an answer of this status counts as. */
    static Outcome outcome(int status) {
        return status >= 500 ? Outcome.FAILED : status >= 400 ? Outcome.REFUSED : Outcome.ACCEPTED;
    }
}
