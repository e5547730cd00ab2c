package nl.wijkhub.audit;

import java.time.Instant;
import java.util.UUID;
import nl.wijkhub.kernel.Trace;

/**
 * One processing of one person's data. Source: Logboek Dataverwerkingen 0.8, fields as named there; a household of
 * four gives four records, a neighbourhood none. Users stand apart, in the NEN 7513 field.
 *
 * @param name the processing, e.g. {@code sharing-decide} or {@code signal-pull}
 * @param subjectId whose data; sealed when stored
 * @param subjectType {@code person}, or {@code household} when nobody is named
 * @param by who looked; null when the hub did it by itself
 */
public record ProcessingRecord(
        Trace trace,
        String name,
        Instant startTime,
        Instant endTime,
        UUID signalId,
        UUID subjectId,
        String subjectType,
        AccessedBy by) {}
