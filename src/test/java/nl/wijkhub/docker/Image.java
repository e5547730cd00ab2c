package nl.wijkhub.docker;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nl.wijkhub.kernel.Json;

/** What docker/Dockerfile puts in the hub's image beside the program, and how it starts it. */
final class Image {
    static final Path FILE = Path.of("docker/Dockerfile");

    private final List<String> lines;

    Image() throws IOException {
        List<String> all = Files.readString(FILE).replace("\\\n", " ").lines().toList();
        int last = 0;
        for (int i = 0; i < all.size(); i++) {
            last = all.get(i).startsWith("FROM ") ? i : last;
        }
        this.lines = all.subList(last, all.size());
    }

    Path workingFolder() {
        return Path.of(argument("WORKDIR"));
    }

    /** The command line of the container, java first. */
    List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        for (String part : List.of("ENTRYPOINT", "CMD")) {
            command.addAll(Json.MAPPER.readValue(argument(part), new TypeReference<List<String>>() {}));
        }
        return command;
    }

    /** Writes what comes from the sources, below {@code root}; what the build makes is left out. */
    void copyTo(Path root) throws IOException {
        for (String[] copy : copies()) {
            Path to = root.resolve(workingFolder()
                    .resolve(copy[copy.length - 1])
                    .normalize()
                    .toString()
                    .substring(1));
            for (int i = 0; i < copy.length - 1; i++) {
                copy(copy[i], to, copy[copy.length - 1].endsWith("/"));
            }
        }
    }

    /** Each line's arguments: sources, then where they go. */
    List<String[]> copies() {
        return lines.stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                .map(line -> line.substring("COPY ".length()).strip().split("\\s+"))
                .toList();
    }

    private static void copy(String source, Path to, boolean into) throws IOException {
        PathMatcher named = FileSystems.getDefault().getPathMatcher("glob:" + source);
        Path parent = Path.of(source).getParent();
        int copied = 0;
        try (Stream<Path> beside = Files.list(parent == null ? Path.of("") : parent)) {
            for (Path from : beside.filter(named::matches).toList()) {
                copied++;
                if (Files.isDirectory(from)) {
                    for (Path file : OwnConfig.files(from)) {
                        write(from.resolve(file), to.resolve(file));
                    }
                } else {
                    write(from, into ? to.resolve(from.getFileName()) : to);
                }
            }
        }
        if (copied == 0) {
            throw new IllegalStateException("there is no " + source);
        }
    }

    private static void write(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    private String argument(String instruction) {
        return lines.stream()
                .filter(line -> line.strip().startsWith(instruction + " "))
                .map(line -> line.strip().substring(instruction.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + instruction));
    }
}
