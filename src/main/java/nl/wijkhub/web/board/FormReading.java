package nl.wijkhub.web.board;

import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.Bsn;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.web.http.Reading;

/** Reads a form of the board. A field that is empty was not filled in; an object within has its fields as {@code scores.financien}. */
final class FormReading implements Reading {
    private static final int LONGEST = 1_000;
    private static final int EARLIEST_BIRTH_YEAR = 1900;

    private final RoutingContext ctx;
    private final String within;
    private final Map<String, Object> read;
    private final List<Fault> faults;

    FormReading(RoutingContext ctx) {
        this(ctx, "", new LinkedHashMap<>(), new ArrayList<>());
    }

    private FormReading(RoutingContext ctx, String within, Map<String, Object> read, List<Fault> faults) {
        this.ctx = ctx;
        this.within = within;
        this.read = read;
        this.faults = faults;
    }

    private String sent(String name) {
        String value = ctx.request().getFormAttribute(within + name);
        return value == null ? "" : value.strip();
    }

    @Override
    public boolean has(String name) {
        return !sent(name).isEmpty();
    }

    @Override
    public boolean isNull(String name) {
        return false;
    }

    /** What stands in a field; empty when nothing does. */
    String optional(String name) {
        String text = sent(name);
        if (text.indexOf(0) >= 0) {
            notText(name);
            return "";
        }
        if (text.length() > LONGEST) {
            fault("/" + name, "too-long", LONGEST);
        }
        if (!text.isEmpty()) {
            read.put(name, text);
        }
        return text;
    }

    private void notText(String name) {
        fault("/" + name, "nul-character");
    }

    @Override
    public String optionalText(String name) {
        String text = optional(name);
        return text.isEmpty() ? null : text;
    }

    @Override
    public String text(String name, int shortest) {
        String text = optional(name);
        if (text.length() < shortest) {
            if (text.isEmpty() && shortest == 1) {
                fault("/" + name, "missing");
            } else {
                fault("/" + name, "too-short", shortest);
            }
        }
        return text;
    }

    @Override
    public String oneOf(String name, Set<String> allowed) {
        String text = optional(name);
        if (!allowed.contains(text)) {
            fault("/" + name, "not-in-list");
        }
        return text;
    }

    @Override
    public <E extends Enum<E> & Coded> E code(String name, Class<E> type) {
        return Coded.of(type, optional(name)).orElseGet(() -> {
            fault("/" + name, "not-in-list");
            return type.getEnumConstants()[0];
        });
    }

    @Override
    public LocalDate date(String name) {
        return date(name, EARLIEST_YEAR);
    }

    private LocalDate date(String name, int earliest) {
        try {
            LocalDate day = LocalDate.parse(optional(name));
            if (day.getYear() < earliest || day.getYear() > LATEST_YEAR) {
                fault("/" + name, "out-of-range.year", earliest, LATEST_YEAR);
                return null;
            }
            return day;
        } catch (DateTimeParseException noDate) {
            fault("/" + name, "wrong-form.day");
            return null;
        }
    }

    @Override
    public int number(String name, int least, int most) {
        String text = optional(name);
        int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            fault("/" + name, "out-of-range.number", least, most);
            return least;
        }
        read.put(name, number);
        return number;
    }

    @Override
    public boolean flag(String name) {
        boolean isSaid = has(name);
        read.put(name, isSaid);
        return isSaid;
    }

    @Override
    public FormReading within(String name, Set<String> known) {
        Map<String, Object> inside = new LinkedHashMap<>();
        read.put(name, inside);
        return new FormReading(ctx, within + name + ".", inside, faults);
    }

    @Override
    public List<String> texts(String name) {
        List<String> lines = sent(name)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.stream().anyMatch(line -> line.length() > LONGEST)) {
            fault("/" + name, "too-long.line", LONGEST);
        }
        if (lines.stream().anyMatch(line -> line.indexOf(0) >= 0)) {
            notText(name);
        }
        read.put(name, List.copyOf(lines));
        return lines;
    }

    @Override
    public List<String> names() {
        return ctx.request().formAttributes().names().stream()
                .filter(name -> name.startsWith(within))
                .map(name -> name.substring(within.length()))
                .filter(this::has)
                .toList();
    }

    /** The version of what the page showed; a fault when it gave none. Not part of what is said. */
    String version() {
        if (!has("version")) {
            fault("/version", "missing.version");
        }
        return sent("version");
    }

    /** A citizen by BSN, by name and birth date, or by all three. */
    CaseSignal.Person person() {
        String bsn = optional("bsn");
        String name = optional("name");
        if (!bsn.isEmpty() && !Bsn.isValid(bsn)) {
            fault("/bsn", "bsn-invalid");
        }
        if (bsn.isEmpty() && name.isEmpty()) {
            fault("/name", "missing.citizen");
        }
        boolean hasDay = bsn.isEmpty() || has("birthDate");
        return new CaseSignal.Person(
                "resident",
                name.isEmpty() ? null : name,
                hasDay ? date("birthDate", EARLIEST_BIRTH_YEAR) : null,
                bsn.isEmpty() ? null : bsn,
                null);
    }

    @Override
    public void fault(String pointer, String key, Object... arguments) {
        String at = within.isEmpty()
                ? ""
                : "/" + within.substring(0, within.length() - 1).replace('.', '/');
        faults.add(Fault.of(at + pointer, key, arguments));
    }

    @Override
    public String asSent() {
        return read.isEmpty() ? null : Json.writeInOrder(read);
    }

    @Override
    public void orReject() {
        if (!faults.isEmpty()) {
            throw new Rejected(Problem.INVALID_INPUT, faults);
        }
    }
}
