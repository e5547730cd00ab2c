package nl.wijkhub.sharing;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient.RecipientKind;
import nl.wijkhub.signal.DataClass;

/**
 * One row of the sharing agreement, as data. Empty sets mean any.
 *
 * @param row the row of docs/sharing.md it puts into words
 * @param roles a permit passes these persons alone
 * @param field a prohibition of this field alone; null for the whole signal
 * @param kinds the recipients it is about; a permit that names none is for a discipline in a team
 * @param acts narrows to municipal recipients that work under one of these Acts
 * @param purposes what a permit shares for; empty for a prohibition: it holds whatever the purpose
 * @param except purposes a prohibition does not hold for
 * @param switchedOn the switch of the agreement it waits for; null for none
 * @param articles narrows to signals whose sender names one of these
 * @param shownAs the category a recipient reads instead of the signal's own; null for its own
 * @param line where it stands in the file
 * @param says a fixed sentence that goes with it, by its id in the agreement; null for none
 */
public record SharingRule(
        String id,
        int row,
        boolean permit,
        Set<Discipline> from,
        Set<RecipientKind> kinds,
        Set<Discipline> to,
        Set<String> acts,
        Set<String> purposes,
        Set<String> except,
        String switchedOn,
        Set<DataClass> classes,
        Set<String> categories,
        SubjectKind subject,
        Set<Condition> when,
        Disclosure disclosure,
        String ground,
        Set<String> withhold,
        Set<String> also,
        Set<String> roles,
        List<String> obligations,
        String field,
        Set<String> articles,
        String shownAs,
        String says,
        LocalDate validFrom,
        LocalDate validUntil,
        int line) {

    enum SubjectKind {
        HOUSEHOLD,
        AREA,
        BOTH
    }

    /** What must be the case for a rule to apply; a condition nobody knows is a fault in the file, never ignored. */
    enum Condition implements Coded {
        CONSENT,
        WITHDRAWN,
        ONWARD,
        REPORTER_NOT_ALLOWING,
        ACUTE,
        /** In agreements of before 2026-6, whose decisions are still decided again as they were. */
        DECISION_VALID,
        DECISION_NAMES_RECIPIENT,
        SAME_ACT,
        ACROSS_ACTS,
        K_ANONYMOUS,
        PLAN_AGREED,
        TRIAGED,
        MELDCODE_STEP,
        CONFLICT_OF_DUTIES,
        DIRECTLY_INVOLVED,
        MAY_BE_THEIRS,
        STATUS_ALONE,
        SAME_DISCIPLINE,
        CLASSIFIED
    }

    boolean isValidOn(LocalDate day) {
        return (validFrom == null || !day.isBefore(validFrom)) && (validUntil == null || !day.isAfter(validUntil));
    }

    /** How narrowly it is drawn: one for each thing it names. */
    int specificity() {
        return (from.isEmpty() ? 0 : 1)
                + (to.isEmpty() ? 0 : 1)
                + (categories.isEmpty() ? 0 : 1)
                + (subject == SubjectKind.BOTH ? 0 : 1)
                + (articles.isEmpty() ? 0 : 1)
                + (acts.isEmpty() ? 0 : 1)
                + when.size();
    }
}
