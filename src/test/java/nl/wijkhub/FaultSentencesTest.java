package nl.wijkhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every fault that Java makes has its sentence in both languages, and nothing else stands there. */
class FaultSentencesTest {
    private static final Pattern HOLE = Pattern.compile("\\{(\\d)[|}]");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

    /** Calls that get their key from a method of the same package; its keys are among {@link #words}, without arguments. */
    private static final Set<String> INDIRECT = Set.of("SignalSchema.java keyOf(keyword)", "WishPolicy.java key");

    private static FaultSource source;
    private static Set<String> words;

    @BeforeAll
    static void read() throws IOException {
        List<Path> files = new ArrayList<>();
        words = new TreeSet<>();
        try (Stream<Path> found = Files.walk(Path.of("src/main/java/nl/wijkhub"))) {
            for (Path file :
                    found.filter(path -> path.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                TEXT.matcher(text).results().map(match -> match.group(1)).forEach(words::add);
                files.add(file);
            }
        }
        source = FaultSource.of(files);
    }

    @Test
    void both_languages_have_the_same_sentences_with_the_same_holes() throws IOException {
        Properties dutch = sentences("nl");
        Properties english = sentences("en");

        assertThat(english.stringPropertyNames()).isEqualTo(dutch.stringPropertyNames());
        for (String key : dutch.stringPropertyNames()) {
            assertThat(holes(english.getProperty(key))).as(key).isEqualTo(holes(dutch.getProperty(key)));
        }
    }

    @Test
    void every_fault_has_a_sentence_with_a_hole_for_each_of_its_arguments() throws IOException {
        Properties dutch = sentences("nl");

        assertThat(source.made).hasSizeGreaterThan(300);
        for (FaultSource.Made made : source.made) {
            assertThat(dutch.stringPropertyNames()).as(made.place()).contains(made.key());
            assertThat(holes(dutch.getProperty(made.key()))).as(made.toString()).hasSize(made.arguments());
        }
        assertThat(source.indirect).isEqualTo(INDIRECT);
    }

    @Test
    void every_sentence_is_used() throws IOException {
        Set<String> used = source.made.stream().map(FaultSource.Made::key).collect(Collectors.toSet());
        Properties dutch = sentences("nl");
        for (String key : dutch.stringPropertyNames()) {
            if (key.endsWith(".on-screen")) {
                assertThat(used).contains(key.replace(".on-screen", ""));
            } else if (!used.contains(key)) {
                assertThat(words).contains(key);
                assertThat(holes(dutch.getProperty(key))).as(key).isEmpty();
            }
        }
    }

    private static Set<String> holes(String sentence) {
        return HOLE.matcher(sentence)
                .results()
                .map(hole -> hole.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties sentences(String language) throws IOException {
        Properties sentences = new Properties();
        try (var in = Files.newBufferedReader(Path.of("src/main/resources/i18n/faults_" + language + ".properties"))) {
            sentences.load(in);
        }
        return sentences;
    }
}
