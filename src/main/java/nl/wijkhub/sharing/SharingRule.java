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
 * @param line where it stands in the file
 */
public record SharingRule(
        String id,
        int row,
        boolean permit,
        String ground,
        Parties parties,
        Matter matter,
        Terms terms,
        Effect effect,
        int line) {

    /**
     * Between whom it holds.
     *
     * @param from the sender's discipline
     * @param to the recipient's discipline
     * @param kinds the recipients it is about; a permit that names none is for a discipline in a team
     * @param acts narrows to municipal recipients that work under one of these Acts
     * @param seats which seats of these disciplines
     */
    public record Parties(
            Set<Discipline> from, Set<Discipline> to, Set<RecipientKind> kinds, Set<String> acts, SeatsMeant seats) {}

    /** Which seats of a discipline a permit reaches. */
    enum SeatsMeant implements Coded {
        CONCERNED,
        DESIGNATED,
        ALL
    }

    /**
     * What it is about.
     *
     * @param articles narrows to signals whose sender names one of these
     */
    public record Matter(Set<DataClass> classes, Set<String> categories, SubjectKind subject, Set<String> articles) {}

    /**
     * On what terms it holds.
     *
     * @param purposes what a permit shares for; empty for a prohibition: it holds whatever the purpose
     * @param except purposes a prohibition does not hold for
     * @param when all of them must be the case
     * @param switchedOn the switch of the agreement it waits for; null for none
     */
    public record Terms(
            Set<String> purposes,
            Set<String> except,
            Set<Condition> when,
            String switchedOn,
            LocalDate validFrom,
            LocalDate validUntil) {
        boolean isValidOn(LocalDate day) {
            return (validFrom == null || !day.isBefore(validFrom)) && (validUntil == null || !day.isAfter(validUntil));
        }
    }

    /**
     * What passes, and what goes with it.
     *
     * @param also fields that pass beside those of the disclosure
     * @param withhold fields that do not pass, though the disclosure has them
     * @param roles a permit passes these persons alone
     * @param field a prohibition of this field alone; null for the whole signal
     * @param shownAs the category a recipient reads instead of the signal's own; null for its own
     * @param says a fixed sentence that goes with it, by its id in the agreement; null for none
     */
    public record Effect(
            Disclosure disclosure,
            Set<String> also,
            Set<String> withhold,
            Set<String> roles,
            String field,
            List<String> obligations,
            String shownAs,
            String says) {}

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
        WELFARE_ASKS,
        /** The hub itself, and the municipality: whenever it is not welfare that asks. */
        MUNICIPALITY_ASKS,
        STATUS_ALONE,
        SAME_DISCIPLINE,
        CLASSIFIED
    }

    /** How narrowly it is drawn: one for each thing it names. */
    int specificity() {
        return (parties.from.isEmpty() ? 0 : 1)
                + (parties.to.isEmpty() ? 0 : 1)
                + (matter.categories.isEmpty() ? 0 : 1)
                + (matter.subject == SubjectKind.BOTH ? 0 : 1)
                + (matter.articles.isEmpty() ? 0 : 1)
                + (parties.acts.isEmpty() ? 0 : 1)
                + terms.when.size();
    }
}
