package nl.wijkhub.web;

import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.Bsn;
import nl.wijkhub.signal.CaseSignal;

/** Reads a form of the board. Faults are collected, each under the name of its field, and told at once. */
final class FormReading {
    private static final int LONGEST = 1_000;
    private static final int EARLIEST_YEAR = 1900;
    private static final int LATEST_YEAR = 2100;

    private final RoutingContext ctx;
    private final List<Fault> faults = new ArrayList<>();

    FormReading(RoutingContext ctx) {
        this.ctx = ctx;
    }

    /** What stands in a field; empty when nothing does. */
    String optional(String name) {
        String value = ctx.request().getFormAttribute(name);
        String text = value == null ? "" : value.strip();
        if (text.indexOf(0) >= 0) {
            fault(name, "wrong-form", "Hier staat een teken in dat geen tekst is.");
            return "";
        }
        if (text.length() > LONGEST) {
            fault(name, "too-long", "Dit mag hoogstens " + LONGEST + " tekens zijn.");
        }
        return text;
    }

    String text(String name, int shortest) {
        String value = optional(name);
        if (value.length() < shortest) {
            fault(name, "too-short", "Hier zijn ten minste " + shortest + " tekens nodig.");
        }
        return value;
    }

    String oneOf(String name, Collection<String> allowed) {
        String value = optional(name);
        if (!allowed.contains(value)) {
            fault(name, "not-in-list", "Kies uit wat er in de lijst staat.");
        }
        return value;
    }

    /** A day as {@code yyyy-MM-dd}; null when it is none, which is told by {@link #orReject}. */
    LocalDate date(String name) {
        try {
            LocalDate day = LocalDate.parse(optional(name));
            if (day.getYear() < EARLIEST_YEAR || day.getYear() > LATEST_YEAR) {
                fault(name, "out-of-range", "Kies een jaar van " + EARLIEST_YEAR + " tot " + LATEST_YEAR + ".");
                return null;
            }
            return day;
        } catch (DateTimeParseException noDate) {
            fault(name, "wrong-form", "Een dag als 2026-01-31 is nodig.");
            return null;
        }
    }

    /** A citizen by BSN, by name and birth date, or by all three. */
    CaseSignal.Person person() {
        String bsn = optional("bsn");
        String name = optional("name");
        if (!bsn.isEmpty() && !Bsn.isValid(bsn)) {
            fault("bsn", "bsn-invalid", "Dit nummer doorstaat de elfproef niet.");
        }
        if (bsn.isEmpty() && name.isEmpty()) {
            fault("name", "missing", "Een bsn, of een naam en een geboortedatum, is nodig.");
        }
        boolean hasDay = bsn.isEmpty() || !optional("birthDate").isEmpty();
        return new CaseSignal.Person(
                "resident",
                name.isEmpty() ? null : name,
                hasDay ? date("birthDate") : null,
                bsn.isEmpty() ? null : bsn,
                null);
    }

    void fault(String name, String code, String detail) {
        faults.add(new Fault("/" + name, code, detail));
    }

    void orReject() {
        if (!faults.isEmpty()) {
            throw new Rejected(Problem.INVALID_INPUT, faults);
        }
    }
}
