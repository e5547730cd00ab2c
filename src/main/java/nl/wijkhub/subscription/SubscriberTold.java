package nl.wijkhub.subscription;

import java.util.List;
import java.util.UUID;
import nl.wijkhub.escalation.Told;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.subscription.Notification.Kind;

/** Which steps were told to whom: what the notifications say. */
public final class SubscriberTold implements Told {
    private final NotificationStore notifications;

    public SubscriberTold(NotificationStore notifications) {
        this.notifications = notifications;
    }

    @Override
    public boolean isTold(String partnerId, UUID escalationId) {
        return notifications.isTold(Kind.ESCALATION, escalationId, partnerId);
    }

    @Override
    public List<UUID> told(String partnerId, String after, int limit) {
        return notifications.told(
                Kind.ESCALATION, partnerId, Identifier.parse(after).orElse(null), limit);
    }
}
