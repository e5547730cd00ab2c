package nl.wijkhub.signal;

import java.util.UUID;

/**
 * What a sender gets for a signal.
 *
 * @param duplicate the same message was here before
 * @param worked the stages are through; nothing has to be queued any more
 * @param group signals of one group are worked in order
 * @param code by which anybody finds how far it is; null for a signal about a household
 */
public record Receipt(UUID signalId, boolean duplicate, boolean worked, String group, String code) {
    public Receipt(UUID signalId, boolean duplicate, boolean worked, String group) {
        this(signalId, duplicate, worked, group, null);
    }

    /** The same for whoever may not have the code. */
    public Receipt withoutCode() {
        return withCode(null);
    }

    Receipt withCode(String given) {
        return new Receipt(signalId, duplicate, worked, group, given);
    }
}
