package nl.wijkhub.sharing;

import java.util.List;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.signal.CaseSignal;

/** Which (team, discipline) pairs are drawn for the place of a signal. A port: the teams know. */
public interface RecipientsOfPlace {
    List<Recipient> of(CaseSignal.Subject subject);

    /** Every pair of a team. */
    List<Recipient> ofTeam(String teamId);

    /** The pairs a signal goes to: of the team of its place, or of the team that took its household over. */
    default List<Recipient> of(MatchedSignal matched) {
        return matched.teamId() == null ? of(matched.place()) : ofTeam(matched.teamId());
    }

    /** Whether a pair is one of those, or was before the household was handed over: what it had, it may look up. */
    default boolean concern(MatchedSignal matched, Recipient pair) {
        return of(matched).contains(pair) || of(matched.place()).contains(pair);
    }

    /** What somebody who gets a NOTICE is told to call. */
    String contactOf(String teamId);
}
