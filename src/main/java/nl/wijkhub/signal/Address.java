package nl.wijkhub.signal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Dutch address as far as it identifies a household.
 *
 * @param postalCode normalised, {@code 9990AB}
 * @param houseNumber 1..99999
 * @param houseLetter one capital, or null
 * @param addition normalised in upper case without spaces and marks, or null
 * @param bagId 16 digits, or null
 */
public record Address(String postalCode, int houseNumber, String houseLetter, String addition, String bagId) {
    private static final Pattern POSTAL_CODE = Pattern.compile("[1-9][0-9]{3}(?!SA|SD|SS)[A-Z]{2}");
    private static final Pattern MARKS = Pattern.compile("[\\s.,_/\\-\u2010-\u2015]+");
    private static final Pattern GROUND_FLOOR = Pattern.compile("(HS|HUIS)$");
    // a single I is a letter as well as a numeral: it stays what it is
    private static final Pattern UPSTAIRS = Pattern.compile("([A-HJ-UWYZ]?)(II|III|IV)");
    private static final Map<String, String> FLOORS = Map.of("II", "2", "III", "3", "IV", "4");
    private static final Pattern BAG = Pattern.compile("[0-9]{4}(01|02|03|20)[0-9]{10}");

    /** Trims, drops spaces and upper-cases; null when no postal code can look like this. */
    public static String normalPostalCode(String text) {
        String normal = text == null ? "" : text.strip().replaceAll("\\s+", "").toUpperCase(Locale.ROOT);
        return POSTAL_CODE.matcher(normal).matches() ? normal : null;
    }

    /** Upper case, without spaces, dots, dashes and slashes; null for nothing. */
    public static String normalPart(String text) {
        String normal = text == null ? "" : MARKS.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
        return normal.isEmpty() ? null : normal;
    }

    public static boolean isBagId(String text) {
        return BAG.matcher(text).matches();
    }

    /**
     * What two spellings of one address have in common. Some systems keep a letter and an addition apart, others do not:
     * {@code 12 B 2}, {@code 12-B2} and {@code 12/b-2} are one address. The ground floor is written {@code H} in the BAG and
     * {@code hs} or {@code huis} by people, the floors above {@code 2} and {@code II}. The BAG id is an alias and no part of
     * it.
     */
    @JsonIgnore
    public String matchKey() {
        String tail = (houseLetter == null ? "" : houseLetter) + (addition == null ? "" : addition);
        return postalCode + '|' + houseNumber + '|' + (tail.length() < 2 ? tail : normalFloor(tail));
    }

    private static String normalFloor(String tail) {
        Matcher upstairs = UPSTAIRS.matcher(tail);
        return upstairs.matches()
                ? upstairs.group(1) + FLOORS.get(upstairs.group(2))
                : GROUND_FLOOR.matcher(tail).replaceFirst("H");
    }

    /** As written on an envelope, e.g. {@code 9990 AB 12 B}. */
    @JsonIgnore
    public String oneLine() {
        return postalCode.substring(0, 4)
                + ' '
                + postalCode.substring(4)
                + ' '
                + houseNumber
                + (houseLetter == null ? "" : ' ' + houseLetter)
                + (addition == null ? "" : ' ' + addition);
    }
}
