package nl.wijkhub.casework;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.DecisionContext;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.sharing.ReleasedSignal;
import nl.wijkhub.sharing.SharingDecide;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Teams;

/**
 * Shows a signal to a recipient it was released to. What passes is decided anew at each look, and the look is logged.
 * Everything runs in the caller's transaction.
 */
public final class SignalLook {
    /**
     * A signal as the viewer may see it now.
     *
     * @param releasedAt when it was first decided that the viewer gets it
     */
    public record Seen(ReleasedSignal signal, Instant releasedAt) {}

    private final ReleaseStore releases;
    private final HouseholdMatch match;
    private final AgreementInForce inForce;
    private final SharingDecide sharing;
    private final Vocabulary vocabulary;
    private final Teams teams;

    public SignalLook(DecisionContext context, SharingDecide sharing, Vocabulary vocabulary, Teams teams) {
        this.releases = context.releases();
        this.match = context.match();
        this.inForce = context.inForce();
        this.sharing = sharing;
        this.vocabulary = vocabulary;
        this.teams = teams;
    }

    /**
     * What somebody may see of a signal now; empty for nothing, whatever the reason. A refusal is thrown after the commit.
     *
     * @param pairs as whom the viewer looks; the first to which something was ever decided counts
     * @param who the user; a system's client id otherwise
     */
    public Optional<Seen> see(AcceptedSignal signal, Collection<Recipient> pairs, String who) {
        for (Recipient recipient : pairs) {
            Optional<Release> original = releases.of(signal.id(), recipient);
            if (original.isPresent()) {
                MatchedSignal matched = match.again(signal, original.get().householdId());
                return sharing.decideAnew(matched, recipient, who)
                        .filter(release -> release.decision().releases())
                        .map(release ->
                                new Seen(shown(release, matched), original.get().decidedAt()));
            }
        }
        return Optional.empty();
    }

    private ReleasedSignal shown(Release release, MatchedSignal matched) {
        return ReleasedSignal.of(
                release,
                matched,
                teams.contactOf(release.recipient().teamId()),
                inForce.agreement().sentenceNl(release.decision().says()),
                vocabulary::classOfLifeDomain);
    }
}
