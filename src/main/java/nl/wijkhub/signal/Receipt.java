package nl.wijkhub.signal;

import java.util.Set;
import java.util.UUID;

/**
 * What a sender gets for a signal.
 *
 * @param duplicate the same message was here before
 * @param worked the stages are through; nothing has to be queued any more
 * @param group signals of one group are worked in order
 * @param code by which anybody finds how far it is; null for a signal about a household
 * @param unknown organisations that its consents name and that are no partners, as {@link OrganisationNumber#word}: what is
 *     said of them is kept and opens nothing
 */
public record Receipt(
        UUID signalId, boolean duplicate, boolean worked, String group, String code, Set<String> unknown) {
    public Receipt(UUID signalId, boolean duplicate, boolean worked, String group) {
        this(signalId, duplicate, worked, group, null, Set.of());
    }

    /** The same for whoever may not have the code. */
    public Receipt withoutCode() {
        return withCode(null);
    }

    Receipt withCode(String given) {
        return new Receipt(signalId, duplicate, worked, group, given, unknown);
    }
}
