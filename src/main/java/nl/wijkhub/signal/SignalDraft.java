package nl.wijkhub.signal;

import java.util.Set;
import nl.wijkhub.kernel.Trace;

/**
 * What a mapper makes of a message: a case signal without faults, not yet stored.
 *
 * @param partnerId who sent it, from the access token
 * @param referencePointer where the reference stands in the message as sent
 * @param content what the hub takes of the message: the same reference with other content is a conflict
 * @param extraClasses data classes the sender's own code adds to those of the category
 * @param trace of the request it came with
 */
public record SignalDraft(
        String partnerId,
        CaseSignal signal,
        String referencePointer,
        String content,
        Set<DataClass> extraClasses,
        Trace trace) {}
