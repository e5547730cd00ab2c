package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Makes it from a hub in this folder that takes signals and then ends. */
    void make(Path folder, BenchTown town, Path config, Path routes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        // what cannot be archived would be told class by class
        List<String> options = List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        try (HubChild hub = new HubChild(folder, town, config, routes, options)) {
            hub.start();
            try (Measurement measurement = new Measurement(hub)) {
                measurement.saturate(SIGNALS, 0);
            }
        }
    }

    /** A hub starts with it by these. */
    List<String> jvmOptions() {
        return List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }
}
