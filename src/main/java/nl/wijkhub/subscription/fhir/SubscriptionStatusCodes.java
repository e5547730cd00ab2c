package nl.wijkhub.subscription.fhir;

import java.util.Optional;
import nl.wijkhub.subscription.Subscription.Standing;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;

/**
 * How it goes with a subscription, in the codes of FHIR R4. {@code error} while a receiver does not take what it is sent,
 * the handshake too: the hub goes on trying, and it is {@code active} as soon as it takes something.
 */
final class SubscriptionStatusCodes {
    private SubscriptionStatusCodes() {}

    static SubscriptionStatus status(Standing standing) {
        boolean isFailing = standing.failures() > 0;
        return switch (standing.status()) {
            case PENDING -> isFailing ? SubscriptionStatus.ERROR : SubscriptionStatus.REQUESTED;
            case ACTIVE -> isFailing ? SubscriptionStatus.ERROR : SubscriptionStatus.ACTIVE;
            case REFUSED -> SubscriptionStatus.ERROR;
            case STOPPED -> SubscriptionStatus.OFF;
        };
    }

    /** Why it is not as it should be, as a code. */
    static Optional<String> error(Standing standing) {
        boolean isWell =
                switch (status(standing)) {
                    case ERROR, OFF -> false;
                    default -> true;
                };
        return isWell ? Optional.empty() : Optional.ofNullable(standing.reason());
    }
}
