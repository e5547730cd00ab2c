package nl.wijkhub.signal;

import java.util.regex.Pattern;

/** The citizen service number: nine digits that pass the eleven test. Source: weights 9..2 and -1, sum divisible by 11. */
public final class Bsn {
    private static final Pattern NINE_DIGITS = Pattern.compile("(?<![0-9])[0-9]{9}(?![0-9])");

    private Bsn() {}

    public static boolean isValid(String text) {
        if (text == null || !text.matches("[0-9]{9}") || text.equals("000000000")) {
            return false;
        }
        int sum = -(text.charAt(8) - '0');
        for (int i = 0; i < 8; i++) {
            sum += (9 - i) * (text.charAt(i) - '0');
        }
        return sum % 11 == 0;
    }

    /** Whether free text holds something that is a BSN by its digits. */
    public static boolean standsIn(String text) {
        return text != null && NINE_DIGITS.matcher(text).results().anyMatch(match -> isValid(match.group()));
    }
}
