package nl.wijkhub.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.household.MatchedSignal;

/**
 * A matched signal with one release per recipient of its place.
 *
 * @param recalled what this signal took back by superseding another: releases that had passed something
 */
public record DecidedSignal(MatchedSignal matched, List<Release> releases, List<Release> recalled) {
    public UUID signalId() {
        return matched.signalId();
    }

    /** The releases in which something passes. */
    public List<Release> released() {
        List<Release> released = new ArrayList<>();
        for (Release release : releases) {
            if (release.decision().releases()) {
                released.add(release);
            }
        }
        return released;
    }

    /** Something passes to somebody. */
    public boolean isReleased() {
        for (Release release : releases) {
            if (release.decision().releases()) {
                return true;
            }
        }
        return false;
    }
}
