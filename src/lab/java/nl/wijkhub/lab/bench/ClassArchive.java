package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The classes of a hub that worked, as Java can map them into memory at the next start (application class data sharing). It
 * holds for the class path it was made with; Java leaves aside what does not fit.
 */
final class ClassArchive {
    /** Enough to have walked every way that a signal takes. */
    private static final int SIGNALS = 200;

    private final Path file;

    ClassArchive(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** Makes it from a hub in this folder that takes signals and then ends; nobody ever finds half of it. */
    void make(Path folder, BenchTown town, Path config, Path routes) throws IOException, InterruptedException {
        Path made = Files.createDirectories(folder).resolve("classes.jsa").toAbsolutePath();
        // what cannot be archived would be told class by class
        List<String> options = List.of("-XX:ArchiveClassesAtExit=" + made, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        try (HubChild hub = new HubChild(folder, town, config, routes, options)) {
            hub.start();
            try (Measurement measurement = new Measurement(hub)) {
                measurement.saturate(SIGNALS, 0);
            }
        }
        Files.createDirectories(file.getParent());
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.move(made, beside, StandardCopyOption.REPLACE_EXISTING);
        // Java does not survive one that was cut short: the script asks for this size
        Files.writeString(file.resolveSibling(file.getFileName() + ".size"), Files.size(beside) + "\n");
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** As the script {@code wijkhub} starts the hub with it. */
    List<String> jvmOptions() {
        return List.of(
                "-XX:SharedArchiveFile=" + file,
                "-Xshare:auto",
                "-XX:+VerifySharedSpaces",
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off");
    }
}
