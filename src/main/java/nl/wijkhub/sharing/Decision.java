package nl.wijkhub.sharing;

import java.util.List;
import java.util.UUID;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Severity;

/**
 * What the consent filter says for one signal and one recipient.
 *
 * @param ruleId the rule that decided; {@code row-24} when none did
 * @param fields the fields that pass, in alphabetical order
 * @param removedFields the fields that do not
 * @param visiblePersons the persons whose data passes
 * @param reasons codes, for the privacy officer
 * @param article the article the sender named, where the agreement turns on it; null otherwise
 * @param externalDecision the decision named with it; null for none
 * @param shownAs the category a recipient reads instead of the signal's own; null for its own
 * @param says a fixed sentence that goes with it, by its id in the agreement; null for none
 * @param urgency how grave the sentence says it is; null when it says nothing of it
 * @param purpose what it was decided for, by its id in the agreement
 * @param heldBy the hold of the agreement it waits for; null for none
 */
public record Decision(
        Disclosure disclosure,
        String ruleId,
        String ground,
        String policyVersion,
        List<String> fields,
        List<String> removedFields,
        List<UUID> visiblePersons,
        List<String> obligations,
        List<String> reasons,
        String article,
        String externalDecision,
        String shownAs,
        String says,
        Severity urgency,
        String purpose,
        String heldBy) {

    /** Among the reasons: it rests on consent. */
    static final String ON_CONSENT = "on-consent";

    public Decision {
        // what is empty is not stored, and comes back as null
        fields = fields == null ? List.of() : List.copyOf(fields);
        removedFields = removedFields == null ? List.of() : List.copyOf(removedFields);
        visiblePersons = visiblePersons == null ? List.of() : List.copyOf(visiblePersons);
        obligations = obligations == null ? List.of() : List.copyOf(obligations);
        reasons = reasons == null ? List.of() : List.copyOf(reasons);
    }

    /** One of the rules that permitted it asks for consent. */
    public boolean restsOnConsent() {
        return reasons.contains(ON_CONSENT);
    }

    public boolean releases() {
        return disclosure != Disclosure.NONE;
    }

    /** How grave this recipient reads that it is: by the signal where its severity passes, by the sentence else. */
    public Severity severityOf(CaseSignal signal) {
        Severity told = urgency == null ? Severity.LOW : urgency;
        return passes("severity") ? signal.severity().atLeast(told) : told;
    }

    /** The category this recipient reads; null when none passes. */
    public String categoryOf(CaseSignal signal) {
        if (!passes("category")) {
            return null;
        }
        return shownAs == null ? signal.category() : shownAs;
    }

    public boolean passes(String field) {
        return fields.contains(field);
    }
}
