package nl.wijkhub.sharing;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.household.MatchedSignal;

/**
 * Who lets the dwelling that a household lives in, as the unit registers of the corporations prove it. A port: asked
 * once for a batch, of every signal in it alike, so that the time it takes tells nothing about one.
 */
public interface UnitHolders {
    /**
     * By signal: the one partner whose register holds the household's address. Nothing where none does, and where two
     * do and the municipality confirmed neither.
     */
    Map<UUID, String> of(Collection<MatchedSignal> signals);

    /** The same, of signals that were matched in this transaction. */
    default Map<UUID, String> ofNew(Collection<MatchedSignal> signals) {
        return of(signals);
    }
}
