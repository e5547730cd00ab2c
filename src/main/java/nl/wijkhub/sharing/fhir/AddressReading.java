package nl.wijkhub.sharing.fhir;

import static nl.wijkhub.kernel.Fault.at;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.Checks;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.StringType;

/**
 * FHIR R4 Address → the address of a household: from the extensions of nl-core where they stand, else from the line.
 * A line that could be read two ways is refused, not guessed: a wrong house number is another household.
 */
final class AddressReading {
    private static final String PART = "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-";
    private static final Pattern NUMBER =
            Pattern.compile("([0-9]{1,5})[-/]?([A-Za-z0-9]{0,6}(?:[-/][A-Za-z0-9]{1,6})?)");
    private static final Pattern SUFFIX = Pattern.compile("[A-Za-z0-9-]{1,4}");
    private static final Pattern POST_BOX = Pattern.compile("(?i)\\bpostbus\\b");
    private static final Pattern ORDINAL = Pattern.compile("[0-9]+(e|de|ste)");
    private static final Pattern LETTER = Pattern.compile("([A-Z])([0-9].*)?");

    private final Checks checks;

    AddressReading(Checks checks) {
        this.checks = checks;
    }

    Address read(String here, org.hl7.fhir.r4.model.Address sent) {
        String postalCode = Address.normalPostalCode(sent.getPostalCode()); // postalCode 1..1
        if (!sent.hasPostalCode()) {
            checks.fault(here + "/postalCode", "missing.postal-code");
        } else if (postalCode == null) {
            checks.fault(here + "/postalCode", "no-such-postal-code");
        }
        for (int i = 0; i < sent.getLine().size(); i++) {
            StringType line = sent.getLine().get(i);
            List<String> numbers = parts(line, "houseNumber"); // line.extension[houseNumber] → houseNumber 0..1
            List<String> suffixes = parts(line, "buildingNumberSuffix"); // → houseLetter, addition 0..1
            String place = at(here + "/line", i);
            if (numbers.size() > 1 || suffixes.size() > 1) {
                checks.fault(place, "ambiguous-house-number.at-most-one");
                return null;
            }
            if (!parts(line, "additionalLocator").isEmpty()) {
                checks.fault(place, "beside-a-number");
                return null;
            }
            if (!numbers.isEmpty()) {
                String suffix = suffixes.isEmpty() ? "" : suffixes.get(0);
                return address(place, postalCode, numbers.get(0).strip(), suffix);
            }
        }
        return plain(here, postalCode, sent); // line → houseNumber, houseLetter, addition 0..1
    }

    private static List<String> parts(StringType line, String name) {
        return line.getExtensionsByUrl(PART + name).stream()
                .map(Extension::getValue)
                .filter(value -> value != null && value.primitiveValue() != null)
                .map(value -> value.primitiveValue())
                .filter(text -> !text.isBlank())
                .toList();
    }

    private Address plain(String here, String postalCode, org.hl7.fhir.r4.model.Address sent) {
        String line = sent.getLine().stream()
                .map(StringType::getValue)
                .filter(text -> text != null)
                .collect(Collectors.joining(" "));
        String[] words = line.strip().split("\\s+");
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            boolean isOrdinal =
                    i < words.length - 1 && ORDINAL.matcher(words[i]).matches();
            if (!isOrdinal && NUMBER.matcher(words[i]).matches()) {
                numbers.add(i);
            }
        }
        boolean isElsewhere =
                POST_BOX.matcher(line).find() || (numbers.size() == 1 && !areSuffixes(words, numbers.get(0) + 1));
        if (numbers.size() != 1 || isElsewhere) {
            checks.fault(
                    here + "/line",
                    numbers.isEmpty() ? "missing.one-house-number" : "ambiguous-house-number.exactly-one");
            return null;
        }
        int at = numbers.get(0);
        Matcher number = NUMBER.matcher(words[at]);
        number.matches();
        StringBuilder suffix = new StringBuilder(number.group(2));
        for (int i = at + 1; i < words.length; i++) {
            suffix.append(words[i]);
        }
        return address(here + "/line", postalCode, number.group(1), suffix.toString());
    }

    /** What follows the number: at most two short words, such as {@code B} or {@code bis 2}. */
    private static boolean areSuffixes(String[] words, int from) {
        boolean areShort = true;
        for (int i = from; i < words.length; i++) {
            areShort &= SUFFIX.matcher(words[i]).matches();
        }
        return areShort && words.length - from <= 2;
    }

    private Address address(String pointer, String postalCode, String digits, String suffix) {
        int number = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (number < 1) {
            checks.fault(pointer, "out-of-range.house-number");
        }
        String addition = Address.normalPart(suffix);
        if (addition != null && addition.length() > 10) {
            checks.fault(pointer, "too-long.house-letter");
        }
        Matcher letter = LETTER.matcher(addition == null ? "" : addition);
        return letter.matches()
                ? new Address(postalCode, number, letter.group(1), letter.group(2), null)
                : new Address(postalCode, number, null, addition, null);
    }
}
