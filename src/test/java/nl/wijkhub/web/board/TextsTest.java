package nl.wijkhub.web.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Path I18N = Path.of("src/main/resources/i18n");
    private static final Pattern NAMED = Pattern.compile("texts(?:\\(\\))?\\.get\\(\"([\\w.-]+)\"[,)]");

    @Test
    void both_languages_say_the_same_things() throws IOException {
        Properties dutch = read("nl");
        Properties english = read("en");

        assertThat(dutch.keySet()).isEqualTo(english.keySet());
        for (String key : dutch.stringPropertyNames()) {
            assertThat(holes(dutch.getProperty(key))).as(key).isEqualTo(holes(english.getProperty(key)));
        }
    }

    @Test
    void whatever_a_page_names_is_there() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path place : Set.of(Path.of("src/main/resources/templates"), Path.of("src/main/java/nl/wijkhub/web"))) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Matcher found = NAMED.matcher(Files.readString(file));
                    while (found.find()) {
                        named.add(found.group(1));
                    }
                }
            }
        }

        assertThat(named).hasSizeGreaterThan(150);
        assertThat(read("nl").stringPropertyNames()).containsAll(named);
    }

    private static Set<String> holes(String text) {
        Set<String> holes = new TreeSet<>();
        Matcher found = Pattern.compile("\\{\\d}").matcher(text);
        while (found.find()) {
            holes.add(found.group());
        }
        return holes;
    }

    private static Properties read(String language) throws IOException {
        Properties texts = new Properties();
        try (var in = Files.newBufferedReader(I18N.resolve("board_" + language + ".properties"))) {
            texts.load(in);
        }
        return texts;
    }
}
