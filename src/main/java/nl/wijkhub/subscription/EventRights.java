package nl.wijkhub.subscription;

import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.escalation.EscalationStep;
import nl.wijkhub.escalation.Escalations;
import nl.wijkhub.sharing.ConsultationSharing;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.subscription.SubscriberEvent.EventContent;

/** Asks whoever decides: row 27 for a step up the ladder, 28 for a question to care, 29 for feedback to a sender. */
public final class EventRights implements SubscriberRights {
    /** A port: the signal that feedback is about, when its sender may be told now. */
    public interface OwnSignals {
        Optional<UUID> mayTell(UUID feedbackId, String evaluation);
    }

    private final Escalations escalations;
    private final ConsultationSharing consultations;
    private final OwnSignals feedback;
    private final NotificationStore notifications;
    private final SubscriberEvent events;
    private final Partners partners;

    public EventRights(
            Escalations escalations,
            ConsultationSharing consultations,
            OwnSignals feedback,
            NotificationStore notifications,
            SubscriberEvent events,
            Partners partners) {
        this.escalations = escalations;
        this.consultations = consultations;
        this.feedback = feedback;
        this.notifications = notifications;
        this.events = events;
        this.partners = partners;
    }

    @Override
    public Optional<EventContent> look(Subscription subscription, Notification notification, String evaluation) {
        return switch (notification.kind()) {
            case ESCALATION -> step(subscription, notification, evaluation);
            case CONSULT -> question(subscription, notification, evaluation);
            case FEEDBACK -> ownSignal(subscription, notification, evaluation);
            case RECALL -> recall(notification);
        };
    }

    private Optional<EventContent> step(Subscription subscription, Notification notification, String evaluation) {
        return partners.find(subscription.client())
                .flatMap(partner -> escalations.look(notification.aboutId(), partner, evaluation))
                .filter(notice -> isUp(notice.state()) || notification.sequence() != null)
                .map(notice -> new EventContent(
                        EventType.ESCALATION,
                        notice.id(),
                        events.subject(subscription.client(), notice.planId(), notice.epoch()),
                        "/v1/escalations/" + notice.id(),
                        notice.dueAt(),
                        notice.level()));
    }

    /** One that ended before anybody was told of it is no news. */
    private static boolean isUp(EscalationStep.StepState state) {
        return state == EscalationStep.StepState.OPEN || state == EscalationStep.StepState.TAKEN;
    }

    private Optional<EventContent> question(Subscription subscription, Notification notification, String evaluation) {
        return consultations
                .mayAsk(notification.aboutId(), evaluation)
                .filter(asked -> asked.advice() == null || notification.sequence() != null)
                .map(asked -> new EventContent(
                        EventType.CONSULT,
                        asked.id(),
                        events.subject(subscription.client(), asked.signalId()),
                        "/v1/consultations/" + asked.id(),
                        asked.dueAt(),
                        0));
    }

    private Optional<EventContent> ownSignal(Subscription subscription, Notification notification, String evaluation) {
        return feedback.mayTell(notification.aboutId(), evaluation)
                .map(signal -> new EventContent(
                        EventType.FEEDBACK,
                        signal,
                        events.subject(subscription.client(), signal),
                        "/v1/signals/" + signal,
                        null,
                        0));
    }

    /** The id under which it was told, no reason. */
    private Optional<EventContent> recall(Notification recall) {
        Notification old = notifications.byId(recall.aboutId()).orElseThrow();
        String subject = recall.subject() == null ? old.subject() : recall.subject();
        return Optional.of(
                new EventContent(EventType.RECALL, old.id(), subject, dataref(old.kind(), old.aboutId()), null, 0));
    }

    private static String dataref(Notification.NotificationKind kind, UUID about) {
        return (kind == Notification.NotificationKind.CONSULT ? "/v1/consultations/" : "/v1/escalations/") + about;
    }
}
