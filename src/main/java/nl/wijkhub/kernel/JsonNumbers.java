package nl.wijkhub.kernel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How large a number from outside may be written. {@code 1e1000000000} is twelve characters, a gigabyte once somebody
 * writes it out, and past 32 bits no exponent at all: so nothing is made of a number before its digits and its exponent
 * are known to be few.
 */
final class JsonNumbers {
    /** Characters of one number: the longest that any format here asks for has 18 digits. */
    static final int LONGEST = 40;

    /** The exponent, either way: with {@link #LONGEST} it bounds what a number takes when it is written out. */
    static final int FARTHEST = 40;

    /** As many as any answer tells. */
    private static final int MOST_FAULTS = 100;

    /** A key with so many digits may be somebody's number, and a pointer repeats keys. */
    private static final int DIGITS_OF_A_PERSON = 9;

    /** A hundred faults with the key of a megabyte in each would be the next bomb. */
    private static final int LONGEST_POINTER = 500;

    /** Tells where a number stands and makes nothing of it. */
    private static final JsonFactory PLACES = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonNumbers() {}

    /** A fault at every number that is too long or reaches too far; none when there is none. */
    static List<Fault> faults(String text) {
        return holdsOne(text) ? places(text) : List.of();
    }

    /** One pass over the characters, which is all that an ordinary message costs. */
    private static boolean holdsOne(String text) {
        boolean isQuoted = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (isQuoted) {
                if (c == '\\') {
                    at++;
                } else {
                    isQuoted = c != '"';
                }
            } else if (c == '"') {
                isQuoted = true;
            } else if (isPart(c) && c != 'e' && c != 'E') {
                int end = at + 1;
                while (end < text.length() && isPart(text.charAt(end))) {
                    end++;
                }
                if (isBeyond(text, at, end)) {
                    return true;
                }
                at = end - 1;
            }
        }
        return false;
    }

    private static boolean isPart(char c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
    }

    private static boolean isBeyond(String text, int from, int until) {
        if (until - from > LONGEST) {
            return true;
        }
        boolean isExponent = false;
        int size = 0;
        for (int at = from; at < until && size <= FARTHEST; at++) {
            char c = text.charAt(at);
            if (c == 'e' || c == 'E') {
                isExponent = true;
            } else if (isExponent && c >= '0' && c <= '9') {
                size = 10 * size + (c - '0');
            }
        }
        return size > FARTHEST;
    }

    private static List<Fault> places(String text) {
        List<Fault> faults = new ArrayList<>();
        try (JsonParser parser = PLACES.createParser(text)) {
            for (JsonToken token = parser.nextToken();
                    token != null && faults.size() < MOST_FAULTS;
                    token = parser.nextToken()) {
                String number = token.isNumeric() ? parser.getText() : "";
                if (isBeyond(number, 0, number.length())) {
                    faults.add(Json.tooLarge(pointer(parser.getParsingContext().pathAsPointer())));
                }
            }
        } catch (IOException breaksOff) {
            // what stands behind it is read by nobody
            return faults;
        }
        return faults;
    }

    private static String pointer(JsonPointer place) {
        StringBuilder pointer = new StringBuilder();
        for (JsonPointer step = place; !step.matches(); step = step.tail()) {
            String key = step.getMatchingProperty();
            if (key.length() + pointer.length() > LONGEST_POINTER
                    || key.chars().filter(Character::isDigit).count() >= DIGITS_OF_A_PERSON) {
                break;
            }
            pointer.append(Fault.at("", key));
        }
        return pointer.toString();
    }
}
