package nl.wijkhub.web.http;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.plan.PlanPart;

/**
 * What a door was sent, be it JSON or a form of the board: the same parts are read out of both. Faults are collected, each
 * where it is, and told at once by {@link #orReject}; until then what has a fault reads as something that is none.
 */
public interface Reading {
    int SHORTEST_REASON = 10;

    int EARLIEST_YEAR = 2000;
    int LATEST_YEAR = 2100;

    /** Whether a field was sent, in JSON be it as null; a form sends every field, and one that is empty was not filled in. */
    boolean has(String name);

    /** Whether a field was sent as JSON's null, where that is as good as not at all. */
    boolean isNull(String name);

    String text(String name, int shortest);

    /** Why something is done, in a sentence. */
    default String reason() {
        return text("reason", SHORTEST_REASON);
    }

    /** Text that may be left out; null then. */
    String optionalText(String name);

    String oneOf(String name, Set<String> allowed);

    /** One of the values of an enum, as {@link PlanPart#code} writes it; the first, with a fault, when it is none. */
    <E extends Enum<E> & Coded> E code(String name, Class<E> type);

    /** A calendar day; null, with a fault, when there is none. */
    LocalDate date(String name);

    /** A whole number within bounds; the lower one, with a fault, when there is none. */
    int number(String name, int least, int most);

    /** Whether it was said; not sent is no. */
    boolean flag(String name);

    /** An object within the whole; its faults are faults of the whole. */
    Reading within(String name, Set<String> known);

    /** Texts out of a list that may be empty; in a form one to a line. */
    List<String> texts(String name);

    /** The names of its fields. */
    List<String> names();

    /**
     * Notes a fault: {@link nl.wijkhub.kernel.Fault#of}.
     *
     * @param pointer where it is, e.g. {@code /reason}; empty for the whole
     */
    void fault(String pointer, String key, Object... arguments);

    /** The whole as it was sent, as JSON, to be sealed: it may hold words about people. Null for a form without fields. */
    String asSent();

    void orReject();
}
