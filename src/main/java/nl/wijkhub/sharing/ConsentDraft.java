package nl.wijkhub.sharing;

import java.util.UUID;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Consent;

/**
 * A consent that came by itself, read and checked.
 *
 * @param id of the consent it changes; null for a new one
 * @param reference the partner's own; null when it gave none
 * @param consent what it says, in codes
 * @param resource as it was sent, as FHIR JSON
 * @param household whose first person it is of
 */
public record ConsentDraft(
        String partnerId,
        UUID id,
        String reference,
        Consent consent,
        String resource,
        CaseSignal.Household household) {}
