package nl.wijkhub.kernel;

import java.time.temporal.Temporal;
import java.util.List;

/**
 * One thing wrong with a message. {@link FaultTexts} has the sentence that says so.
 *
 * @param pointer RFC 6901 JSON pointer into the message as sent; empty for the whole
 * @param key names the sentence: the code, and after a dot which of its sentences where a code has more than one
 * @param arguments what the sentence names: bounds, codes, names of fields, or lists of these; never a value that was sent
 */
public record Fault(String pointer, String key, List<Object> arguments) {
    public Fault {
        arguments = List.copyOf(arguments);
        if (!arguments.stream().allMatch(Fault::isPlain)) {
            throw new IllegalArgumentException("an argument of " + key + " is no number, day or code");
        }
    }

    /** @param arguments in the order of the holes in the sentence */
    public static Fault of(String pointer, String key, Object... arguments) {
        return new Fault(pointer, key, List.of(arguments));
    }

    /** Stable kebab-case code, e.g. {@code date-in-future}: what a caller is told beside the sentence. */
    public String code() {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }

    /** The same fault at another place. */
    public Fault movedTo(String place) {
        return new Fault(place, key, arguments);
    }

    private static boolean isPlain(Object argument) {
        return argument instanceof List<?> list
                ? list.stream().allMatch(Fault::isPlain)
                : argument instanceof Number || argument instanceof String || argument instanceof Temporal;
    }

    /** A pointer one step deeper, with the escapes of RFC 6901. */
    public static String at(String parent, String key) {
        return parent + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    public static String at(String parent, int index) {
        return parent + "/" + index;
    }
}
