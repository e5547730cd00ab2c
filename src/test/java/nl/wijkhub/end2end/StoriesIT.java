package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays docs/stories against a running hub, on which a day of waiting takes two seconds. */
class StoriesIT {
    private static final Path STORIES = Path.of("docs/stories");
    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(Map.of(
                "hub.properties",
                Map.of(
                        "hub.attention.every=PT1M", "hub.attention.every=PT1S",
                        "hub.attention.unclaimed-after=P5D", "hub.attention.unclaimed-after=PT2S"),
                "teams.yaml",
                Map.of("high: P1D", "high: PT2S")));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    static Stream<Path> stories() throws IOException {
        try (Stream<Path> files = Files.list(STORIES)) {
            return files.filter(file -> !file.endsWith("README.md")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void it_goes_as_it_is_told(Path story) throws Exception {
        List<String> steps = steps(story);
        assertThat(steps).isNotEmpty();
        StoryTeller teller = new StoryTeller(hub, story.getFileName().toString());
        for (String step : steps) {
            teller.tell(step);
        }
        assertThat(hub.log().lines().filter(line -> line.contains("event=")))
                .noneMatch(line -> line.contains("koffie") || line.contains("Fictie"));
    }

    @Test
    void every_sentence_is_told_somewhere() throws Exception {
        Set<String> told = new TreeSet<>();
        for (Path story : stories().toList()) {
            steps(story).forEach(step -> told.add(StoryTeller.sentence(step)));
        }
        assertThat(told).isEqualTo(StoryTeller.sentences());
    }

    private static List<String> steps(Path story) throws IOException {
        return Files.readAllLines(story).stream()
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .toList();
    }
}
