package nl.wijkhub.sharing;

import java.util.Arrays;
import java.util.Optional;

/** How much of a signal passes, least first. */
public enum Disclosure {
    /** Nothing, not even that there is something. */
    NONE,
    /** Something is up; call this contact. */
    NOTICE,
    /** Coded facts. */
    SUMMARY,
    /** With the narrative. */
    FULL;

    public static Optional<Disclosure> of(String text) {
        return Arrays.stream(values()).filter(d -> d.name().equals(text)).findFirst();
    }
}
