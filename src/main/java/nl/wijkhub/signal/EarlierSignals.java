package nl.wijkhub.signal;

import java.time.Instant;
import java.util.Optional;

/** What a partner sent before. */
public interface EarlierSignals {
    /** When a partner's message under this reference was accepted; empty when none was. */
    Optional<Instant> acceptedAt(String partnerId, String reference);
}
