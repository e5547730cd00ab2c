package nl.wijkhub.signal;

import nl.wijkhub.kernel.Coded;

/** How grave a signal is, least first. */
public enum Severity implements Coded {
    LOW,
    ELEVATED,
    HIGH,
    ACUTE;

    public Severity atLeast(Severity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
