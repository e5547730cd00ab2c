package nl.wijkhub.signal;

import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.Partners.Partner;

/**
 * One message in the shared language as it came in, whatever the door: HTTP, a queue or a file.
 *
 * @param partner who sent it, as the door knows it; never from the message
 * @param mediaType one of {@link SignalReading}, in lower case and without parameters
 * @param attributes of a CloudEvent in binary mode; null when the message is no such event
 * @param trace of the request or message it came with
 * @param isTraced whether the sender named that trace; else an event may name its own
 */
public record Incoming(
        Partner partner, byte[] body, String mediaType, EventAttributes attributes, Trace trace, boolean isTraced) {

    /** Whether it holds many signals, each taken or refused by itself. */
    public boolean isMany() {
        return SignalReading.MANY.contains(mediaType);
    }
}
