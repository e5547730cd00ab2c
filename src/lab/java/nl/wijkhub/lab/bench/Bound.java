package nl.wijkhub.lab.bench;

import java.util.Locale;

/**
 * A bound that the hub is held to, and what was found.
 *
 * @param what in words, with its unit
 * @param isFloor whether the limit is the least that is allowed; otherwise it is the most
 */
record Bound(String what, double found, double limit, boolean isFloor) {
    static Bound least(String what, double found, double limit) {
        return new Bound(what, found, limit, true);
    }

    static Bound most(String what, double found, double limit) {
        return new Bound(what, found, limit, false);
    }

    boolean isMet() {
        return isFloor ? found >= limit : found <= limit;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-44s %8.2f, at %s %.2f: %s",
                what,
                found,
                isFloor ? "least" : "most",
                limit,
                isMet() ? "met" : "NOT MET");
    }
}
