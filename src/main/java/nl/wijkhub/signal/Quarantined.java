package nl.wijkhub.signal;

import java.time.Instant;
import java.util.UUID;

/**
 * A message that could not be taken, or not as a whole.
 *
 * @param bytes how large it is
 * @param isWhole whether its content stands here; what is beyond all measure is told, and not kept
 * @param refusal why, as JSON: {@code problem}, and {@code lines} where single lines of it were refused
 * @param times how often the same message came
 * @param answer what it was answered once it was taken after all; null until then
 */
public record Quarantined(
        UUID id,
        String partnerId,
        long bytes,
        boolean isWhole,
        String refusal,
        Instant receivedAt,
        Instant lastReceivedAt,
        int times,
        Answer answer) {

    /**
     * What a door would have answered.
     *
     * @param status an HTTP status
     */
    public record Answer(int status, String mediaType, String body) {}
}
