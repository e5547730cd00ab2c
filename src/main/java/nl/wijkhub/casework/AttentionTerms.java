package nl.wijkhub.casework;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import nl.wijkhub.sharing.SharingPolicy;

/**
 * The terms after which a thing that nobody does asks for attention.
 *
 * @param unclaimedAfter how long a plan may wait for a coordinator
 * @param silentAfter how long a partner that was asked something may be silent
 * @param quietAfter how long an active plan may go untouched
 */
public record AttentionTerms(Duration unclaimedAfter, Duration silentAfter, Duration quietAfter, Clock clock) {
    AttentionStore.Terms at() {
        Instant now = clock.instant();
        return new AttentionStore.Terms(
                now,
                LocalDate.ofInstant(now, SharingPolicy.CALENDAR),
                now.minus(unclaimedAfter),
                now.minus(silentAfter),
                now.minus(quietAfter));
    }
}
