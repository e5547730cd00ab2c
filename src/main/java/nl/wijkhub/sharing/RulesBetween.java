package nl.wijkhub.sharing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient.RecipientKind;

/**
 * The rules of an agreement that one sender, one category and one kind of recipient leave: no other can hold between
 * these. What else each asks for is looked at when something is decided.
 *
 * @param prohibitions of a whole signal, by row
 * @param ofFields prohibitions of one field
 */
record RulesBetween(List<SharingRule> prohibitions, List<SharingRule> ofFields, List<SharingRule> permits) {
    /**
     * Who says something to whom, and of what.
     *
     * @param from null when it is not known any more
     * @param category null when it is not known
     * @param to null where it does not matter
     */
    record Parties(Discipline from, String category, RecipientKind kind, Discipline to) {
        private boolean mayConcern(SharingRule rule) {
            return isAmong(rule.parties().from(), from)
                    && isAmong(rule.matter().categories(), category)
                    && isAmong(rule.parties().kinds(), kind)
                    && isAmong(rule.parties().to(), to);
        }

        /** Whether a rule that names these means this one; one that names none means any. */
        private static <T> boolean isAmong(Set<T> named, T one) {
            return named.isEmpty() || (one != null && named.contains(one));
        }
    }

    static RulesBetween of(List<SharingRule> rules, Parties parties) {
        List<SharingRule> prohibitions = new ArrayList<>();
        List<SharingRule> ofFields = new ArrayList<>();
        List<SharingRule> permits = new ArrayList<>();
        for (SharingRule rule : rules) {
            if (parties.mayConcern(rule)) {
                List<SharingRule> alike =
                        rule.permit() ? permits : rule.effect().field() == null ? prohibitions : ofFields;
                alike.add(rule);
            }
        }
        prohibitions.sort(Comparator.comparingInt(SharingRule::row).thenComparing(SharingRule::id));
        return new RulesBetween(List.copyOf(prohibitions), List.copyOf(ofFields), List.copyOf(permits));
    }
}
