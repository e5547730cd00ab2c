package nl.wijkhub.lab.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder through which the fault harness and the hub under test agree on a kill: while it is armed, whoever comes to the
 * planted step leaves a mark and stands there, and the harness kills the hub once it sees the mark.
 */
final class Aim {
    /** The folder, told to the hub's process. */
    static final String PROPERTY = "wijkhub.chaos.aim";

    // longer than the harness waits; a hub that nobody kills must go on
    private static final Duration STANDING = Duration.ofSeconds(60);
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration OTHERS = Duration.ofSeconds(10);

    private final Path folder;

    Aim(Path folder) {
        this.folder = folder;
    }

    /** From now on the planted step holds whoever comes there. */
    void arm() throws IOException {
        Files.createDirectories(marks());
        Files.writeString(armed(), "");
    }

    /** Lets go of whoever stands there. */
    void disarm() throws IOException {
        Files.deleteIfExists(armed());
        for (Path mark : standing()) {
            Files.deleteIfExists(mark);
        }
    }

    /**
     * Waits until somebody stands in the step, and a little longer for the others.
     *
     * @param wanted how many there should be
     * @return false when nobody came
     */
    boolean awaitStanding(int wanted) throws IOException, InterruptedException {
        return Until.holds(FIRST, () -> !standing().isEmpty())
                && (Until.holds(OTHERS, () -> standing().size() >= wanted)
                        || !standing().isEmpty());
    }

    /** In the hub: stands in the step while it is armed, until the kill. */
    void stand() throws IOException, InterruptedException {
        if (!Files.exists(armed())) {
            return;
        }
        Path mark = Files.createFile(marks().resolve(UUID.randomUUID().toString()));
        try {
            Until.holds(STANDING, () -> !Files.exists(armed()));
        } finally {
            Files.deleteIfExists(mark);
        }
    }

    private List<Path> standing() throws IOException {
        try (Stream<Path> all = Files.list(marks())) {
            return all.toList();
        }
    }

    private Path armed() {
        return folder.resolve("armed");
    }

    private Path marks() {
        return folder.resolve("standing");
    }
}
