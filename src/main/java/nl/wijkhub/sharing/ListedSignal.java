package nl.wijkhub.sharing;

import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Severity;

/**
 * What a list shows of a signal: of each field what its stored release let pass, else null. Opening it decides anew.
 *
 * @param says the fixed sentence of the deciding rule, by its id in the agreement
 * @param address of a household; anything else has an area
 */
public record ListedSignal(
        String category,
        String says,
        Address address,
        CaseSignal.Neighbourhood area,
        Discipline sender,
        Severity severity,
        Integer experiencedImpact,
        Boolean knownToPolice) {

    public static ListedSignal of(AcceptedSignal accepted, Decision decision) {
        CaseSignal signal = accepted.signal();
        CaseSignal.Household household = signal.subject().household();
        return new ListedSignal(
                decision.categoryOf(signal),
                decision.says(),
                household != null && decision.passes("address") ? household.address() : null,
                household == null && decision.passes("area") ? signal.subject().neighbourhood() : null,
                decision.passes("senderDiscipline") ? accepted.discipline() : null,
                decision.passes("severity") ? signal.severity() : null,
                decision.passes("experiencedImpact") ? signal.experiencedImpact() : null,
                decision.passes("knownToPolice") ? signal.knownToPolice() : null);
    }
}
