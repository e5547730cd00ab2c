package nl.wijkhub.partner.publicspace;

import static nl.wijkhub.kernel.Fault.at;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.Checks;

/** Reads the pieces of a report, and notes what is wrong with each at its own place. */
final class MeldingReading {
    /** The tail of a link into the sender's own list of categories; the link itself is never followed. */
    private static final Pattern CATEGORY =
            Pattern.compile("(?:.*/)?categories/([a-z0-9-]{1,100})/sub_categories/([a-z0-9-]{1,100})/?");

    /** What is left of a name when whatever may be a house number is cut off: 1e Fakestraat 12 → 1e Fakestraat. */
    private static final Pattern WITHOUT_NUMBER = Pattern.compile("^(?:[0-9]+(?:e|de|ste) )?[^0-9]*");

    private static final Pattern HOUSE = Pattern.compile("[1-9][0-9]{0,4}");
    private static final int LAST_HOUSE = 99_999;

    /**
     * Where it is, without the house.
     *
     * @param postalCode normalised; null when it was not sent
     * @param street without a house number; null when it was not sent
     * @param town null when it was not sent
     */
    record Place(String postalCode, String street, String town) {}

    private final JsonNode melding;
    private final Checks checks;

    MeldingReading(JsonNode melding, Checks checks) {
        this.melding = melding;
        this.checks = checks;
        if (!melding.isObject()) {
            checks.fault("", "wrong-type.report");
            checks.orReject();
        }
    }

    /** An object that has to be there; empty and a fault when it is not. */
    JsonNode object(String field) {
        JsonNode value = melding.path(field);
        if (!value.isObject()) {
            checks.fault(
                    at("", field), value.isMissingNode() || value.isNull() ? "missing.object" : "wrong-type.object");
        }
        return value;
    }

    /** Null for what is not there, is empty or has a fault. */
    String text(String here, JsonNode in, String field, int longest, boolean required) {
        JsonNode value = in.path(field);
        String place = at(here, field);
        if (value.isMissingNode() || value.isNull()) {
            if (required) {
                checks.fault(place, "missing.field");
            }
            return null;
        }
        if (!value.isTextual()) {
            checks.fault(place, "wrong-type.field");
            return null;
        }
        String text = value.asText().strip();
        if (text.isEmpty()) {
            if (required) {
                checks.fault(place, "too-short.field");
            }
            return null;
        }
        if (text.length() > longest) {
            checks.fault(place, "too-long.field", longest);
            return null;
        }
        return text;
    }

    /** Absent counts as false. */
    boolean flag(String here, JsonNode in, String field) {
        JsonNode value = in.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            checks.fault(at(here, field), "wrong-type.flag-field");
        }
        return value.asBoolean(false);
    }

    /** Null when it is not there, or with a fault. */
    OffsetDateTime time(String field, boolean required) {
        String text = text("", melding, field, 40, required);
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            checks.notInFuture(at("", field), time);
            return time;
        } catch (DateTimeException e) {
            checks.fault(at("", field), "wrong-form.time-with-offset");
            return null;
        }
    }

    /** As {@code main/sub}; empty with a fault. */
    Optional<String> category(JsonNode in) {
        if (!in.isObject()) {
            return Optional.empty();
        }
        String field = in.hasNonNull("category_url") ? "category_url" : "sub_category";
        if (!in.hasNonNull(field) && in.hasNonNull("sub_slug")) {
            String main = text("/category", in, "main_slug", 100, true);
            String sub = text("/category", in, "sub_slug", 100, true);
            return main == null || sub == null ? Optional.empty() : Optional.of(MeldingCodes.code(main, sub));
        }
        String link = text("/category", in, field, 500, true);
        if (link == null) {
            return Optional.empty();
        }
        Matcher matcher = CATEGORY.matcher(link);
        if (!matcher.matches()) {
            checks.fault(at("/category", field), "wrong-form.category");
            return Optional.empty();
        }
        return Optional.of(MeldingCodes.code(matcher.group(1), matcher.group(2)));
    }

    /** The place of a location: postal code, street and town of its address; the house stays behind. */
    Place place(JsonNode location) {
        if (!location.isObject()) {
            return null;
        }
        JsonNode address = location.path("address");
        String here = "/location/address";
        if (!address.isObject()) {
            boolean isAbsent = address.isMissingNode() || address.isNull();
            checks.fault(here, isAbsent ? "missing.place" : "wrong-type.place");
            return null;
        }
        String sent = text(here, address, "postcode", 12, false);
        String postalCode = Address.normalPostalCode(sent);
        if (sent != null && postalCode == null) {
            checks.fault(at(here, "postcode"), "no-such-postal-code");
        }
        String street = withoutNumber(text(here, address, "openbare_ruimte", 200, false));
        String town = withoutNumber(text(here, address, "woonplaats", 100, false));
        houseNumber(here, address);
        if (postalCode == null && (street == null || town == null)) {
            checks.fault(here, "no-place");
        }
        return new Place(postalCode, street, town);
    }

    private static String withoutNumber(String name) {
        Matcher matcher = WITHOUT_NUMBER.matcher(name == null ? "" : name);
        String left = matcher.find() ? matcher.group().replaceFirst("[\\s,./-]+$", "") : "";
        return left.isBlank() ? null : left;
    }

    /** A number, or digits in a text; checked and left behind. */
    private void houseNumber(String here, JsonNode address) {
        JsonNode value = address.path("huisnummer");
        boolean isAbsent = value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.asText().isBlank());
        boolean isHouse = value.isNumber()
                ? value.canConvertToExactIntegral() && value.doubleValue() >= 1 && value.doubleValue() <= LAST_HOUSE
                : value.isTextual() && HOUSE.matcher(value.asText().strip()).matches();
        if (!isAbsent && !isHouse) {
            checks.fault(at(here, "huisnummer"), "out-of-range.report-house-number");
        }
    }
}
