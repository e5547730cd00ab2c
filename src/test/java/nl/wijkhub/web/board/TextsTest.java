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

    private static final Pattern FAULT =
            Pattern.compile("\"([a-z]+(?:-[a-z]+)*)\",\\s*(?:[a-zA-Z().= ?\\n]*)?\"[A-ZÉ][a-zé ]");

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

    /** What a form can be refused for stands in the code in Dutch, after its code. */
    @Test
    void every_fault_of_a_form_has_english_words() throws IOException {
        Path main = Path.of("src/main/java/nl/wijkhub");
        Set<String> codes = new TreeSet<>();
        for (String place : Set.of(
                "plan", "team", "casework", "escalation", "sharing/Objections.java", "sharing/Consultations.java")) {
            addFaults(main.resolve(place), codes);
        }
        for (String name : Set.of(
                "http/PlanReading",
                "board/FormReading",
                "board/PrivacyPage",
                "board/AreaPage",
                "board/ToAnswerPage",
                "board/QueueForms")) {
            addFaults(main.resolve("web/" + name + ".java"), codes);
        }
        Properties english = new Properties();
        try (var in = Files.newBufferedReader(I18N.resolve("faults_en.properties"))) {
            english.load(in);
        }

        assertThat(codes).hasSizeGreaterThan(40).contains("agreement-open", "too-short", "load-limit");
        assertThat(english.stringPropertyNames()).containsAll(codes);
    }

    private static void addFaults(Path place, Set<String> codes) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher found = FAULT.matcher(Files.readString(file));
                while (found.find()) {
                    codes.add(found.group(1));
                }
            }
        }
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
