package nl.wijkhub.app.wiring;

import java.util.function.BiConsumer;
import nl.wijkhub.app.batch.StageParking;
import nl.wijkhub.app.broker.AcceptedQueue;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.signal.SignalAcceptMany;
import nl.wijkhub.team.DeliveryAttempt;
import nl.wijkhub.team.QueueSweep;

/** Between the stages and the broker stand these: the queue of accepted ids, the sweep, and the parking of what fails. */
public final class BrokerParts {
    public final AcceptedQueue accepted;
    private final SignalAcceptMany acceptMany;
    public final StageParking parking;
    public final QueueSweep sweep;

    public BrokerParts(DomainParts domain, AcceptedQueue accepted) {
        Foundation foundation = domain.foundation();
        Database database = foundation.database();
        SignalParts signal = domain.signal();
        TeamParts team = domain.team();
        this.accepted = accepted;
        acceptMany = new SignalAcceptMany(signal.accept, signal.receipts, accepted::putAll);
        parking = new StageParking(signal.parking, accepted, signal.inHand, database);
        sweep = new QueueSweep(
                signal.signals,
                team.deliveries,
                team.teamQueue,
                new DeliveryAttempt(
                        database,
                        team.queue,
                        domain.sharing().recall,
                        domain.plan().attach,
                        team.teamQueue,
                        foundation.clock()),
                accepted::oldestWaiting,
                accepted::requeue,
                foundation.config().settings().duration("hub.sweep.first-after"),
                foundation.clock());
    }

    void bind(BiConsumer<String, Object> beans) {
        beans.accept("acceptedQueue", accepted);
        beans.accept("signalAcceptMany", acceptMany);
        beans.accept("queueSweep", sweep);
    }
}
