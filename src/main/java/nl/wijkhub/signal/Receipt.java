package nl.wijkhub.signal;

import java.util.UUID;

/**
 * What a sender gets for a signal.
 *
 * @param duplicate the same message was here before
 * @param worked the stages are through; nothing has to be queued any more
 * @param group signals of one group are worked in order
 */
public record Receipt(UUID signalId, boolean duplicate, boolean worked, String group) {}
