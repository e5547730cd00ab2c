package nl.wijkhub.team;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.sharing.FeedbackSharing;
import nl.wijkhub.sharing.FeedbackSharing.Own;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.team.FeedbackStore.Feedback;
import nl.wijkhub.team.FeedbackStore.FeedbackKind;

/**
 * What a sender hears of its own signal: that somebody took it up, that it was closed; when, and nothing else. Written in
 * the transaction of what people do, each kind once; what only time, a recall or a machine did says nothing. Told by
 * stage 85, and to a sender that asks.
 */
public final class SenderFeedback {
    /** What a sender always heard already: its signal was accepted. */
    public static final String RECEIVED = "received";

    /**
     * How far a signal is, for its sender.
     *
     * @param status accepted, taken-up or closed
     * @param moments in order, the receipt first; empty when the agreement lets a sender hear nothing
     */
    public record Heard(String status, List<Moment> moments) {}

    /** @param kind received, taken-up or closed */
    public record Moment(String kind, Instant at) {}

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

    /** Somebody took up one of its items. */
    public void takenUp(UUID signal) {
        feedback.takenUp(List.of(signal), clock.instant());
    }

    /**
     * What a step on a plan means to the senders of its signals: taken up with the plan, as far as its seat may see them,
     * or closed with it. One that was closed before stays so, whatever becomes of the plan.
     */
    public void planMoved(Plan before, Plan after) {
        if (before.isOpen() && !after.isOpen()) {
            feedback.closedWithPlan(after.id(), after.seat(), clock.instant());
        } else if (isTakenUp(before, after)) {
            feedback.takenUpWithPlan(after.id(), after.seat(), clock.instant());
        }
    }

    /** Somebody coordinates it now, woke it, or took it over. */
    private static boolean isTakenUp(Plan before, Plan after) {
        return after.state() == Plan.PlanState.ACTIVE
                && after.coordinator() != null
                && (before.coordinator() == null
                        || before.state() != Plan.PlanState.ACTIVE
                        || !before.teamId().equals(after.teamId()));
    }

    /**
     * Whether this may be told now, decided anew and logged; to be asked at every attempt, in the caller's transaction,
     * which holds it until it ends. What is void or is not there may not. What nobody has been handed yet and never may
     * be told, because its signal was superseded or its partner left, is void from then on.
     *
     * @param evaluation on what occasion, as the decision log names it, e.g. {@code attempt}
     */
    public boolean mayTell(UUID feedbackId, String evaluation) {
        Feedback one = feedback.held(feedbackId).orElse(null);
        if (one == null) {
            return false;
        }
        Own own = feedback.own(one.signalId()).orElseThrow();
        boolean isPartner = partners.find(own.partnerId()).isPresent();
        if (isPartner && sharing.mayTell(own, evaluation)) {
            return true;
        }
        if (own.withdrawn() || !isPartner) {
            feedback.makeVoid(feedbackId, clock.instant());
        }
        return false;
    }

    /** How far a signal is, decided anew for its sender that asks; the caller's transaction. */
    public Heard hear(UUID signal, Instant acceptedAt, Trace trace) {
        Own own = feedback.own(signal).orElseThrow();
        if (!sharing.mayTell(own.standing(trace), "pull")) {
            return new Heard("accepted", List.of());
        }
        List<Feedback> rows = tellable(own);
        List<Moment> moments = new ArrayList<>(List.of(new Moment(RECEIVED, acceptedAt)));
        rows.forEach(one -> moments.add(new Moment(one.kind().code(), one.happenedAt())));
        return new Heard(furthest(rows).orElse("accepted"), moments);
    }

    /**
     * How far a signal is, for whoever holds its receipt: received, taken-up or closed. Decided like what its sender
     * hears; the caller's transaction.
     *
     * @param signals the one that was received, and those that replaced it in turn; not empty
     */
    public String status(List<UUID> signals, Trace trace) {
        List<Own> own =
                signals.stream().flatMap(id -> feedback.own(id).stream()).toList();
        if (!sharing.mayTell(own.get(own.size() - 1).standing(trace), "receipt")) {
            return RECEIVED;
        }
        return furthest(own.stream().flatMap(one -> tellable(one).stream()).toList())
                .orElse(RECEIVED);
    }

    /** Of what was superseded only what was on its way already: that is not taken back, and nothing is added. */
    private List<Feedback> tellable(Own own) {
        return feedback.ofSignal(own.signalId()).stream()
                .filter(one -> one.toldAt() != null || !own.withdrawn())
                .toList();
    }

    private static Optional<String> furthest(List<Feedback> rows) {
        return rows.stream().map(Feedback::kind).max(Comparator.naturalOrder()).map(FeedbackKind::code);
    }
}
