package nl.wijkhub.team;

import java.time.Clock;
import java.util.UUID;
import nl.wijkhub.sharing.FeedbackSharing;
import nl.wijkhub.signal.Partners;

/**
 * What a sender hears of its own signal: that somebody took it up, that it was closed; when, and nothing else. Written in
 * the transaction of what people do, each kind once; what only time, a recall or a machine did says nothing. Told by
 * stage 85, and to a sender that asks.
 */
public final class SenderFeedback {
    private final FeedbackStore feedback;
    private final FeedbackSharing sharing;
    private final Partners partners;
    private final Clock clock;

    public SenderFeedback(FeedbackStore feedback, FeedbackSharing sharing, Partners partners, Clock clock) {
        this.feedback = feedback;
        this.sharing = sharing;
        this.partners = partners;
        this.clock = clock;
    }

    /**
     * Whether this may be told now, decided anew and logged; to be asked at every attempt, in the caller's transaction,
     * which holds it until it ends. What was told, is void or is not there may not. What never may again, because its
     * signal was superseded or its partner left, is void from then on and comes back with nobody's next look.
     *
     * @param evaluation on what occasion, as the decision log names it: {@code attempt} or {@code pull}
     */
    public boolean mayTell(UUID feedbackId, String evaluation) {
        FeedbackStore.Feedback one = feedback.held(feedbackId).orElse(null);
        if (one == null || one.toldAt() != null) {
            return false;
        }
        FeedbackSharing.Own own = feedback.own(one.signalId()).orElseThrow();
        boolean isPartner = partners.find(own.partnerId()).isPresent();
        if (isPartner && sharing.mayTell(own, evaluation)) {
            return true;
        }
        if (own.withdrawn() || !isPartner) {
            feedback.makeVoid(feedbackId, clock.instant());
        }
        return false;
    }
}
