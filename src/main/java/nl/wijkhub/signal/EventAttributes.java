package nl.wijkhub.signal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Utf8;

/**
 * The attributes of a CloudEvent in binary mode, where each is a header of its own.
 * Source: HTTP Protocol Binding 1.0.2, 3.1.3; AMQP Protocol Binding 1.0.2, 3.1.3. A fault's pointer is the header's name.
 */
public final class EventAttributes {
    private static final String HTTP = "ce-";
    private static final List<String> AMQP = List.of("cloudEvents:", "cloudEvents_");

    private final ObjectNode values = Json.MAPPER.createObjectNode();
    private final Map<String, String> places = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private int bytes;

    private EventAttributes() {}

    /** The {@code ce-} headers among these; null when there is none. */
    public static EventAttributes ofHeaders(Iterable<Map.Entry<String, String>> headers) {
        EventAttributes attributes = new EventAttributes();
        for (Map.Entry<String, String> header : headers) {
            String place = header.getKey().toLowerCase(Locale.ROOT);
            if (place.startsWith(HTTP)) {
                attributes.bytes += place.length() + header.getValue().length();
                attributes.header(place, header.getValue());
            }
        }
        return attributes.places.isEmpty() ? null : attributes;
    }

    /** The {@code cloudEvents:} (or {@code cloudEvents_}) application properties among these; null when there is none. */
    public static EventAttributes ofProperties(Map<String, ?> properties) {
        EventAttributes attributes = new EventAttributes();
        properties.forEach((place, value) -> AMQP.stream()
                .filter(place::startsWith)
                .findFirst()
                .ifPresent(prefix -> attributes.property(place, place.substring(prefix.length()), value)));
        return attributes.places.isEmpty() ? null : attributes;
    }

    private void header(String place, String sent) {
        String name = place.substring(HTTP.length());
        if (places.put(name, place) != null) {
            faults.add(Fault.of(place, "sent-twice.header"));
        } else if (name.equals("datacontenttype")) {
            faults.add(Fault.of(place, "not-in-binary.content-type"));
        } else {
            String value = decoded(sent);
            if (value == null) {
                faults.add(Fault.of(place, "not-utf-8.header"));
            }
            values.put(name, value == null ? sent : value);
        }
    }

    private void property(String place, String name, Object value) {
        bytes += place.length() + String.valueOf(value).length();
        if (places.put(name, place) != null) {
            faults.add(Fault.of(place, "sent-twice.attribute"));
        } else {
            values.set(name, Json.MAPPER.valueToTree(plain(value)));
        }
    }

    /** Numbers and booleans stay what they are, everything else is a text; a moment as RFC 3339 writes it. */
    private static Object plain(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        return String.valueOf(value instanceof Date date ? date.toInstant() : value);
    }

    /** A header's value as it was meant: quotes and backslashes off, then percent-decoded once; null when it cannot be. */
    private static String decoded(String sent) {
        String text = sent.strip();
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        return text.chars().allMatch(c -> c >= ' ' && c <= '~') ? percentDecoded(text) : null;
    }

    /** Null when a percent sign begins no byte, or the bytes are no UTF-8. */
    static String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int at = 0; at < bytes.length; at++) {
            int value = bytes[at];
            if (value == '%') {
                int high = at + 2 < bytes.length ? Character.digit(bytes[at + 1], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(bytes[at + 2], 16);
                if (low < 0) {
                    return null;
                }
                value = high << 4 | low;
                at += 2;
            }
            bytes[length++] = (byte) value;
        }
        try {
            return Utf8.readStrictly(Arrays.copyOf(bytes, length));
        } catch (Rejected notUtf8) {
            return null;
        }
    }

    ObjectNode values() {
        return values;
    }

    /** The header or property that an attribute came in. */
    String place(String name) {
        return places.getOrDefault(name, placePrefix() + name);
    }

    /** What was wrong with the headers themselves. */
    List<Fault> faults() {
        return faults;
    }

    int bytes() {
        return bytes;
    }

    private String placePrefix() {
        String any = places.values().iterator().next();
        return AMQP.stream().filter(any::startsWith).findFirst().orElse(HTTP);
    }
}
