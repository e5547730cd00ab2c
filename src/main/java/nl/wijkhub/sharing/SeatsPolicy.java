package nl.wijkhub.sharing;

import java.util.EnumSet;
import java.util.Set;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient.RecipientKind;
import nl.wijkhub.sharing.SharingRule.Condition;

/** Which seats of its disciplines a permit reaches. Pure. Source: docs/sharing.md, "Who is a recipient". */
final class SeatsPolicy {
    /** Conditions that say themselves which care provider is meant. */
    private static final Set<Condition> WHO_IS_MEANT =
            EnumSet.of(Condition.CONSENT, Condition.DIRECTLY_INVOLVED, Condition.MAY_BE_THEIRS);

    private SeatsPolicy() {}

    /**
     * Whoever breaks the glass is concerned by what is at stake, but for a landlord, and that only over its own tenants. Who
     * is no seat of a team is reached by its kind.
     */
    static boolean reaches(SharingRule permit, SharingFacts facts, Recipient recipient) {
        boolean isSeat = recipient.kind() == RecipientKind.TEAM
                || (recipient.kind() == RecipientKind.BREAK_GLASS && recipient.discipline() == Discipline.HOUSING);
        if (!isSeat) {
            return true;
        }
        return switch (permit.parties().seats()) {
            case ALL -> true;
            case DESIGNATED -> !facts.undesignated().contains(recipient.clientId());
            case CONCERNED ->
                !facts.unconcerned().contains(recipient.clientId())
                        || (recipient.discipline() == Discipline.CARE
                                && permit.terms().when().stream().anyMatch(WHO_IS_MEANT::contains));
        };
    }

    /** Whose seat it is, for a consent that names an organisation; null for nobody's. */
    static String organisationOf(SharingFacts facts, Recipient recipient) {
        return recipient.organisation() != null || recipient.discipline() == null
                ? recipient.organisation()
                : facts.organisations().get(recipient.clientId());
    }
}
