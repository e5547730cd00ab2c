package nl.wijkhub.signal;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Trace;

/**
 * A stored signal on its way through the stages.
 *
 * @param classes what kind of data it is, decided when it was accepted
 * @param supersededId the signal it replaces; null for none
 */
public record AcceptedSignal(
        UUID id,
        String partnerId,
        Discipline discipline,
        Instant acceptedAt,
        Set<DataClass> classes,
        UUID supersededId,
        Trace trace,
        CaseSignal signal) {}
