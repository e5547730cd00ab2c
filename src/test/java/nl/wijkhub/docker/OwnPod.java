package nl.wijkhub.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The folder docker/kubernetes with what an organisation puts beside its files, as docker/README.md tells it to. */
final class OwnPod {
    private static final Path SHIPPED = Path.of("docker/kubernetes");

    private OwnPod() {}

    /**
     * @param instead settings that stand otherwise again, such as a port
     * @param value of a variable that an example asks for
     */
    static void make(Path folder, Map<String, String> instead, UnaryOperator<String> value) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> shipped = Files.list(SHIPPED)) {
            for (Path file : shipped.filter(one -> one.toString().matches(".*\\.(yaml|example)"))
                    .toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        OwnConfig.make(folder.resolve("config"), instead);
        for (String name : new String[] {"environment", "passwords"}) {
            Variables.fillIn(folder.resolve(name + ".example"), folder.resolve(name), value);
        }
    }
}
