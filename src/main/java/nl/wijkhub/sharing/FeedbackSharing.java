package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.DataClass;

/** Decides, each time, whether a sender may hear how far its own signal is (row 29); nothing else passes with it. */
public final class FeedbackSharing {
    /**
     * A signal as its sender may hear of it.
     *
     * @param householdId null for a neighbourhood signal, and for one that no stage worked yet
     * @param withdrawn nothing of it stands any more
     */
    public record Own(
            UUID signalId, UUID householdId, String partnerId, Discipline discipline, boolean withdrawn, Trace trace) {

        /** The same, asked for in the course of this request: what a sender heard before is not taken back from it. */
        public Own standing(Trace request) {
            return new Own(signalId, householdId, partnerId, discipline, false, request);
        }
    }

    private final AgreementInForce inForce;
    private final ReleaseStore releases;
    private final DecisionTrail trail;
    private final Clock clock;

    public FeedbackSharing(AgreementInForce inForce, ReleaseStore releases, DecisionTrail trail, Clock clock) {
        this.inForce = inForce;
        this.releases = releases;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * The caller's transaction; logged either way.
     *
     * @param evaluation on what occasion, as the decision log names it, e.g. {@code attempt} or {@code pull}
     */
    public boolean mayTell(Own signal, String evaluation) {
        Instant now = clock.instant();
        // the sender takes the place of a team: it is one organisation, and hears of nobody else's signals
        Recipient sender =
                new Recipient(Recipient.RecipientKind.SENDER, signal.partnerId(), signal.discipline(), null, null);
        SharingFacts facts = status(signal.withdrawn());
        Decision decision = inForce.policy().decide(facts, sender, now);
        Release before = releases.ofSignal(signal.signalId()).stream()
                .filter(release -> release.recipient().equals(sender))
                .max(Comparator.comparing(Release::decidedAt))
                .filter(last -> last.decision().equals(decision))
                .orElse(null);
        Release release = new Release(
                before == null ? Identifier.next() : before.id(),
                signal.signalId(),
                signal.householdId(),
                sender,
                decision,
                now);
        DecisionTrail.Written written = trail.at(now);
        if (before == null) {
            written.released(signal.trace(), facts, release);
        } else {
            written.decided(signal.trace(), facts, evaluation, List.of(release));
        }
        written.write();
        return decision.releases();
    }

    private static SharingFacts status(boolean withdrawn) {
        return SharingFacts.builder()
                .from(Discipline.MUNICIPALITY)
                .classes(Set.of(DataClass.T))
                .reporterAllows(true)
                .withdrawn(withdrawn)
                .onward(true)
                .drawnFor(true)
                .build();
    }
}
