package nl.wijkhub.lab.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A fault put into a copy of the routes on purpose, to see that the harness turns red. Each has one step in which a kill
 * brings it out; there the hub can be made to stand ({@link Aim}).
 */
public enum Plant {
    /** Deliveries go out before the transaction that wrote them is committed. */
    SEND_BEFORE_COMMIT,
    /** Nobody makes good what a kill left behind. */
    FORGET_SWEEP,
    /** What was decided for one recipient goes to another as well. */
    SHARE_UNDECIDED;

    private static final String BATCH = "30-household-match.camel.yaml";
    private static final String ACCEPT = "20-signal-accept.camel.yaml";
    private static final String WORK = "              - to: direct:team-queue\n";
    private static final String SEND = "        - to: direct:team-queue-send\n";
    private static final String PUT = "        - bean: {ref: acceptedQueue, method: put}\n";

    /** As it is named on the command line. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How many must stand in the step before a kill is sure to bring the fault out. */
    int standing(int connections) {
        // of those who stand between storing and queueing only the ones that never ask again lose anything
        return this == FORGET_SWEEP ? connections : 1;
    }

    /** Copies the routes and plants the fault in the copy. */
    void into(Path routes, Path copy) throws IOException {
        copy(routes, copy);
        switch (this) {
            case SEND_BEFORE_COMMIT -> {
                replace(copy.resolve(BATCH), SEND, "");
                replace(copy.resolve(BATCH), WORK, WORK + "      " + SEND + "      " + step("stand"));
            }
            case FORGET_SWEEP -> {
                Files.delete(copy.resolve("05-sweep.camel.yaml"));
                replace(copy.resolve(ACCEPT), PUT, step("stand") + PUT);
            }
            case SHARE_UNDECIDED -> replace(copy.resolve(BATCH), SEND, step("shareUndecided") + SEND + step("stand"));
        }
    }

    private static String step(String method) {
        return "        - bean: {beanType: " + PlantedStep.class.getName() + ", method: " + method + "}\n";
    }

    private static void replace(Path file, String text, String planted) throws IOException {
        String route = Files.readString(file);
        if (!route.contains(text)) {
            throw new IOException("the route does not look as this fault expects: " + file.getFileName());
        }
        Files.writeString(file, route.replace(text, planted));
    }

    static void copy(Path routes, Path copy) throws IOException {
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(routes)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Reads the name; an unknown one is the caller's mistake and must not look like a fault that was found. */
    static final class Named implements ITypeConverter<Plant> {
        @Override
        public Plant convert(String name) {
            return Arrays.stream(values())
                    .filter(plant -> plant.code().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + name + "' is none of " + names()));
        }

        private static String names() {
            return Arrays.stream(values()).map(Plant::code).collect(Collectors.joining(", "));
        }
    }
}
