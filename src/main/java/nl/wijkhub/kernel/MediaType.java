package nl.wijkhub.kernel;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A media type, as a header of HTTP or AMQP names it. Source: RFC 9110, section 8.3.1; what is malformed is read as far as
 * it goes, and taken by no door.
 *
 * @param name type and subtype, in lower case; empty for none
 * @param parameters by name in lower case, without their quotes
 */
public record MediaType(String name, Map<String, String> parameters) {
    public static final MediaType NONE = new MediaType("", Map.of());

    private static final String CHARSET = "charset";

    public MediaType {
        parameters = Map.copyOf(parameters);
    }

    /** @param header as it was sent; null for none */
    public static MediaType of(String header) {
        List<String> parts = split(header == null ? "" : header, ';');
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : parts.subList(1, parts.size())) {
            String[] pair = part.split("=", 2);
            parameters.merge(
                    pair[0].strip().toLowerCase(Locale.ROOT),
                    pair.length < 2 ? "" : pair[1].strip().replace("\"", ""),
                    // said twice, and not the same: no value is both
                    (first, second) -> first.equals(second) ? first : first + ',' + second);
        }
        return new MediaType(parts.get(0).strip().toLowerCase(Locale.ROOT), parameters);
    }

    /** What an {@code Accept} names, in its order; a preference is not weighed. */
    public static List<MediaType> listed(String header) {
        return split(header == null ? "" : header, ',').stream()
                .map(MediaType::of)
                .toList();
    }

    public boolean isJson() {
        return is("json");
    }

    public boolean isXml() {
        return is("xml");
    }

    /** Such as {@code application/json}, {@code application/fhir+json}, or {@code json} alone. */
    private boolean is(String format) {
        return name.equals(format) || name.endsWith('/' + format) || name.endsWith('+' + format);
    }

    /** As it was written; null for none. */
    public String charset() {
        return parameters.get(CHARSET);
    }

    /** No charset, or UTF-8 under any of its names. */
    public boolean isUtf8() {
        try {
            return charset() == null || Charset.forName(charset()).equals(StandardCharsets.UTF_8);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return false;
        }
    }

    /** The name, of one that a door takes. Rejects: any other, and any charset but UTF-8. */
    public String require(Set<String> taken) {
        if (!taken.contains(name) || !isUtf8()) {
            throw Rejected.of(
                    Problem.UNSUPPORTED_MEDIA_TYPE,
                    "",
                    "media-type",
                    taken.stream().sorted().toList());
        }
        return name;
    }

    /** What is in quotes stays whole. */
    private static List<String> split(String text, char at) {
        List<String> parts = new ArrayList<>();
        boolean isQuoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            isQuoted ^= c == '"';
            if (c == at && !isQuoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
