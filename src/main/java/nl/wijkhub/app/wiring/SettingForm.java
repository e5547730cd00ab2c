package nl.wijkhub.app.wiring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Predicate;
import nl.wijkhub.subscription.SinkPolicy;

/** What the value of a setting looks like. */
enum SettingForm {
    TEXT(text -> true, "must be text", "text"),
    NUMBER(text -> text.matches("[0-9]{1,9}"), "must be a whole number", "1"),
    DURATION(SettingForm::isDuration, "must be an ISO 8601 duration like PT10S", "PT1S"),
    SWITCH(text -> text.equals("on") || text.equals("off"), "must be on or off", "off"),
    FOLDER(text -> Files.isDirectory(Path.of(text)), "is no folder", "."),
    URL_OR_NONE(text -> text.equals("none") || text.matches("https?://\\S+"), "must be a URL, or none", "none"),
    AMQP_URL(
            text -> text.matches("amqps?://[^\\s/:@]+(:[0-9]{1,5})?"),
            "must be like amqp://broker.example:5672, or amqps",
            "amqp://localhost"),
    BLOCKS_OR_NONE(
            text -> ranges(text).stream().allMatch(SinkPolicy::isRange),
            "must be blocks like 10.20.0.0/16, or none",
            "none");

    private final Predicate<String> fits;
    private final String reason;
    private final String standIn;

    SettingForm(Predicate<String> fits, String reason, String standIn) {
        this.fits = fits;
        this.reason = reason;
        this.standIn = standIn;
    }

    boolean fits(String text) {
        return fits.test(text);
    }

    /** What is wrong with a value that does not fit, to stand after the name of its key. */
    String reason() {
        return reason;
    }

    /** A value of this form, so that the rest can be read where the right one is wrong or not known. */
    String standIn() {
        return standIn;
    }

    static List<String> ranges(String text) {
        return text.equals("none") ? List.of() : List.of(text.split("\\s*,\\s*"));
    }

    private static boolean isDuration(String text) {
        try {
            return !Duration.parse(text).isNegative();
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
