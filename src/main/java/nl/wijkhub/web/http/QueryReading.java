package nl.wijkhub.web.http;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;

/** The parameters of a list, every fault in them at once. */
public final class QueryReading {
    private static final int DEFAULT_PAGE = 50;
    private static final int LARGEST_PAGE = 1000;

    private final RoutingContext ctx;
    private final List<Fault> faults = new ArrayList<>();

    public QueryReading(RoutingContext ctx) {
        this.ctx = ctx;
    }

    /** The value with this code; null when the parameter is absent. */
    public <T> T oneOf(String name, List<T> values, Function<T, String> code) {
        String sent = ctx.request().getParam(name);
        Optional<T> found =
                values.stream().filter(value -> code.apply(value).equals(sent)).findFirst();
        if (sent != null && found.isEmpty()) {
            faults.add(Fault.of(
                    "/" + name,
                    "not-in-list.parameter",
                    values.stream().map(code).toList()));
        }
        return found.orElse(null);
    }

    /** How many at once: 1..1000, 50 when nothing is asked. */
    public int pageSize() {
        return (int) number("pageSize", DEFAULT_PAGE, 1, LARGEST_PAGE);
    }

    /** A whole number within bounds; {@code otherwise} when nothing is asked, and with a fault when it is none. */
    public long number(String name, long otherwise, long least, long most) {
        String sent = ctx.request().getParam(name, String.valueOf(otherwise));
        long number = sent.matches("[0-9]{1,18}") ? Long.parseLong(sent) : -1;
        if (number < least || number > most) {
            faults.add(Fault.of("/" + name, "out-of-range.parameter", least, most));
            return otherwise;
        }
        return number;
    }

    /** The last one of the page before; null for the first page. */
    public UUID after() {
        String sent = ctx.request().getParam("after");
        Optional<UUID> after = Identifier.parse(sent);
        if (sent != null && after.isEmpty()) {
            faults.add(Fault.of("/after", "wrong-form.next"));
        }
        return after.orElse(null);
    }

    public void orReject() {
        if (!faults.isEmpty()) {
            throw new Rejected(Problem.INVALID_INPUT, faults);
        }
    }
}
