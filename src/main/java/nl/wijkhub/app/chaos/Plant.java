package nl.wijkhub.app.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A fault put into a copy of the routes on purpose, to see that the harness turns red. */
public enum Plant {
    /** Deliveries go out before the transaction that wrote them is committed. */
    SEND_BEFORE_COMMIT,
    /** Nobody makes good what a kill left behind. */
    FORGET_SWEEP;

    static Plant of(String name) {
        return Plant.valueOf(name.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    /** Copies the routes and plants the fault in the copy. */
    void into(Path routes, Path copy) throws IOException {
        copy(routes, copy);
        switch (this) {
            case SEND_BEFORE_COMMIT -> {
                Path file = copy.resolve("30-household-match.camel.yaml");
                String text = Files.readString(file);
                String planted = text.replace("        - to: direct:team-queue-send\n", "")
                        .replace(
                                "              - to: direct:team-queue\n",
                                "              - to: direct:team-queue\n              - to: direct:team-queue-send\n");
                if (planted.equals(text)) {
                    throw new IOException("the route does not look as this fault expects");
                }
                Files.writeString(file, planted);
            }
            case FORGET_SWEEP -> Files.delete(copy.resolve("05-sweep.camel.yaml"));
        }
    }

    static void copy(Path routes, Path copy) throws IOException {
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(routes)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
