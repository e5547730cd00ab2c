package nl.wijkhub.subscription;

import java.util.List;
import java.util.UUID;
import nl.wijkhub.escalation.Told;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.subscription.Notification.NotificationKind;

/** Which steps were told to whom: what the notifications say. */
public final class SubscriberTold implements Told {
    private final ToldStore told;

    public SubscriberTold(ToldStore told) {
        this.told = told;
    }

    @Override
    public boolean isTold(String partnerId, UUID escalationId) {
        return told.isTold(NotificationKind.ESCALATION, escalationId, partnerId);
    }

    @Override
    public List<UUID> told(String partnerId, String after, int limit) {
        return told.told(
                NotificationKind.ESCALATION, partnerId, Identifier.parse(after).orElse(null), limit);
    }
}
