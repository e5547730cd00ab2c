package nl.wijkhub.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkhub.kernel.Vault;

/** The config folder of an organisation of its own: the shipped one, changed as docker/README.md tells it to be. */
final class OwnConfig {
    private static final Path SHIPPED = Path.of("config");
    private static final Path TOLD = Path.of("docker/README.md");

    private OwnConfig() {}

    /** @param instead settings that stand otherwise again, such as a port */
    static void make(Path folder, Map<String, String> instead) throws IOException {
        for (Path file : files(SHIPPED)) {
            Path own = folder.resolve(file);
            Files.createDirectories(own.getParent());
            String text = Files.readString(SHIPPED.resolve(file));
            Files.writeString(
                    own,
                    file.equals(Path.of("hub.properties"))
                            ? settings(text, instead)
                            : text.replace("-demo", "-voorbeeld"));
        }
        Vault.createKeys(folder.resolve("secrets"));
    }

    /** What the shipped folder holds, by its path below it; a demo's own secrets are none of it. */
    static Set<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .filter(file -> !folder.equals(SHIPPED) || !file.startsWith("secrets"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String settings(String shipped, Map<String, String> instead) throws IOException {
        Map<String, String> changed = new HashMap<>();
        Pattern.compile("^ *(hub\\.[a-z.-]+)=(.+)$", Pattern.MULTILINE)
                .matcher(Files.readString(TOLD))
                .results()
                .forEach(line -> changed.put(line.group(1), line.group(2)));
        changed.putAll(instead);
        String text = shipped;
        for (Map.Entry<String, String> change : changed.entrySet()) {
            Pattern line = Pattern.compile("^" + Pattern.quote(change.getKey()) + "=.*$", Pattern.MULTILINE);
            if (!line.matcher(text).find()) {
                throw new IllegalStateException("hub.properties has no " + change.getKey());
            }
            text = line.matcher(text).replaceAll(Matcher.quoteReplacement(change.getKey() + "=" + change.getValue()));
        }
        return text;
    }

    /** The environment variables that this folder asks for. */
    static Set<String> variables(Path folder) throws IOException {
        return Pattern.compile("^hub\\..*$", Pattern.MULTILINE)
                .matcher(Files.readString(folder.resolve("hub.properties")))
                .results()
                .flatMap(line -> Pattern.compile("\\$\\{([A-Z_]+)}")
                        .matcher(line.group())
                        .results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
