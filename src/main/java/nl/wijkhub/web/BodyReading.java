package nl.wijkhub.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.Bsn;
import nl.wijkhub.signal.CaseSignal;

/** One small JSON object, every fault in it at once. */
final class BodyReading {
    /** The largest body of the doors that read one. */
    static final int LARGEST = 16 * 1024;

    private static final Duration LONGEST_DEFERRAL = Duration.ofDays(366);
    private static final int LONGEST_TEXT = 1000;
    private static final ZoneId CALENDAR = ZoneId.of("Europe/Amsterdam");

    private final JsonNode body;
    private final List<Fault> faults = new ArrayList<>();

    BodyReading(RoutingContext ctx, Set<String> known) {
        requireJson(ctx.request().getHeader("Content-Type"));
        Buffer sent = ctx.body().buffer();
        this.body = Json.readStrictly(sent == null ? new byte[0] : sent.getBytes());
        if (!body.isObject()) {
            fault("", "wrong-type", "Hier is een JSON-object nodig.");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                fault("/" + name, "unknown-field", "Dit veld kent de hub hier niet.");
            }
        });
    }

    private static void requireJson(String contentType) {
        String[] parts = String.valueOf(contentType).toLowerCase(Locale.ROOT).split(";", 2);
        boolean isJson = parts[0].strip().equals("application/json")
                && (parts.length < 2 || !parts[1].contains("charset") || parts[1].contains("utf-8"));
        if (!isJson) {
            throw Rejected.of(
                    Problem.UNSUPPORTED_MEDIA_TYPE, "", "media-type", "Deze deur neemt application/json, in UTF-8.");
        }
    }

    private void fault(String pointer, String code, String detail) {
        faults.add(new Fault(pointer, code, detail));
    }

    String text(String name, int shortest) {
        JsonNode sent = body.path(name);
        String text = sent.isTextual() ? sent.asText().strip() : "";
        if (!sent.isTextual() && !sent.isMissingNode()) {
            fault("/" + name, "wrong-type", "Hier is tekst nodig.");
        } else if (text.length() < shortest) {
            fault(
                    "/" + name,
                    text.isEmpty() ? "missing" : "too-short",
                    "Hier is tekst van ten minste " + shortest + " tekens nodig.");
        } else if (text.length() > LONGEST_TEXT) {
            fault("/" + name, "too-long", "Hier passen hooguit " + LONGEST_TEXT + " tekens.");
        }
        return text;
    }

    String oneOf(String name, Set<String> allowed) {
        String text = body.path(name).asText("");
        if (!allowed.contains(text)) {
            fault(
                    "/" + name,
                    body.has(name) ? "not-in-list" : "missing",
                    "Een van " + allowed.stream().sorted().toList() + ".");
        }
        return text;
    }

    /** Text that may be left out; null then. */
    String optionalText(String name) {
        return body.has(name) ? text(name, 1) : null;
    }

    /** Codes out of a list, at least one of them. */
    <T> Set<T> codes(String name, Function<String, Optional<T>> known) {
        Set<T> codes = new LinkedHashSet<>();
        JsonNode sent = body.path(name);
        if (!sent.isArray() || sent.isEmpty()) {
            fault("/" + name, "missing", "Hier is een lijst met ten minste een code nodig.");
        }
        for (int i = 0; sent.isArray() && i < sent.size(); i++) {
            Optional<T> code = known.apply(sent.get(i).asText(""));
            code.ifPresent(codes::add);
            if (code.isEmpty()) {
                fault("/" + name + "/" + i, "not-in-list", "Deze code kent de hub hier niet.");
            }
        }
        return codes;
    }

    /**
     * A citizen: a BSN, or a name and a birth date, or all three.
     */
    CaseSignal.Person person() {
        String bsn = body.path("bsn").asText(null);
        String name = body.path("name").asText(null);
        LocalDate birthDate = null;
        if (bsn != null && !Bsn.isValid(bsn)) {
            fault("/bsn", "bsn-invalid", "Dit nummer doorstaat de elfproef niet.");
        }
        if (bsn == null && (name == null || name.isBlank())) {
            fault("/name", "missing", "Een bsn, of een naam en een geboortedatum, is nodig.");
        }
        if (bsn == null || body.has("birthDate")) {
            try {
                birthDate = LocalDate.parse(body.path("birthDate").asText(""));
            } catch (DateTimeParseException e) {
                fault("/birthDate", "wrong-form", "Een geboortedatum als 1970-12-31 is nodig.");
            }
        }
        return new CaseSignal.Person("resident", name, birthDate, bsn, null);
    }

    Instant day(String name, Instant now) {
        try {
            Instant day = LocalDate.parse(body.path(name).asText(""))
                    .atStartOfDay(CALENDAR)
                    .toInstant();
            if (!day.isAfter(now)) {
                fault("/" + name, "date-in-past", "Uitstel loopt tot een dag die nog komt.");
            } else if (day.isAfter(now.plus(LONGEST_DEFERRAL))) {
                fault("/" + name, "out-of-range", "Uitstel is ten hoogste een jaar.");
            }
            return day;
        } catch (DateTimeParseException e) {
            fault("/" + name, "wrong-form", "Een datum als 2026-12-31 is nodig.");
            return null;
        }
    }

    Optional<Address> address() {
        JsonNode sent = body.path("address");
        String postalCode = Address.normalPostalCode(sent.path("postalCode").asText(null));
        int number = sent.path("houseNumber").asInt(0);
        if (postalCode == null) {
            fault("/address/postalCode", "wrong-form", "Een postcode als 9990 AB is nodig.");
        }
        if (number < 1 || number > 99_999) {
            fault("/address/houseNumber", "wrong-form", "Een huisnummer van 1 tot 99999 is nodig.");
        }
        return postalCode == null || number < 1
                ? Optional.empty()
                : Optional.of(new Address(
                        postalCode,
                        number,
                        Address.normalPart(sent.path("houseLetter").asText(null)),
                        Address.normalPart(sent.path("addition").asText(null)),
                        null));
    }

    void orReject() {
        if (!faults.isEmpty()) {
            throw new Rejected(Problem.INVALID_INPUT, faults);
        }
    }
}
