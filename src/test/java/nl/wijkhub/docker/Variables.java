package nl.wijkhub.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A file of lines like {@code NAME=value}, and its example, where every value is still to be given. */
final class Variables {
    private Variables() {}

    static Map<String, String> of(Path file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("=", 2);
                values.put(parts[0], parts[1]);
            }
        }
        return values;
    }

    /** Writes the file that its example asks for. */
    static void fillIn(Path example, Path file, UnaryOperator<String> value) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String name : of(example).keySet()) {
            text.append(name).append('=').append(value.apply(name)).append('\n');
        }
        Files.writeString(file, text);
    }
}
