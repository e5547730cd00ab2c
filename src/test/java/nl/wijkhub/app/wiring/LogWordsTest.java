package nl.wijkhub.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LogWordsTest {
    private static final String SAID = "Fake Bewoner 999990342";
    private final LogWords words = new LogWords();

    @Test
    void of_a_failure_kinds_and_places_are_told_and_no_words() {
        String line = said("nl.wijkhub.app.Fake", "event=fake.failed", failure());

        assertThat(line)
                .startsWith("event=fake.failed cause=java.lang.IllegalStateException@LogWordsTest.java:")
                .contains(" cause=java.lang.NumberFormatException@")
                .doesNotContain("Bewoner", "999990342");
    }

    @Test
    void what_a_library_says_before_a_failure_is_not_told_either() {
        String line = said("org.fake.Library", "Failed on " + SAID, failure());

        assertThat(line).startsWith("event=library.failed cause=").doesNotContain("Bewoner", "999990342");
    }

    @Test
    void without_a_failure_a_line_says_what_it_says() {
        assertThat(said("org.fake.Library", "pool is full", null)).isEqualTo("pool is full");
    }

    @Test
    void the_shipped_log_is_written_by_it_and_by_nothing_that_repeats_an_exception() throws Exception {
        String shipped = Files.readString(Path.of("src/main/resources/logback.xml"));

        assertThat(shipped).contains("class=\"" + LogWords.class.getName() + "\"", "%said%n%nopex");
        assertThat(shipped).doesNotContain("%msg", "%message", "%ex", "%throwable", "%xEx");
    }

    private String said(String logger, String message, Throwable failure) {
        LoggerContext context = new LoggerContext();
        return words.convert(new LoggingEvent(
                LogWordsTest.class.getName(), context.getLogger(logger), Level.ERROR, message, failure, null));
    }

    private static Throwable failure() {
        return new IllegalStateException(SAID, new NumberFormatException("For input string: \"" + SAID + '"'));
    }
}
