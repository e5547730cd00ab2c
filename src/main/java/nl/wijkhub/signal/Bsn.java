package nl.wijkhub.signal;

import java.util.regex.Pattern;

/** The citizen service number: nine digits that pass the eleven test. Source: weights 9..2 and -1, sum divisible by 11. */
public final class Bsn {
    private static final int DIGITS = 9;

    /** As people write one: bare, or in groups as on a letter of the tax office. */
    private static final Pattern WRITTEN = Pattern.compile("(?<![0-9])(?:[0-9]{9}"
            + "|[0-9]{4}[ ._-][0-9]{2}[ ._-][0-9]{3}|[0-9]{3}[ ._-][0-9]{3}[ ._-][0-9]{3})(?![0-9])");

    /** UUIDs and hashes: one in a few hundred has nine digits in a row that pass the test, by chance. */
    private static final Pattern BY_CHANCE = Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
            + "|(?<![0-9a-z])(?=[0-9]*[a-f])[0-9a-f]{16,}(?![0-9a-z])");

    private Bsn() {}

    public static boolean isValid(String text) {
        return text != null && text.length() == DIGITS && isDigits(text) && isValid(text, 0);
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(Bsn::isDigit);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** The eleven test of the nine digits that begin here. */
    private static boolean isValid(String text, int from) {
        int last = text.charAt(from + DIGITS - 1) - '0';
        int sum = -last;
        int all = last;
        for (int i = 0; i < DIGITS - 1; i++) {
            int digit = text.charAt(from + i) - '0';
            sum += (DIGITS - i) * digit;
            all += digit;
        }
        return all > 0 && sum % 11 == 0;
    }

    /**
     * Whether a technical name or id holds something that looks like a BSN: in groups too, and glued to letters. Stricter
     * than {@link #standsIn}, which is for what people write.
     */
    public static boolean seemsToStandIn(String text) {
        if (text == null || text.chars().filter(Character::isDigit).count() < 9) {
            return false;
        }
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isDigit(c)) {
                plain.append(Character.digit(c, 10));
            } else {
                plain.appendCodePoint(c);
            }
        });
        return WRITTEN.matcher(BY_CHANCE.matcher(plain).replaceAll("x"))
                .results()
                .anyMatch(match -> isValid(match.group().replaceAll("[^0-9]", "")));
    }

    /** Whether free text holds something that is a BSN by its digits: nine in a row, and no tenth beside them. */
    public static boolean standsIn(String text) {
        int row = 0;
        for (int i = 0; text != null && i <= text.length(); i++) {
            if (i < text.length() && isDigit(text.charAt(i))) {
                row++;
            } else if (row == DIGITS && isValid(text, i - DIGITS)) {
                return true;
            } else {
                row = 0;
            }
        }
        return false;
    }
}
