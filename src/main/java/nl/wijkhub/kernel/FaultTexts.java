package nl.wijkhub.kernel;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The sentences of faults: i18n/faults_nl.properties and faults_en.properties, by the key of the fault.
 * A hole is {@code {0}}, and the items of a list stand in it with commas between them, or with what the hole names:
 * {@code {0| of }}. Numbers are written as digits alone, the same in every language; an apostrophe is an apostrophe.
 */
public enum FaultTexts {
    /** What callers of the API are told. */
    DUTCH("nl"),
    ENGLISH("en");

    private static final Pattern HOLE = Pattern.compile("\\{(\\d)(?:\\|([^}]*))?}");

    private final ResourceBundle sentences;

    FaultTexts(String language) {
        this.sentences = ResourceBundle.getBundle(
                "i18n.faults",
                Locale.forLanguageTag(language),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** What is wrong, in a sentence. */
    public String of(Fault fault) {
        return filled(sentences.getString(fault.key()), fault.arguments());
    }

    /** The same on a screen, where a sentence for callers of the API would name a door that a reader does not use. */
    public String onScreen(Fault fault) {
        String key = fault.code() + ".on-screen";
        return sentences.containsKey(key) ? sentences.getString(key) : of(fault);
    }

    private static String filled(String sentence, List<Object> arguments) {
        return HOLE.matcher(sentence)
                .replaceAll(hole -> Matcher.quoteReplacement(written(
                        arguments.get(Integer.parseInt(hole.group(1))), hole.group(2) == null ? ", " : hole.group(2))));
    }

    private static String written(Object argument, String between) {
        return argument instanceof List<?> items
                ? items.stream().map(String::valueOf).collect(Collectors.joining(between))
                : String.valueOf(argument);
    }
}
