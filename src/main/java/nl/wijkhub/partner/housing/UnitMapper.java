package nl.wijkhub.partner.housing;

import static nl.wijkhub.kernel.Fault.at;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Set;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.AddressInAreas;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Partners.Partner;

/**
 * One row of a corporation's unit register → address.
 * In: {@code {"bagId"?, "postcode", "huisnummer", "huisletter"?, "huisnummertoevoeging"?}}, in bulk also {@code "id"}.
 * Rejects: unknown fields, a postal code that cannot exist or lies outside the areas of the partner, a house number
 * that is none, a BAG id of no dwelling.
 */
final class UnitMapper {
    private static final Set<String> FIELDS =
            Set.of("id", "bagId", "postcode", "huisnummer", "huisletter", "huisnummertoevoeging");

    private final AddressInAreas areas;
    private final Clock clock;

    UnitMapper(AddressInAreas areas, Clock clock) {
        this.areas = areas;
        this.clock = clock;
    }

    Address map(Partner partner, JsonNode in) {
        Checks checks = new Checks(clock);
        if (!in.isObject()) {
            checks.fault("", "wrong-type.unit");
        }
        in.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                checks.fault(at("", field), "unknown-field.partner");
            }
        });
        String postalCode = Address.normalPostalCode(in.path("postcode").asText(null)); // postcode → postalCode 1..1
        if (postalCode == null) {
            checks.fault(
                    "/postcode", in.has("postcode") ? "no-such-postal-code.existing" : "missing.existing-postal-code");
        }
        int number = number(in.path("huisnummer")); // huisnummer → houseNumber 1..1
        if (number < 1) {
            checks.fault("/huisnummer", in.has("huisnummer") ? "out-of-range.house-number" : "missing.house-number");
        }
        if (in.path("huisletter").isTextual()
                && !in.get("huisletter").asText().strip().matches("[A-Za-z]?")) {
            checks.fault("/huisletter", "wrong-form.house-letter");
        }
        String letter = text(in, "huisletter", 1, checks); // huisletter → houseLetter 0..1
        String addition = text(in, "huisnummertoevoeging", 10, checks); // huisnummertoevoeging → addition 0..1
        String bagId = text(in, "bagId", 16, checks); // bagId → bagId 0..1
        if (bagId != null && !Address.isBagId(bagId)) {
            checks.fault("/bagId", "no-such-bag-id");
        }
        Address address =
                new Address(postalCode, number, Address.normalPart(letter), Address.normalPart(addition), bagId);
        if (postalCode != null && !areas.isWithin(address, partner.areas())) {
            checks.fault("/postcode", "outside-area.register");
        }
        checks.orReject();
        return address;
    }

    private static int number(JsonNode sent) {
        if (sent.isIntegralNumber() && sent.canConvertToInt() && sent.asInt() <= 99999) {
            return sent.asInt();
        }
        return sent.isTextual() && sent.asText().strip().matches("[0-9]{1,5}")
                ? Integer.parseInt(sent.asText().strip())
                : 0;
    }

    private static String text(JsonNode in, String field, int longest, Checks checks) {
        JsonNode value = in.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.asText().strip().length() > longest) {
            checks.fault("/" + field, "wrong-form.field", longest);
            return null;
        }
        return value.asText().isBlank() ? null : value.asText().strip();
    }
}
