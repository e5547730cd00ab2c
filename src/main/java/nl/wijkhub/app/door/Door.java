package nl.wijkhub.app.door;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.MediaType;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.signal.EventAttributes;
import nl.wijkhub.signal.Incoming;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.SignalReading;
import nl.wijkhub.web.http.Caller;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * The entrance of every HTTP door for partners, before the body is read: it finds the partner behind the token, checks its right to
 * this door and the media type, and accepts no more while the stages are behind. {@link DoorAnswer} does what comes after.
 */
public final class Door {
    private static final String NOTHING = "none";

    private final Partners partners;
    private final Pressure pressure;
    private final Duration oldestAllowed;

    /** @param oldestAllowed how long the oldest signal may wait before no more is taken in */
    public Door(Partners partners, Pressure pressure, Duration oldestAllowed) {
        this.partners = partners;
        this.pressure = pressure;
        this.oldestAllowed = oldestAllowed;
    }

    /**
     * Opens a door: leaves the bytes as body, and sets {@link Variables}.
     *
     * @param door the right that the partner needs
     * @param mediaTypes what this door takes, separated by spaces; {@value #NOTHING} for a request without a body
     */
    public void open(Exchange exchange, String door, String mediaTypes) {
        Message message = exchange.getMessage();
        enter(exchange, door);
        Partner partner = exchange.getVariable(Variables.PARTNER, Partner.class);
        Trace trace = exchange.getVariable(Variables.TRACE, Trace.class);
        if (mediaTypes.equals(NOTHING)) {
            return;
        }
        String mediaType = MediaType.of(message.getHeader(Exchange.CONTENT_TYPE, String.class))
                .require(Set.of(mediaTypes.split(" ")));
        exchange.setVariable(Variables.MEDIA_TYPE, mediaType);
        if (pressure.age().compareTo(oldestAllowed) > 0) {
            throw new Unavailable("stages", null);
        }
        byte[] sent = message.getBody(byte[].class);
        byte[] body = sent == null ? new byte[0] : sent;
        message.setBody(body);
        exchange.setVariable(Variables.INCOMING, incoming(message, partner, body, mediaType, trace));
    }

    /** Who calls, and whether it has the right. */
    private void enter(Exchange exchange, String door) {
        Caller caller = Caller.of(exchange.getMessage().getHeader("CamelVertxPlatformHttpAuthenticatedUser"));
        exchange.setVariable(Variables.DOOR, door);
        exchange.setVariable(Variables.TRACE, caller.trace());
        Partner partner = partners.find(caller.clientId()).orElseThrow(() -> new Rejected(Problem.NOT_ALLOWED));
        // a user's token is no partner's, even when a partner's client asked for it
        if (caller.user() != null || !partner.doors().contains(door)) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        exchange.setVariable(Variables.PARTNER, partner);
    }

    private static Incoming incoming(Message message, Partner partner, byte[] body, String mediaType, Trace trace) {
        boolean isTraced = false;
        List<Map.Entry<String, String>> headers = headers(message);
        for (Map.Entry<String, String> header : headers) {
            isTraced |= header.getKey().equalsIgnoreCase("traceparent")
                    && header.getValue().contains(trace.traceId());
        }
        // only beside plain JSON are these headers the event; elsewhere they are at most its copy
        EventAttributes attributes = mediaType.equals(SignalReading.SIGNAL) ? EventAttributes.ofHeaders(headers) : null;
        return new Incoming(partner, body, mediaType, attributes, trace, isTraced);
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

    /** Opens a door for a form: leaves its fields as body, name → value. */
    public void form(Exchange exchange, String door) {
        // the server has read it already, and a form that it could not read is no map
        Object sent = exchange.getMessage().getBody();
        open(exchange, door, "application/x-www-form-urlencoded");
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
}
