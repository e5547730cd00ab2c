package nl.wijkhub.kernel;

/**
 * One thing wrong with a message.
 *
 * @param pointer RFC 6901 JSON pointer into the message as sent; empty for the whole
 * @param code stable kebab-case code, e.g. {@code date-in-future}
 * @param detail what is expected, in Dutch; never repeats a value that was sent
 */
public record Fault(String pointer, String code, String detail) {

    /** A pointer one step deeper, with the escapes of RFC 6901. */
    public static String at(String parent, String key) {
        return parent + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    public static String at(String parent, int index) {
        return parent + "/" + index;
    }
}
