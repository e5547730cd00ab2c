package nl.wijkhub.sharing;

import java.time.Duration;
import java.util.Set;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Discipline;

/**
 * What waits before it goes the first time, though a rule lets it pass; or what would pass if somebody were asked. One
 * row of the sharing agreement, as data. Empty sets mean any. What is acute is never held.
 *
 * @param nl in words, for a person
 * @param purposes what it holds up; sharing for anything else goes on
 * @param within how long it may take
 * @param line where it stands in the file
 */
public record SharingHold(
        String id,
        String nl,
        HoldKind kind,
        Set<Discipline> from,
        Set<Discipline> to,
        Set<String> categories,
        Set<String> purposes,
        Duration within,
        int line) {

    /** Source: docs/sharing.md, "Holds". */
    public enum HoldKind implements Coded {
        /** Until a care professional of the team answered, or the time passed; then it is released. */
        CONSULT_CARE_FIRST,
        /** Until the person consents; nothing is released before, nor when the time passes. */
        PENDING_CONSENT,
        /** Until the privacy officer weighed what the person objects to; the time is a duty, it releases nothing. */
        OBJECTION
    }

    boolean isAbout(SharingFacts facts, Recipient recipient, String purpose) {
        return recipient.kind() == Recipient.RecipientKind.TEAM
                && !facts.acute()
                && purpose != null
                && purposes.contains(purpose)
                && !facts.has(Circumstance.RELEASED_BEFORE)
                && (from.isEmpty() || (facts.from() != null && from.contains(facts.from())))
                && (to.isEmpty() || (recipient.discipline() != null && to.contains(recipient.discipline())))
                && (categories.isEmpty() || (facts.category() != null && categories.contains(facts.category())));
    }
}
