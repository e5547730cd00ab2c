package nl.wijkhub.signal;

import java.util.Arrays;
import java.util.Optional;

/** What kind of data something is (docs/sharing.md). A category carries the first six; the others belong to fields. */
public enum DataClass {
    /** Nuisance fact at an address. */
    N,
    /** Arrears. */
    F,
    /** Police or criminal. */
    P,
    /** Health, addiction, mental health. */
    H,
    /** Known in care or support. */
    C,
    /** Child safety. */
    K,
    /** Identity and contact of a person. */
    I,
    /** Identity of the reporter. */
    M,
    /** Scores on life domains. */
    Z,
    /** Safety advice for a worker. */
    S,
    /** Plan tasks. */
    T,
    /** A count over an area. */
    A;

    public static Optional<DataClass> of(String text) {
        return Arrays.stream(values()).filter(c -> c.name().equals(text)).findFirst();
    }
}
