package nl.wijkhub.partner.housing;

import static nl.wijkhub.kernel.Fault.at;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import nl.wijkhub.household.UnitStore;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Partners.Partner;

/** Reads the pieces that VERA messages share, and notes what is wrong with them at their own place. */
final class VeraReading {
    /** Source: the validation expression in the VERA definition; UTC only. */
    private static final Pattern UTC = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?Z");

    private static final Pattern BSN_NAME =
            Pattern.compile("bsn|burgerservicenummer|sofinummer", Pattern.CASE_INSENSITIVE);

    /** A corporation's own ids and codes, and the URIs made of them: nine digits there are no BSN. */
    private static final Set<String> OWN_NUMBERS =
            Set.of("id", "idExtern", "idOrganisatie", "idAdministratie", "code", "eenheden", "adres", "relaties");

    private static final int LONGEST_URI = 2_000;

    private final Partner partner;
    private final JsonNode message;
    private final UnitStore units;
    private final Checks checks;
    private boolean timed;

    VeraReading(Partner partner, JsonNode message, UnitStore units, Checks checks) {
        this.partner = partner;
        this.message = message;
        this.units = units;
        this.checks = checks;
        if (!message.isObject()) {
            checks.fault("", "wrong-type.vera");
        }
        if (partner.defaultGround() == null) {
            checks.fault("", "no-ground");
        }
        refuseBsn(message, "");
    }

    /** The sender's own reference: {@code idExtern}, else {@code id}. */
    String reference() {
        String reference =
                text("", message, "idExtern").or(() -> text("", message, "id")).orElse(null);
        if (reference == null) {
            checks.fault("/idExtern", "missing.own-reference");
        } else if (reference.length() > 128) {
            checks.fault(message.has("idExtern") ? "/idExtern" : "/id", "too-long.reference");
        }
        return reference;
    }

    String referencePointer() {
        return message.path("idExtern").isTextual() ? "/idExtern" : "/id";
    }

    /**
     * What makes two messages the same: what the hub takes of them. A case that is sent again because its status
     * changed is a repeat. Without a time of its own a message counts as a whole, because its times are then ours.
     */
    String content(CaseSignal signal) {
        return timed ? Json.write(signal) : Json.canonical(message);
    }

    Optional<String> text(String here, JsonNode in, String field) {
        JsonNode value = in.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            checks.fault(at(here, field), "wrong-type.field");
            return Optional.empty();
        }
        return Optional.of(value.asText().strip()).filter(t -> !t.isEmpty());
    }

    /** A moment in UTC, written with a Z; never ahead. */
    Optional<OffsetDateTime> time(String field) {
        Optional<String> text = text("", message, field);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!UTC.matcher(text.get()).matches()) {
            checks.fault("/" + field, "wrong-form.utc-time");
            return Optional.empty();
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text.get());
            checks.notInFuture("/" + field, time);
            timed = true;
            return Optional.of(time);
        } catch (DateTimeException e) {
            checks.fault("/" + field, "wrong-form.no-such-time");
            return Optional.empty();
        }
    }

    /** The code of a Referentiedata field; when it names its own Soort, that has to be the expected one. */
    Optional<String> code(String here, JsonNode in, String field, String soort) {
        JsonNode reference = in.path(field);
        if (reference.isMissingNode() || reference.isNull()) {
            return Optional.empty();
        }
        String place = at(here, field);
        if (!reference.isObject()) {
            checks.fault(place, "wrong-type.reference-data");
            return Optional.empty();
        }
        Optional<String> own = text(at(place, "soort"), reference.path("soort"), "code");
        if (own.isPresent() && !own.get().equals(soort)) {
            checks.fault(at(at(place, "soort"), "code"), "wrong-soort", soort);
        }
        return text(place, reference, "code").map(code -> code.toUpperCase(Locale.ROOT));
    }

    /** The address behind a URI into the corporation's own administration: its last part, looked up in the register. */
    Address unit(String pointer, JsonNode uri) {
        if (!uri.isTextual() || uri.asText().isBlank()) {
            checks.fault(pointer, "wrong-type.unit-uri");
            return null;
        }
        String id = lastSegment(uri.asText().strip());
        Optional<Address> address = units.find(partner.id(), id);
        if (address.isEmpty()) {
            checks.fault(pointer, "unknown-unit");
        }
        return address.orElse(null);
    }

    private static String lastSegment(String uri) {
        if (uri.length() > LONGEST_URI) {
            return "";
        }
        int end = uri.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = uri.indexOf(mark);
            end = at < 0 ? end : Math.min(end, at);
        }
        while (end > 0 && uri.charAt(end - 1) == '/') {
            end--;
        }
        return uri.substring(uri.lastIndexOf('/', end - 1) + 1, end);
    }

    /** A landlord may not share a BSN: no field may be called so, and no text may hold one. Own numbers are no text. */
    private void refuseBsn(JsonNode node, String here) {
        if (node.isTextual()) {
            checks.noBsn(here, node.asText(), partner.maySendBsn());
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                refuseBsn(node.get(i), at(here, i));
            }
        } else if (node.isObject()) {
            if (BSN_NAME.matcher(node.path("naam").asText()).matches()) {
                checks.fault(at(here, "waarde"), "bsn-not-allowed.housing");
            }
            for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                if (BSN_NAME.matcher(field.getKey()).matches()) {
                    checks.fault(at(here, field.getKey()), "bsn-not-allowed.housing");
                } else if (!OWN_NUMBERS.contains(field.getKey())) {
                    refuseBsn(field.getValue(), at(here, field.getKey()));
                }
            }
        }
    }
}
