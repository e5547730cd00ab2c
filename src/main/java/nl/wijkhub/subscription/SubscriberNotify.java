package nl.wijkhub.subscription;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.subscription.Notification.NotificationKind;
import nl.wijkhub.subscription.Notification.NotificationState;
import nl.wijkhub.subscription.UnnotifiedEventStore.EscalationEvent;
import nl.wijkhub.subscription.UnnotifiedEventStore.ForOne;

/**
 * Stages 80 and 85: writes down, for everything that happened, which subscriptions it is for. Whether it may go is
 * decided when it goes. In: rows that say that nobody was told. Out: a notification per subscription, once.
 */
public final class SubscriberNotify {
    private static final int AT_ONCE = 200;
    private static final String OPENED = "opened";

    /** Endings after which what was told does not stand: the other endings are news of the step itself. */
    private static final Set<String> TAKEN_BACK = Set.of("recalled", "handed-over");

    /** A port: what lies where, and who is asked. */
    public interface Places {
        /** Every buurt that what a step rests on may lie in; none when nobody knows. */
        Collection<String> buurten(UUID signalId, UUID householdId, String teamId);

        /** Who is consulted by a team: the system of its care pair, and partners. */
        Collection<String> consulted(String teamId);
    }

    private final Database database;
    private final UnnotifiedEventStore happened;
    private final SubscriptionStore subscriptions;
    private final SubscriptionLeaseStore leases;
    private final NotificationStore notifications;
    private final Places places;
    private final Clock clock;

    public SubscriberNotify(
            Database database,
            UnnotifiedEventStore happened,
            SubscriptionStore subscriptions,
            SubscriptionLeaseStore leases,
            NotificationStore notifications,
            Places places,
            Clock clock) {
        this.database = database;
        this.happened = happened;
        this.subscriptions = subscriptions;
        this.leases = leases;
        this.notifications = notifications;
        this.places = places;
        this.clock = clock;
    }

    /** Stage 80: steps up the ladder, and questions to care. */
    public void notifySubscribers() {
        database.inTransaction(() -> {
            Instant now = clock.instant();
            List<EscalationEvent> steps = happened.steps(AT_ONCE);
            steps.forEach(step -> tell(step, now));
            happened.stepsTold(steps.stream().map(EscalationEvent::eventId).toList(), now);
            List<ForOne> questions = happened.questions(AT_ONCE);
            questions.forEach(
                    question -> tell(NotificationKind.CONSULT, question.id(), places.consulted(question.to()), now));
            happened.questionsTold(questions.stream().map(ForOne::id).toList(), now);
            return null;
        });
    }

    /** Stage 85: what became of a signal, for whoever sent it. */
    public void notifySenders() {
        database.inTransaction(() -> {
            Instant now = clock.instant();
            List<ForOne> feedback = happened.feedback(AT_ONCE);
            feedback.forEach(one -> tell(NotificationKind.FEEDBACK, one.id(), List.of(one.to()), now));
            happened.feedbackTold(feedback.stream().map(ForOne::id).toList(), now);
            return null;
        });
    }

    private void tell(EscalationEvent step, Instant now) {
        boolean isOfSeat = step.seat().equals(Discipline.MUNICIPALITY.name());
        if (isOfSeat && step.kind().equals(OPENED)) {
            Collection<String> buurten = places.buurten(step.signalId(), step.householdId(), step.teamId());
            write(
                    NotificationKind.ESCALATION,
                    step.escalationId(),
                    subscriptions.forArea(EventType.ESCALATION, step.level(), buurten),
                    now);
        } else if (isOfSeat && step.ending() != null && TAKEN_BACK.contains(step.ending())) {
            recall(NotificationKind.ESCALATION, step.escalationId(), now);
        }
    }

    /** Who took it is told that it does not stand; what nobody took yet is stopped when its turn comes. */
    private void recall(NotificationKind kind, UUID about, Instant now) {
        for (Notification told : notifications.toldOf(kind, about)) {
            if (told.state() == NotificationState.SENT) {
                write(NotificationKind.RECALL, told.id(), List.of(told.subscriptionId()), now);
            }
        }
    }

    private void tell(NotificationKind kind, UUID about, Collection<String> clients, Instant now) {
        write(kind, about, subscriptions.forClients(EventType.of(kind), clients), now);
    }

    private void write(NotificationKind kind, UUID about, List<UUID> to, Instant now) {
        notifications.insert(kind, about, to, now);
        leases.wake(to, now);
    }
}
