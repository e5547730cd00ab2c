package nl.wijkhub.sharing;

import java.util.List;
import java.util.Optional;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.signal.CaseSignal;

/** Which seats are drawn for the place of a signal. A port: the teams know. */
public interface RecipientsOfPlace {
    List<Recipient> of(CaseSignal.Subject subject);

    /** The partner that sits there. */
    String organisationOf(Recipient recipient);

    /** The seat of the same discipline and organisation in another team; empty when it has none there. */
    Optional<Recipient> counterpart(Recipient recipient, String otherTeam);

    /** Whether it is a care provider that the team consults and that has no seat there. */
    default boolean isConsulted(Recipient recipient) {
        return false;
    }

    /** Whether it is its team's crisis care. */
    boolean isDesignated(Recipient recipient);

    /** Whether a seat is there for such a signal: by the areas and categories it is for, if it has any. */
    boolean isThereFor(Recipient recipient, CaseSignal.Subject place, String category);

    /** Every seat of a team. */
    List<Recipient> ofTeam(String teamId);

    /** The seats a signal goes to: of the team of its place, or of the team that took its household over. */
    default List<Recipient> of(MatchedSignal matched) {
        return matched.teamId() == null ? of(matched.place()) : ofTeam(matched.teamId());
    }

    /** Whether a seat is one of those, or was before the household was handed over: what it had, it may look up. */
    default boolean concern(MatchedSignal matched, Recipient pair) {
        return of(matched).contains(pair)
                || of(matched.place()).contains(pair)
                || (isConsulted(pair)
                        && of(matched).stream().anyMatch(seat -> seat.teamId().equals(pair.teamId())));
    }

    /** What somebody who gets a NOTICE is told to call. */
    String contactOf(String teamId);
}
