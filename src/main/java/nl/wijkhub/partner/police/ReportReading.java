package nl.wijkhub.partner.police;

import static nl.wijkhub.kernel.Fault.at;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.Bsn;
import nl.wijkhub.signal.CaseSignal.Person;
import nl.wijkhub.signal.Checks;

/** Reads the pieces of a report, and notes what is wrong with each at its own place. */
final class ReportReading {
    private static final Set<String> ADDRESS = Set.of("postcode", "huisnummer", "huisletter", "huisnummertoevoeging");
    private static final Set<String> PERSON = Set.of("rol", "achternaam", "voornamen", "geboortedatum", "bsn");

    private final JsonNode report;
    private final Checks checks;

    ReportReading(JsonNode report, Checks checks) {
        this.report = report;
        this.checks = checks;
        if (!report.isObject()) {
            checks.fault("", "wrong-type.report");
            checks.orReject();
        }
    }

    void nothingElse(String here, JsonNode in, Set<String> known) {
        in.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                checks.fault(at(here, field), "unknown-field.partner");
            }
        });
    }

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

    /** A whole number; digits in a text are taken too. Null with a fault when it is none. */
    Integer number(String here, JsonNode in, String field, int least, int most) {
        JsonNode value = in.path(field);
        String place = at(here, field);
        if (value.isMissingNode() || value.isNull()) {
            checks.fault(place, "missing.field");
            return null;
        }
        String digits =
                value.isIntegralNumber() || value.isTextual() ? value.asText().strip() : "";
        int number = digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : -1;
        if (number < least || number > most) {
            checks.fault(place, "out-of-range.field", least, most);
            return null;
        }
        return number;
    }

    OffsetDateTime time(String field) {
        String text = text("", report, field, 40, true);
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            checks.notInFuture("/" + field, time);
            return time;
        } catch (DateTimeException e) {
            checks.fault("/" + field, "wrong-form.time-with-offset");
            return null;
        }
    }

    /** The address of a location; null when it names a neighbourhood, or with a fault. */
    Address address(JsonNode place) {
        if (!place.isObject()) {
            checks.fault("/locatie", "missing.location");
            return null;
        }
        boolean anyAddress = ADDRESS.stream().anyMatch(place::hasNonNull);
        nothingElse(
                "/locatie",
                place,
                Stream.concat(ADDRESS.stream(), Stream.of("buurtcode")).collect(Collectors.toSet()));
        if (anyAddress == place.hasNonNull("buurtcode")) {
            checks.fault("/locatie", "exactly-one.location");
            return null;
        }
        if (!anyAddress) {
            return null;
        }
        String sent = text("/locatie", place, "postcode", 12, true);
        String postcode = Address.normalPostalCode(sent);
        if (sent != null && postcode == null) {
            checks.fault("/locatie/postcode", "no-such-postal-code");
        }
        Integer number = number("/locatie", place, "huisnummer", 1, 99_999);
        String letter = Address.normalPart(text("/locatie", place, "huisletter", 10, false));
        if (letter != null && !letter.matches("[A-Z]")) {
            checks.fault("/locatie/huisletter", "wrong-form.house-letter");
        }
        String addition = Address.normalPart(text("/locatie", place, "huisnummertoevoeging", 10, false));
        return new Address(postcode, number == null ? 0 : number, letter, addition, null);
    }

    /** The CBS code of a location; null when it names an address, or with a fault. */
    String buurt(JsonNode place) {
        if (!place.hasNonNull("buurtcode")) {
            return null;
        }
        String code = text("/locatie", place, "buurtcode", 10, true);
        if (code != null && !code.matches("BU[0-9]{8}")) {
            checks.fault("/locatie/buurtcode", "wrong-form.neighbourhood");
        }
        return code;
    }

    /** Somebody in the report, with the role the table gives; null with a fault. */
    Person person(String here, JsonNode in, boolean maySendBsn, PoliceCodes codes) {
        if (!in.isObject()) {
            checks.fault(here, "wrong-type.person");
            return null;
        }
        nothingElse(here, in, PERSON);
        String role = text(here, in, "rol", 40, true);
        String target = role == null ? null : codes.role(role).orElse(null);
        if (role != null && target == null) {
            checks.fault(at(here, "rol"), "unknown-code.role");
        }
        String name = Stream.of(text(here, in, "voornamen", 200, false), text(here, in, "achternaam", 200, false))
                .filter(part -> part != null)
                .collect(Collectors.joining(" "));
        checks.noBsn(here, name, maySendBsn);
        String bsn = text(here, in, "bsn", 9, false);
        if (bsn != null && !maySendBsn) {
            checks.fault(at(here, "bsn"), "bsn-not-allowed");
        } else if (bsn != null && !Bsn.isValid(bsn)) {
            checks.fault(at(here, "bsn"), "bsn-invalid");
        }
        LocalDate birthDate = birthDate(here, in);
        return target == null ? null : new Person(target, name.isEmpty() ? null : name, birthDate, bsn, null, true);
    }

    private LocalDate birthDate(String here, JsonNode in) {
        String text = text(here, in, "geboortedatum", 40, false);
        if (text == null) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.isAfter(checks.now().toLocalDate())) {
                checks.fault(at(here, "geboortedatum"), "date-in-future.birth-date");
            }
            return date;
        } catch (DateTimeException e) {
            checks.fault(at(here, "geboortedatum"), "wrong-form.partner-date");
            return null;
        }
    }
}
