package nl.wijkhub.signal;

import java.util.Set;
import nl.wijkhub.kernel.Json;

/**
 * Every way in which the shared language is written: one canonical case signal, one as a CloudEvent, many of either.
 * In: bytes and a media type, whatever door they came through. Out: a draft, or the lines of many.
 */
public final class SignalReading {
    public static final String SIGNAL = "application/json";
    public static final String EVENT = "application/cloudevents+json";
    public static final String LINES = "application/x-ndjson";
    public static final String EVENTS = "application/cloudevents-batch+json";

    /** Media types of one message that holds many signals. */
    public static final Set<String> MANY = Set.of(LINES, EVENTS);

    /** Every media type that is read here. */
    public static final Set<String> TAKEN = Set.of(SIGNAL, EVENT, LINES, EVENTS);

    private final CaseSignalMapper mapper;
    private final CloudEventReading events;
    private final int longestLine;

    /**
     * @param longestLine bytes that one signal among many may have: as many as it may have alone
     */
    public SignalReading(CaseSignalMapper mapper, CloudEventReading events, int longestLine) {
        this.mapper = mapper;
        this.events = events;
        this.longestLine = longestLine;
    }

    /** One signal: canonical, or a CloudEvent in structured or binary mode. */
    public SignalDraft one(Incoming in) {
        if (in.mediaType().equals(EVENT)) {
            return events.structured(in, in.body());
        }
        return in.attributes() != null
                ? events.binary(in)
                : mapper.map(in.partner(), Json.readStrictly(in.body()), in.trace());
    }

    /**
     * Many signals, read as they are asked for.
     * Rejects: at once, a batch that is no JSON array, and more lines than one answer can hold.
     */
    public SignalLines many(Incoming in) {
        return in.mediaType().equals(EVENTS)
                ? new SignalLines(LineCut.batch(in.body()), slice -> events.structured(in, slice))
                : new SignalLines(
                        LineCut.lines(in.body(), longestLine),
                        slice -> mapper.map(in.partner(), Json.readStrictly(slice), in.trace()));
    }
}
