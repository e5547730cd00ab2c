package nl.wijkhub.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An enum of which each value has a code: how it is written in JSON, in config and in the database. */
public interface Coded {
    /** The name in Java, e.g. {@code PICKED_UP}. */
    String name();

    /** The name in kebab-case, e.g. {@code picked-up}. */
    default String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The value with this code; empty when there is none. */
    static <E extends Enum<E> & Coded> Optional<E> of(Class<E> type, String code) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.code().equals(code))
                .findFirst();
    }
}
