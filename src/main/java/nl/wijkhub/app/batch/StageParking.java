package nl.wijkhub.app.batch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.wijkhub.app.broker.AcceptedQueue;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.signal.InHandStore;
import nl.wijkhub.signal.SignalParking;

/** What the batch component asks when work fails: counts in PostgreSQL, shows the parked under {@code dead.}. */
public final class StageParking implements Parking {
    private final SignalParking parking;
    private final AcceptedQueue queue;
    private final InHandStore inHand;
    private final Database database;

    public StageParking(SignalParking parking, AcceptedQueue queue, InHandStore inHand, Database database) {
        this.parking = parking;
        this.queue = queue;
        this.inHand = inHand;
        this.database = database;
    }

    @Override
    public boolean takeTogether(List<String> ids) {
        return inHand.takeTogether(AcceptedQueue.ADDRESS, ids);
    }

    @Override
    public boolean takeAlone(String id) {
        if (inHand.take(AcceptedQueue.ADDRESS, id) <= InHandStore.MOST_TIMES) {
            return true;
        }
        parking.diedInHand(id);
        if (parking.isParked(id)) {
            queue.bury(id);
        }
        return false;
    }

    @Override
    public void release(List<String> ids) {
        if (!ids.isEmpty()) {
            inHand.release(AcceptedQueue.ADDRESS, ids);
        }
    }

    @Override
    public Optional<Duration> failed(String id, Throwable cause) {
        Optional<Duration> pause = parking.failed(id, cause);
        if (pause.isEmpty() && parking.isParked(id)) {
            queue.bury(id);
        }
        return pause;
    }

    @Override
    public void probe() {
        database.probe();
        queue.depth();
    }
}
