package nl.wijkhub.signal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How grave a signal is, least first. */
public enum Severity {
    LOW,
    ELEVATED,
    HIGH,
    ACUTE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Severity> of(String code) {
        return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
    }

    public Severity atLeast(Severity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
