package nl.wijkhub.app.wiring;

import java.time.Clock;
import java.util.function.BiConsumer;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.sharing.DecisionContext;
import nl.wijkhub.sharing.FeedbackSharing;
import nl.wijkhub.team.DeliverySender;
import nl.wijkhub.team.DeliveryStore;
import nl.wijkhub.team.FeedbackStore;
import nl.wijkhub.team.QueueStore;
import nl.wijkhub.team.QueueWorkStore;
import nl.wijkhub.team.ReceiptLook;
import nl.wijkhub.team.SenderFeedback;
import nl.wijkhub.team.TeamEvent;
import nl.wijkhub.team.TeamQueue;

/** Stage 70: the queues of the teams, what is delivered on them, and what senders hear. */
public final class TeamParts {
    public final QueueStore queue;
    public final DeliveryStore deliveries;
    public final TeamQueue teamQueue;
    public final QueueWorkStore itemsInHand;
    public final SenderFeedback feedback;
    public final ReceiptLook receipts;

    public TeamParts(
            Foundation foundation, AuditParts audit, SignalParts signal, SharingParts shared, DeliverySender sender) {
        Database database = foundation.database();
        Vault vault = foundation.vault();
        Clock clock = foundation.clock();
        HubConfig config = foundation.config();
        DecisionContext context = shared.context;
        queue = new QueueStore(database);
        deliveries = new DeliveryStore(database);
        teamQueue = new TeamQueue(
                config.teams(),
                queue,
                deliveries,
                context.signals(),
                sender,
                new TeamEvent(config.settings().text("hub.oin"), vault),
                audit.timeline,
                clock);
        itemsInHand = new QueueWorkStore(database, vault);
        feedback = new SenderFeedback(
                new FeedbackStore(database),
                new FeedbackSharing(context.inForce(), context.releases(), context.trail(), clock),
                config.partners(),
                clock);
        receipts = new ReceiptLook(database, signal.receipts, signal.signals, feedback, config.neighbourhoods());
    }

    void bind(BiConsumer<String, Object> beans) {
        beans.accept("teamQueue", teamQueue);
    }
}
