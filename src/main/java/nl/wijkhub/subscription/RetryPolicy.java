package nl.wijkhub.subscription;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long the hub waits before it tries a receiver again: doubled every time, with a part of chance so that those that
 * fell together do not come back together; never longer than the longest pause, and given up only after the whole time.
 *
 * @param firstPause after the first failure
 * @param longestPause between two attempts
 * @param giveUpAfter how long something is tried before it is shown as dead
 */
public record RetryPolicy(Duration firstPause, Duration longestPause, Duration giveUpAfter, RandomGenerator chance) {
    private static final int MOST_DOUBLINGS = 30;
    private static final Duration LONGEST_ASKED = Duration.ofDays(1);

    /** When to try again after so many failures in a row, this one included. */
    Instant next(int failures, Instant now) {
        int doublings = Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1));
        Duration whole = firstPause.multipliedBy(1L << doublings);
        Duration pause = whole.compareTo(longestPause) > 0 || whole.isNegative() ? longestPause : whole;
        return now.plusMillis((long) (pause.toMillis() * (0.5 + chance.nextDouble() / 2)));
    }

    /** The same, where the receiver said how long it wants to be left alone. */
    Instant next(int failures, String retryAfter, Instant now) {
        Instant own = next(failures, now);
        return asked(retryAfter, now)
                .map(asked -> asked.isAfter(now.plus(LONGEST_ASKED)) ? now.plus(LONGEST_ASKED) : asked)
                .filter(asked -> asked.isAfter(own))
                .orElse(own);
    }

    private static Optional<Instant> asked(String retryAfter, Instant now) {
        if (retryAfter == null) {
            return Optional.empty();
        }
        if (retryAfter.strip().matches("[0-9]{1,9}")) {
            return Optional.of(now.plusSeconds(Long.parseLong(retryAfter.strip())));
        }
        try {
            return Optional.of(ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
