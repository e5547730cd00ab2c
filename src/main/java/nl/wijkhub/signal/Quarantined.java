package nl.wijkhub.signal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Json;

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

    /**
     * Why a message could not be taken.
     *
     * @param detail about the message as a whole
     * @param errors what is wrong at which place; empty when it is the whole
     */
    public record Reason(String detail, List<Wrong> errors) {
        public Reason {
            errors = errors == null ? List.of() : List.copyOf(errors);
        }
    }

    /** @param pointer where in the message; empty for all of it */
    public record Wrong(String pointer, String detail) {}

    private record Refusal(Reason problem) {}

    /** Why it stands here, read from its refusal. */
    public Reason reason() {
        return Json.read(refusal, Refusal.class).problem();
    }
}
