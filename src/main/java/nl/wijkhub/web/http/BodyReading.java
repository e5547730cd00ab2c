package nl.wijkhub.web.http;

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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;

/** One small JSON object, every fault in it at once. */
public final class BodyReading implements Reading {
    /** The largest body of the doors that read one. */
    public static final int LARGEST = 16 * 1024;

    private static final Duration LONGEST_DEFERRAL = Duration.ofDays(366);
    private static final int LONGEST_TEXT = 1000;
    private static final ZoneId CALENDAR = ZoneId.of("Europe/Amsterdam");

    private final JsonNode body;
    private final String at;
    private final List<Fault> faults;

    public BodyReading(RoutingContext ctx, Set<String> known) {
        this(SentBody.json(ctx, Set.of("application/json")), "", known, new ArrayList<>());
    }

    /**
     * @param at where it stands in the body, as a JSON pointer
     */
    private BodyReading(JsonNode body, String at, Set<String> known, List<Fault> faults) {
        this.body = body;
        this.at = at;
        this.faults = faults;
        if (!body.isObject()) {
            fault("", "wrong-type.json-object");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                fault("/" + name, "unknown-field");
            }
        });
    }

    /** A change of some of its fields: what is null is taken away. Source: RFC 7396. */
    public static BodyReading patch(RoutingContext ctx, Set<String> known) {
        JsonNode body = SentBody.json(ctx, Set.of("application/merge-patch+json", "application/json"));
        return new BodyReading(body, "", known, new ArrayList<>());
    }

    /** For an operation that takes nothing: what is sent all the same would be taken for done, so it is refused. */
    public static void nothing(RoutingContext ctx) {
        Buffer sent = ctx.body().buffer();
        if (sent != null && sent.length() > 0) {
            new BodyReading(ctx, Set.of()).orReject();
        }
    }

    /** A field as it was sent. */
    JsonNode sent(String name) {
        return body.path(name);
    }

    @Override
    public boolean has(String name) {
        return body.has(name);
    }

    @Override
    public boolean isNull(String name) {
        return body.path(name).isNull();
    }

    @Override
    public boolean flag(String name) {
        JsonNode sent = body.path(name);
        if (!sent.isMissingNode() && !sent.isBoolean()) {
            fault("/" + name, "wrong-type.flag");
        }
        return sent.asBoolean(false);
    }

    @Override
    public BodyReading within(String name, Set<String> known) {
        return new BodyReading(body.path(name), at + "/" + name, known, faults);
    }

    @Override
    public void fault(String pointer, String key, Object... arguments) {
        faults.add(Fault.of(at + pointer, key, arguments));
    }

    @Override
    public String text(String name, int shortest) {
        JsonNode sent = body.path(name);
        String text = sent.isTextual() ? sent.asText().strip() : "";
        if (!sent.isTextual() && !sent.isMissingNode()) {
            fault("/" + name, "wrong-type.text");
        } else if (text.length() < shortest) {
            fault("/" + name, text.isEmpty() ? "missing.text" : "too-short.text", shortest);
        } else if (text.length() > LONGEST_TEXT) {
            fault("/" + name, "too-long.text", LONGEST_TEXT);
        }
        return text;
    }

    @Override
    public <E extends Enum<E> & Coded> E code(String name, Class<E> type) {
        List<String> allowed =
                Stream.of(type.getEnumConstants()).map(Coded::code).toList();
        JsonNode sent = body.path(name);
        return Coded.of(type, sent.asText("")).orElseGet(() -> {
            fault("/" + name, sent.isMissingNode() || sent.isNull() ? "missing.one-of" : "not-in-list.one-of", allowed);
            return type.getEnumConstants()[0];
        });
    }

    @Override
    public String oneOf(String name, Set<String> allowed) {
        String text = body.path(name).asText("");
        if (!allowed.contains(text)) {
            fault(
                    "/" + name,
                    body.has(name) ? "not-in-list.one-of" : "missing.one-of",
                    allowed.stream().sorted().toList());
        }
        return text;
    }

    @Override
    public String optionalText(String name) {
        return body.has(name) ? text(name, 1) : null;
    }

    /** Codes out of a list, at least one of them. */
    public <T> Set<T> codes(String name, Function<String, Optional<T>> known) {
        Set<T> codes = new LinkedHashSet<>();
        JsonNode sent = body.path(name);
        if (!sent.isArray() || sent.isEmpty()) {
            fault("/" + name, "missing.codes");
        }
        for (int i = 0; sent.isArray() && i < sent.size(); i++) {
            Optional<T> code = known.apply(sent.get(i).asText(""));
            code.ifPresent(codes::add);
            if (code.isEmpty()) {
                fault("/" + name + "/" + i, "not-in-list.code");
            }
        }
        return codes;
    }

    @Override
    public LocalDate date(String name) {
        JsonNode sent = body.path(name);
        try {
            LocalDate date = LocalDate.parse(sent.asText(""));
            if (date.getYear() < EARLIEST_YEAR || date.getYear() > LATEST_YEAR) {
                fault("/" + name, "out-of-range.year", EARLIEST_YEAR, LATEST_YEAR);
            }
            return date;
        } catch (DateTimeParseException e) {
            fault("/" + name, sent.isMissingNode() || sent.isNull() ? "missing.date" : "wrong-form.date");
            return null;
        }
    }

    @Override
    public int number(String name, int least, int most) {
        JsonNode sent = body.path(name);
        if (!sent.isInt() || sent.asInt() < least || sent.asInt() > most) {
            fault(
                    "/" + name,
                    sent.isMissingNode()
                            ? "missing.number"
                            : sent.isInt() ? "out-of-range.number" : "wrong-type.number",
                    least,
                    most);
            return least;
        }
        return sent.asInt();
    }

    /** Whole numbers out of a list that may be empty. */
    public Set<Integer> numbers(String name, int least, int most) {
        Set<Integer> numbers = new LinkedHashSet<>();
        JsonNode sent = body.path(name);
        if (!sent.isArray()) {
            fault("/" + name, "wrong-type.numbers");
        }
        for (int i = 0; sent.isArray() && i < sent.size(); i++) {
            if (sent.get(i).isInt()
                    && sent.get(i).asInt() >= least
                    && sent.get(i).asInt() <= most) {
                numbers.add(sent.get(i).asInt());
            } else {
                fault("/" + name + "/" + i, "out-of-range.number", least, most);
            }
        }
        return numbers;
    }

    @Override
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        JsonNode sent = body.path(name);
        if (!sent.isArray()) {
            fault("/" + name, "wrong-type.texts");
        }
        for (int i = 0; sent.isArray() && i < sent.size(); i++) {
            String text = sent.get(i).isTextual() ? sent.get(i).asText().strip() : "";
            if (text.isEmpty() || text.length() > LONGEST_TEXT) {
                fault("/" + name + "/" + i, "wrong-form.list-item", LONGEST_TEXT);
            }
            texts.add(text);
        }
        return texts;
    }

    /** An id of the hub's own; null, with a fault, when it is none. */
    public UUID id(String name) {
        Optional<UUID> id = Identifier.parse(body.path(name).asText(""));
        if (id.isEmpty()) {
            fault("/" + name, body.has(name) ? "wrong-form.hub-id" : "missing.hub-id");
        }
        return id.orElse(null);
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        return names;
    }

    public Instant day(String name, Instant now) {
        try {
            Instant day = LocalDate.parse(body.path(name).asText(""))
                    .atStartOfDay(CALENDAR)
                    .toInstant();
            if (!day.isAfter(now)) {
                fault("/" + name, "date-in-past.deferral");
            } else if (day.isAfter(now.plus(LONGEST_DEFERRAL))) {
                fault("/" + name, "out-of-range.deferral");
            }
            return day;
        } catch (DateTimeParseException e) {
            fault("/" + name, "wrong-form.deferral");
            return null;
        }
    }

    @Override
    public String asSent() {
        return body.toString();
    }

    @Override
    public void orReject() {
        if (!faults.isEmpty()) {
            throw new Rejected(Problem.INVALID_INPUT, faults);
        }
    }
}
