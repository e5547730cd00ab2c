package nl.wijkhub.signal;

import static nl.wijkhub.kernel.Fault.at;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Base64;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.Partners.Partner;

/**
 * CloudEvent → case signal: its data is the canonical signal, its attributes are checked and let go.
 * Source: CloudEvents 1.0.2 with its JSON format, NL GOV profile 1.1. In: an event in structured or binary mode. Out: a
 * draft; what the event's own {@code id} and {@code source} say does not matter for repeats, the signal's reference does.
 * Rejects: everything that {@link CloudEventCheck} finds and everything that is wrong with the data, at once; what is
 * wrong with the data stands under {@code /data}.
 */
public final class CloudEventReading {
    /** What every intermediary has to pass on, and the most that the profile allows. */
    static final int MOST_BYTES = 64 * 1024;

    private static final String DATA = "data";
    private static final String BASE64 = "data_base64";

    private final CaseSignalMapper mapper;
    private final Clock clock;

    public CloudEventReading(CaseSignalMapper mapper, Clock clock) {
        this.mapper = mapper;
        this.clock = clock;
    }

    /** @param body one event in the JSON format */
    SignalDraft structured(Incoming in, byte[] body) {
        requireSize(body.length);
        JsonNode event = Json.readStrictly(body);
        Checks checks = new Checks(clock);
        if (!event.isObject()) {
            checks.fault("", "wrong-type.event");
            checks.orReject();
        }
        new CloudEventCheck(event, name -> at("", name), checks).attributes();
        SignalDraft draft = draft(in.partner(), data(event, checks), "/" + DATA, trace(in, event), checks);
        checks.orReject();
        return new SignalDraft(
                draft.partnerId(),
                draft.signal(),
                "/" + DATA + draft.referencePointer(),
                draft.content(),
                draft.extraClasses(),
                draft.trace());
    }

    /** The body is the data; its faults stand in the body itself, those of an attribute under its header's name. */
    SignalDraft binary(Incoming in) {
        EventAttributes attributes = in.attributes();
        requireSize(in.body().length + attributes.bytes());
        Checks checks = new Checks(clock);
        attributes.faults().forEach(fault -> checks.fault(fault));
        new CloudEventCheck(attributes.values(), attributes::place, checks).attributes();
        for (String reserved : new String[] {DATA, BASE64}) {
            if (attributes.values().has(reserved)) {
                checks.fault(attributes.place(reserved), "not-in-binary");
            }
        }
        JsonNode data = parsed(in.body(), "", checks);
        SignalDraft draft = draft(in.partner(), data, "", trace(in, attributes.values()), checks);
        checks.orReject();
        return draft;
    }

    private static void requireSize(int bytes) {
        if (bytes > MOST_BYTES) {
            throw Rejected.of(Problem.TOO_LARGE, "", "event-too-large");
        }
    }

    /** Null when there is none to read; a fault tells why. */
    private static JsonNode data(JsonNode event, Checks checks) {
        JsonNode encoded = event.path(BASE64);
        if (event.has(DATA) && event.has(BASE64)) {
            checks.fault(at("", BASE64), "exactly-one.data");
            return event.get(DATA);
        }
        if (!event.hasNonNull(DATA) && !event.hasNonNull(BASE64)) {
            checks.fault(at("", DATA), "missing.data");
            return null;
        }
        if (event.has(DATA)) {
            return event.get(DATA);
        }
        if (!encoded.isTextual()) {
            checks.fault(at("", BASE64), "wrong-type.base64");
            return null;
        }
        try {
            return parsed(Base64.getDecoder().decode(encoded.asText()), at("", BASE64), checks);
        } catch (IllegalArgumentException notBase64) {
            checks.fault(at("", BASE64), "wrong-form.base64");
            return null;
        }
    }

    /**
     * Null when it cannot be read; faults tell why.
     *
     * @param place empty where these bytes are the message itself: then a fault stands at its own place in them
     */
    private static JsonNode parsed(byte[] data, String place, Checks checks) {
        try {
            return Json.readStrictly(data);
        } catch (Rejected unread) {
            unread.faults().forEach(fault -> checks.fault(place.isEmpty() ? fault : fault.movedTo(place)));
            return null;
        }
    }

    /** Null when the data has faults; they are in the checks. */
    private SignalDraft draft(Partner partner, JsonNode data, String root, Trace trace, Checks checks) {
        if (data == null) {
            return null;
        }
        try {
            return mapper.map(partner, data, trace);
        } catch (Rejected rejected) {
            for (Fault fault : rejected.faults()) {
                checks.fault(fault.movedTo(root + fault.pointer()));
            }
            return null;
        }
    }

    /** What the sender says of the request itself comes first. */
    private static Trace trace(Incoming in, JsonNode attributes) {
        JsonNode parent = attributes.path("traceparent");
        return in.isTraced() || !parent.isTextual() ? in.trace() : Trace.continuing(parent.asText());
    }
}
