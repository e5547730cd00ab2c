package nl.wijkhub.web.board;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;

/**
 * What is wrong with a form, in the language of whoever filled it in: i18n/faults has the words. Faults are told in Dutch by
 * themselves; in Dutch it holds only those that name a door of the API.
 */
public final class FaultWords {
    /**
     * @param where the field, as its form calls it; empty for the whole
     * @param language of the words
     */
    public record FaultText(String where, String what, String language) {}

    private static final Pattern NUMBER = Pattern.compile("(?<![\\d-])\\d+(?![\\d-])");

    private FaultWords() {}

    static List<FaultText> of(Rejected refused, Texts texts) {
        if (refused.faults().isEmpty()) {
            String why = refused.problem() == Problem.STALE_VERSION ? "refused.stale" : "refused.why";
            return List.of(new FaultText("", texts.get(why), texts.language()));
        }
        return refused.faults().stream().map(fault -> told(fault, texts)).toList();
    }

    private static FaultText told(Fault fault, Texts texts) {
        String where = where(fault.pointer(), texts);
        ResourceBundle words = ResourceBundle.getBundle(
                "i18n.faults",
                Locale.forLanguageTag(texts.language()),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        Object[] numbers =
                NUMBER.matcher(fault.detail()).results().map(MatchResult::group).toArray();
        // the same bounds as the Dutch words have, where those have as many
        String bounds = fault.code() + ".bounds";
        boolean hasBounds = words.containsKey(bounds)
                && new MessageFormat(words.getString(bounds)).getFormatsByArgumentIndex().length == numbers.length;
        String key = hasBounds ? bounds : fault.code();
        return words.containsKey(key)
                ? new FaultText(where, new MessageFormat(words.getString(key)).format(numbers), texts.language())
                : new FaultText(where, fault.detail(), "nl");
    }

    /** The last step of the pointer that has a name on a form: of {@code /scores/financien} that is the life domain. */
    private static String where(String pointer, Texts texts) {
        String[] steps = pointer.split("/");
        for (int i = steps.length - 1; i > 0; i--) {
            String key = "form." + steps[i];
            if (texts.has(key)) {
                return texts.get(key);
            }
        }
        return steps.length < 2 ? "" : texts.code("domain", steps[steps.length - 1]);
    }
}
