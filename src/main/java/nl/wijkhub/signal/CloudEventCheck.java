package nl.wijkhub.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The attributes of one event held against CloudEvents 1.0.2 and the NL GOV profile 1.1; the data is not looked at.
 * Sharper than both in one thing: no attribute holds anything that looks like a BSN, though the profile's own example has
 * one in {@code subject}. Attributes stand in logs and headers of whoever passes an event on.
 */
final class CloudEventCheck {
    private static final Set<String> MEMBERS = Set.of("data", "data_base64");
    private static final List<String> REQUIRED = List.of("id", "source", "specversion", "type");

    /** Attributes whose type is text, an URI or a moment; all of them are JSON texts, and none is empty. */
    private static final Set<String> TEXTS = Set.of(
            "id",
            "source",
            "specversion",
            "type",
            "datacontenttype",
            "dataschema",
            "subject",
            "time",
            "dataref",
            "sequence",
            "sequencetype",
            "traceparent",
            "tracestate");

    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,20}");

    /** Characters of one attribute: more than any address or name needs. */
    private static final int LONGEST = 2_048;

    private static final Pattern TOP_LEVEL = Pattern.compile("[a-z]{2,}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]*[A-Za-z0-9]");

    private static final Pattern VERSION = Pattern.compile("v[0-9]+");

    private static final Pattern RFC_3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");

    private static final Pattern JSON =
            Pattern.compile("[a-z0-9.+-]+/(json|[a-z0-9.+-]+\\+json)( *; *charset *= *\"?utf-8\"?)?");

    private final JsonNode event;
    private final UnaryOperator<String> place;
    private final Checks checks;

    /**
     * @param event attributes by name
     * @param place where an attribute of this name stands in the message as sent
     */
    CloudEventCheck(JsonNode event, UnaryOperator<String> place, Checks checks) {
        this.event = event;
        this.place = place;
        this.checks = checks;
    }

    void attributes() {
        for (String name : REQUIRED) {
            // in the JSON format null is the same as absent
            if (!event.hasNonNull(name)) {
                checks.fault(place.apply(name), "missing.attribute");
            }
        }
        event.properties().stream()
                .filter(attribute -> !MEMBERS.contains(attribute.getKey()))
                .forEach(attribute -> attribute(attribute.getKey(), attribute.getValue()));
    }

    private void attribute(String name, JsonNode value) {
        String here = place.apply(name);
        noBsn(here, name);
        if (!NAME.matcher(name).matches()) {
            checks.fault(here, "wrong-attribute-name");
        } else if (value.isNull()) {
            return;
        } else if (!TEXTS.contains(name)) {
            extension(here, value);
        } else if (!value.isTextual()) {
            checks.fault(here, "wrong-type.attribute");
        } else if (value.asText().isEmpty()) {
            checks.fault(here, "too-short.attribute");
        } else if (value.asText().length() > LONGEST) {
            checks.fault(here, "too-long.attribute", LONGEST);
        } else {
            text(name, here, value.asText());
        }
    }

    private void extension(String here, JsonNode value) {
        if (!value.isTextual() && !value.isBoolean() && !(value.isIntegralNumber() && value.canConvertToInt())) {
            checks.fault(here, "wrong-type.extension-attribute");
            return;
        }
        if (value.asText().length() > LONGEST) {
            checks.fault(here, "too-long.attribute", LONGEST);
            return;
        }
        noBsn(here, value.asText());
        characters(here, value.asText());
    }

    private void text(String name, String here, String text) {
        if (name.equals("time")) {
            time(here, text);
            return;
        }
        noBsn(here, text);
        characters(here, text);
        switch (name) {
            case "specversion" -> require(text.equals("1.0"), here, "not-in-list.spec-version");
            case "source", "dataref" -> require(isUri(text, false), here, "wrong-form.uri-reference");
            case "dataschema" -> require(isUri(text, true), here, "wrong-form.uri");
            case "type" -> type(here, text);
            case "datacontenttype" ->
                require(JSON.matcher(text.toLowerCase(Locale.ROOT)).matches(), here, "not-json.data");
            default -> {}
        }
    }

    private void type(String here, String text) {
        List<String> labels = List.of(text.split("\\.", -1));
        require(isReverseDns(labels), here, "wrong-form.event-type");
        require(
                labels.stream()
                                .filter(label -> VERSION.matcher(label).matches())
                                .count()
                        <= 1,
                here,
                "wrong-form.event-type-version");
    }

    /** A top-level domain, an organisation or domain below it, and at least one word of its own. */
    private static boolean isReverseDns(List<String> labels) {
        return labels.size() > 2
                && TOP_LEVEL.matcher(labels.get(0)).matches()
                && labels.stream()
                        .skip(1)
                        .allMatch(label ->
                                LABEL.matcher(label).matches() && label.charAt(0) != '-' && label.charAt(0) != '_');
    }

    private void time(String here, String text) {
        boolean isTime = RFC_3339.matcher(text).matches();
        try {
            OffsetDateTime.parse(isTime ? text.toUpperCase(Locale.ROOT) : "none");
        } catch (DateTimeException e) {
            checks.fault(here, "wrong-form.time");
        }
    }

    private void noBsn(String here, String text) {
        String decoded = EventAttributes.percentDecoded(text);
        require(!Bsn.seemsToStandIn(text) && !Bsn.seemsToStandIn(decoded), here, "bsn-not-allowed.attribute");
    }

    /** No control characters, no half of a surrogate pair and nothing that Unicode keeps for nobody. */
    private void characters(String here, String text) {
        boolean isText = text.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || (c >= 0xD800 && c <= 0xDFFF)
                        || (c >= 0xFDD0 && c <= 0xFDEF)
                        || (c & 0xFFFE) == 0xFFFE);
        require(isText, here, "wrong-form.no-text");
    }

    private void require(boolean isSo, String here, String key) {
        if (!isSo) {
            checks.fault(here, key);
        }
    }

    private static boolean isUri(String text, boolean isAbsolute) {
        try {
            return new URI(text).isAbsolute() || !isAbsolute;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
