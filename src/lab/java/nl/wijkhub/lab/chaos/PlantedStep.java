package nl.wijkhub.lab.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkhub.team.Delivery;

/** What a planted fault puts into a copy of the routes; no route of the house names it. */
public final class PlantedStep {
    private static final String DECIDED = ".municipality";
    private static final String UNDECIDED = ".care";

    /** Stands here until the kill, when one is aimed at this step; else goes on at once. */
    public void stand() throws IOException, InterruptedException {
        String folder = System.getProperty(Aim.PROPERTY);
        if (folder != null) {
            new Aim(Path.of(folder)).stand();
        }
    }

    /** What was decided for the municipality's seat goes to care as well, for whom nothing was decided. */
    public List<Delivery> shareUndecided(List<Delivery> outgoing) {
        return Stream.concat(
                        outgoing.stream(),
                        outgoing.stream()
                                .filter(delivery -> delivery.address().endsWith(DECIDED))
                                .map(PlantedStep::toCare))
                .toList();
    }

    private static Delivery toCare(Delivery delivery) {
        String team = delivery.address().substring(0, delivery.address().length() - DECIDED.length());
        return new Delivery(UUID.randomUUID(), team + UNDECIDED, delivery.itemId(), delivery.event(), null);
    }
}
