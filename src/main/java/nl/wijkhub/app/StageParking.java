package nl.wijkhub.app;

import java.time.Duration;
import java.util.Optional;
import nl.wijkhub.app.batch.Parking;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.signal.SignalParking;

/** What the batch component asks when work fails: counts in PostgreSQL, shows the parked under {@code dead.}. */
final class StageParking implements Parking {
    private final SignalParking parking;
    private final AcceptedQueue queue;
    private final DatabaseStore database;

    StageParking(SignalParking parking, AcceptedQueue queue, DatabaseStore database) {
        this.parking = parking;
        this.queue = queue;
        this.database = database;
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
