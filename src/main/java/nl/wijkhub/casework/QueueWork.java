package nl.wijkhub.casework;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.sharing.ConsultationAdvice;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.DecisionContext;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.sharing.SharingDecide;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.Priority;
import nl.wijkhub.team.QueueItem;
import nl.wijkhub.team.QueueWorkStore;
import nl.wijkhub.team.QueueWorkStore.InHand;
import nl.wijkhub.team.SenderFeedback;

/**
 * What a member does with an item of its own pair: takes it up, gives it back with a reason, asks care about it. An item
 * is in the hands of one person at most. Whether the member may still see it is decided anew each time. Everything runs
 * in the caller's transaction; an item that is not there, was recalled or belongs to others is not found.
 */
public final class QueueWork {
    /**
     * An item as a member of its pair sees it.
     *
     * @param takenBy null while nobody has it
     * @param isOfPlan whether its seat works on the plan of the item, and may ask care about it
     * @param heard what the seat asked care about it, and heard
     */
    public record Seen(
            QueueItem item,
            String takenBy,
            List<QueueWorkStore.QueueEvent> steps,
            boolean isOfPlan,
            Optional<ConsultationAdvice.Heard> heard) {}

    private final QueueWorkStore work;
    private final PlanLifeStore plans;
    private final SignalStore signals;
    private final ReleaseStore releases;
    private final HouseholdMatch match;
    private final SharingDecide sharing;
    private final Consultations consultations;
    private final ConsultationAdvice advice;
    private final SenderFeedback feedback;
    private final Clock clock;

    public QueueWork(
            DecisionContext context,
            QueueWorkStore work,
            PlanLifeStore plans,
            SharingDecide sharing,
            Consultations consultations,
            ConsultationAdvice advice,
            SenderFeedback feedback) {
        this.work = work;
        this.plans = plans;
        this.signals = context.signals();
        this.releases = context.releases();
        this.match = context.match();
        this.sharing = sharing;
        this.consultations = consultations;
        this.advice = advice;
        this.feedback = feedback;
        this.clock = context.clock();
    }

    /**
     * @param pairs as whom the caller looks
     * @param user who looks; a system's client id otherwise
     */
    public Seen see(UUID id, Collection<Recipient> pairs, String user) {
        InHand held = held(id, pairs);
        QueueItem item = held.item();
        boolean isOfPlan = isOfPlan(item);
        return new Seen(
                item,
                held.takenBy(),
                work.steps(id),
                isOfPlan,
                isOfPlan ? advice.heard(matched(item), item.recipient(), user) : Optional.empty());
    }

    /** The municipality's seat always does; another while it coordinates. */
    private boolean isOfPlan(QueueItem item) {
        return item.recipient().discipline() == Discipline.MUNICIPALITY
                || (item.planId() != null
                        && plans.find(item.planId()).stream()
                                .anyMatch(plan -> plan.seats().contains(item.recipient())));
    }

    /** Takes an item up. The same member a second time changes nothing. Rejects: one in somebody else's hands. */
    public Seen take(UUID id, Collection<Recipient> pairs, String user) {
        InHand held = held(id, pairs);
        QueueItem.ItemState state = held.item().state();
        if (state == QueueItem.ItemState.TAKEN_UP && user.equals(held.takenBy())) {
            return see(id, pairs, user);
        }
        if (state != QueueItem.ItemState.WAITING && state != QueueItem.ItemState.RETURNED) {
            throw new Rejected(Problem.STATE_CONFLICT);
        }
        mayStillSee(held.item(), user);
        work.move(id, QueueItem.ItemState.TAKEN_UP, user, "taken", user, null, clock.instant());
        feedback.takenUp(held.item().signalId());
        return see(id, pairs, user);
    }

    /**
     * Gives an item back to its queue, where it shows again as returned. Rejects: one that nobody has in hand, or that
     * somebody else has, unless a team lead gives it back.
     */
    public Seen giveBack(UUID id, Collection<Recipient> pairs, String user, boolean isLead, String reason) {
        InHand held = held(id, pairs);
        boolean isTaker = user.equals(held.takenBy());
        if (held.item().state() != QueueItem.ItemState.TAKEN_UP || !(isTaker || isLead)) {
            throw new Rejected(Problem.STATE_CONFLICT);
        }
        work.move(id, QueueItem.ItemState.RETURNED, null, "returned", user, reason, clock.instant());
        return see(id, pairs, user);
    }

    /**
     * Asks the care professional of the team about an item, without a name; a seat that works on its plan alone.
     * Rejects: another seat, and a signal that may not be asked about.
     *
     * @return the consultation, the one there was when it was asked about before
     */
    public UUID consult(UUID id, Collection<Recipient> pairs, String user) {
        QueueItem item = held(id, pairs).item();
        if (!isOfPlan(item)) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        mayStillSee(item, user);
        MatchedSignal matched = matched(item);
        return consultations
                .ask(matched, item.recipient().teamId(), user, item.recipient())
                .orElseThrow(() -> new Rejected(Problem.NOT_ALLOWED));
    }

    /** How soon it is to be taken up. */
    public Priority priority(UUID id, Collection<Recipient> pairs) {
        return held(id, pairs).item().priority();
    }

    private InHand held(UUID id, Collection<Recipient> pairs) {
        return work.held(id)
                .filter(held -> pairs.contains(held.item().recipient()))
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private MatchedSignal matched(QueueItem item) {
        UUID household = releases.byIds(List.of(item.releaseId())).get(0).householdId();
        return match.again(signals.byId(item.signalId()).orElseThrow(), household);
    }

    private void mayStillSee(QueueItem item, String user) {
        Optional<Release> anew = sharing.decideAnew(matched(item), item.recipient(), user);
        if (anew.filter(release -> release.decision().releases()).isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
    }
}
