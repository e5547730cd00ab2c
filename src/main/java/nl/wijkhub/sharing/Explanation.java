package nl.wijkhub.sharing;

import java.util.List;
import java.util.UUID;

/**
 * Why something was shared or withheld: all of a decision, for the privacy officer.
 *
 * @param recalled why it was recalled; null while it stands
 * @param textNl the same as a sentence
 */
public record Explanation(Release release, String recalled, String textNl) {
    public Decision decision() {
        return release.decision();
    }

    /** To its recipient: the same shape whether or not there was more. */
    public record Received(UUID releaseId, Disclosure disclosure, String ground, List<String> fields, String textNl) {}
}
