package nl.wijkhub.escalation;

import java.util.List;
import java.util.UUID;

/** Which steps were told to which partner outside. A port: who keeps subscriptions knows. */
public interface Told {
    /** Where nobody outside is told anything. */
    Told NOBODY = new Told() {
        @Override
        public boolean isTold(String partnerId, UUID escalationId) {
            return false;
        }

        @Override
        public List<UUID> told(String partnerId, String after, int limit) {
            return List.of();
        }
    };

    boolean isTold(String partnerId, UUID escalationId);

    /**
     * What a partner was told of, in the order it was told.
     *
     * @param after id of the step that ended the page before; null for the first page
     */
    List<UUID> told(String partnerId, String after, int limit);
}
