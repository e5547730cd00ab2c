package nl.wijkhub.team;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.plan.PlanAttach;
import nl.wijkhub.sharing.ReleaseRecall;

/**
 * Before a message is sent once more: whether it may still go is decided anew, because time has passed since it was
 * released. What may not is recalled, like anything else that does not stand any more.
 */
public final class DeliveryAttempt {
    private final Database database;
    private final QueueStore items;
    private final ReleaseRecall recall;
    private final PlanAttach plans;
    private final TeamQueue queue;
    private final Clock clock;

    public DeliveryAttempt(
            Database database, QueueStore items, ReleaseRecall recall, PlanAttach plans, TeamQueue queue, Clock clock) {
        this.database = database;
        this.items = items;
        this.recall = recall;
        this.plans = plans;
        this.queue = queue;
        this.clock = clock;
    }

    /** In: what was not sent. Out: what may go, and the recalls of what may not. */
    List<Delivery> permitted(List<Delivery> unsent) {
        List<UUID> assigned = unsent.stream()
                .filter(delivery -> delivery.recallsId() == null)
                .map(Delivery::itemId)
                .toList();
        if (assigned.isEmpty()) {
            return unsent;
        }
        return database.inTransaction(() -> {
            Map<UUID, UUID> releaseOf =
                    items.byIds(assigned).stream().collect(Collectors.toMap(QueueItem::id, QueueItem::releaseId));
            ReleaseRecall.Attempt anew = recall.beforeAttempt(releaseOf.values(), clock.instant());
            plans.takeBack(anew.recalled());
            List<Delivery> may = new ArrayList<>(unsent.stream()
                    .filter(delivery ->
                            delivery.recallsId() != null || anew.permitted().contains(releaseOf.get(delivery.itemId())))
                    .toList());
            may.addAll(queue.recall(anew.recalled()));
            return may;
        });
    }
}
