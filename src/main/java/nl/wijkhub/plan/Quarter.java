package nl.wijkhub.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A calendar quarter in the Netherlands, the one kind of period that counts are told for.
 *
 * @param number 1..4
 */
public record Quarter(int year, int number) {
    private static final ZoneId CALENDAR = ZoneId.of("Europe/Amsterdam");
    private static final Pattern FORM = Pattern.compile("(2[0-9]{3})Q([1-4])");

    /** As people write it: {@code 2026Q3}; empty for anything else. */
    public static Optional<Quarter> of(String text) {
        Matcher matcher = FORM.matcher(text == null ? "" : text);
        return matcher.matches()
                ? Optional.of(new Quarter(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** The quarter a moment lies in. */
    public static Quarter at(Instant moment) {
        LocalDate day = LocalDate.ofInstant(moment, CALENDAR);
        return new Quarter(day.getYear(), (day.getMonthValue() + 2) / 3);
    }

    public Quarter before() {
        return number == 1 ? new Quarter(year - 1, 4) : new Quarter(year, number - 1);
    }

    private Quarter after() {
        return number == 4 ? new Quarter(year + 1, 1) : new Quarter(year, number + 1);
    }

    /** Its first moment. */
    public Instant from() {
        return LocalDate.of(year, 3 * number - 2, 1).atStartOfDay(CALENDAR).toInstant();
    }

    /** The first moment that is not in it any more. */
    public Instant until() {
        return after().from();
    }

    public boolean isClosed(Instant now) {
        return !now.isBefore(until());
    }

    @Override
    public String toString() {
        return year + "Q" + number;
    }
}
