package nl.wijkhub.subscription;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.subscription.Notification.NotificationKind;
import nl.wijkhub.subscription.Notification.NotificationState;
import nl.wijkhub.subscription.SubscriberEvent.EventContent;
import nl.wijkhub.subscription.SubscriberSender.Answer;
import nl.wijkhub.subscription.SubscriberSender.Request;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.Subscription.Status;

/**
 * One subscription at a time, one event at a time, in order. {@link #next} says what is to be sent now and lets it go;
 * {@link #settle} writes down what came of it. Nothing goes that may not go at that moment. A number is given when an
 * event is first let go; one that nobody can have seen is given again, and where somebody may have seen it a recall
 * takes its place: the numbers tell nothing about what was withdrawn.
 */
public final class SubscriberDelivery {
    private static final long MINUTE_MILLIS = 60_000;

    /** Something to be sent, or a queue to put it on. */
    sealed interface Task permits Ask, Tell, Enqueue {}

    /** Whether the receiver wants events, or that the subscription lives. */
    record Ask(Subscription subscription, Request request) implements Task {}

    record Tell(Subscription subscription, Notification notification, Request request) implements Task {}

    record Enqueue(Subscription subscription, Notification notification, byte[] event) implements Task {}

    private final Database database;
    private final SubscriptionStore subscriptions;
    private final SubscriptionLeaseStore leases;
    private final NotificationStore notifications;
    private final SubscriberRights rights;
    private final SubscriberEvent events;
    private final Map<Protocol, SubscriberMessages> languages;
    private final SubscriberSender sender;
    private final RetryPolicy retry;
    private final Duration lease;
    private final Clock clock;

    /**
     * @param lease longer than anything that is sent may take
     */
    public SubscriberDelivery(
            SubscriberSending sending,
            Database database,
            SubscriptionStore subscriptions,
            SubscriptionLeaseStore leases,
            NotificationStore notifications,
            SubscriberRights rights,
            SubscriberEvent events,
            Clock clock) {
        this.database = database;
        this.subscriptions = subscriptions;
        this.leases = leases;
        this.notifications = notifications;
        this.rights = rights;
        this.events = events;
        this.languages = sending.languages();
        this.sender = sending.sender();
        this.retry = sending.retry();
        this.lease = sending.lease();
        this.clock = clock;
    }

    /** What has to be sent now on a subscription that was claimed; empty when nothing, and the claim is ended then. */
    Optional<Task> next(UUID id) {
        return database.inTransaction(() -> {
            Instant now = clock.instant();
            Subscription subscription = subscriptions.hold(id).orElseThrow();
            Optional<Task> task =
                    switch (subscription.status()) {
                        case PENDING ->
                            Optional.of(
                                    new Ask(subscription, language(subscription).handshake(subscription)));
                        // what was withdrawn on the way may have given numbers back
                        case ACTIVE ->
                            first(subscription, now)
                                    .or(() -> heartbeat(subscriptions.hold(id).orElseThrow(), now));
                        case STOPPED, REFUSED -> Optional.empty();
                    };
            if (task.isEmpty()) {
                leases.releaseLease(id, null, null);
            } else {
                leases.extend(id, now, now.plus(lease));
            }
            return task;
        });
    }

    private Optional<Task> heartbeat(Subscription subscription, Instant now) {
        Instant last = subscription.standing().lastAttemptAt() == null
                ? subscription.standing().since()
                : subscription.standing().lastAttemptAt();
        // a receiver that failed is asked again as soon as its pause is over
        boolean isDue = subscription.heartbeatSeconds() > 0
                && (subscription.standing().failures() > 0
                        || !last.plusSeconds(subscription.heartbeatSeconds()).isAfter(now));
        return isDue
                ? Optional.of(new Ask(subscription, language(subscription).heartbeat(subscription)))
                : Optional.empty();
    }

    private Optional<Task> first(Subscription subscription, Instant now) {
        for (Optional<Notification> first = notifications.first(subscription.id());
                first.isPresent();
                first = notifications.first(subscription.id())) {
            Notification notification = first.get();
            Optional<EventContent> told = rights.look(subscription, notification, "attempt");
            if (told.isPresent()) {
                return Optional.of(task(subscription, notification, told.get(), now));
            }
            withdraw(subscription, notification, now);
        }
        return Optional.empty();
    }

    private Task task(Subscription subscription, Notification notification, EventContent told, Instant now) {
        long sequence = number(subscription, notification, now);
        notifications.assignSequence(notification.id(), sequence, told.subject(), now.plus(retry.giveUpAfter()));
        return subscription.protocol() == Protocol.AMQP
                ? new Enqueue(subscription, notification, events.of(notification, sequence, told))
                : new Tell(
                        subscription,
                        notification,
                        language(subscription).event(subscription, notification, sequence, told));
    }

    private long number(Subscription subscription, Notification notification, Instant now) {
        if (notification.sequence() != null) {
            return notification.sequence();
        }
        return takenOff(subscription, notification, now).orElseGet(() -> subscriptions.number(subscription.id()));
    }

    /** A recall of what still stands on its queue takes it off, and its number with it. */
    private Optional<Long> takenOff(Subscription subscription, Notification recall, Instant now) {
        if (recall.kind() != NotificationKind.RECALL || subscription.protocol() != Protocol.AMQP) {
            return Optional.empty();
        }
        return notifications
                .byId(recall.aboutId())
                .filter(old ->
                        old.state() == NotificationState.SENT && sender.takeOff(subscription.address(), old.id()))
                .map(old -> {
                    notifications.makeVoid(old.id(), now);
                    return old.sequence();
                });
    }

    /** What may not go any more. */
    private void withdraw(Subscription subscription, Notification notification, Instant now) {
        notifications.makeVoid(notification.id(), now);
        if (notification.sequence() == null) {
            return;
        }
        boolean isForgotten =
                !notification.hasReached() && subscriptions.takeBack(subscription.id(), notification.sequence());
        if (!isForgotten) {
            notifications.recallInPlaceOf(notification, now);
        }
    }

    /**
     * @return whether there may be more to send at once; the claim goes on then, and is ended otherwise
     */
    boolean settle(Task task, Answer answer) {
        return database.inTransaction(() -> {
            Instant now = clock.instant();
            if (task instanceof Ask ask) {
                return asked(ask, answer, now);
            }
            Tell tell = (Tell) task;
            Subscription held = subscriptions.hold(tell.subscription().id()).orElseThrow();
            if (answer.isGood()) {
                notifications.tried(tell.notification().id(), NotificationState.SENT, true, null, now);
                return wentWell(held, now);
            }
            return failed(held, tell.notification(), answer, now);
        });
    }

    /** The event stands on its queue. */
    boolean enqueued(Enqueue task) {
        return database.inTransaction(() -> {
            Instant now = clock.instant();
            // the subscription before its events, as whoever fetches them: the other way round the two wait for each
            // other
            Subscription held = subscriptions.hold(task.subscription().id()).orElseThrow();
            notifications.tried(task.notification().id(), NotificationState.SENT, true, null, now);
            leases.succeeded(held.id(), now);
            return true;
        });
    }

    /** The hub itself could not do it: tried again later, as if the receiver had failed. */
    void failedHere(UUID subscription, String reason) {
        database.inTransaction(() -> {
            Instant now = clock.instant();
            Subscription held = subscriptions.hold(subscription).orElseThrow();
            leases.failed(subscription, reason, retry.next(held.standing().failures() + 1, now), now);
            return null;
        });
    }

    private boolean wentWell(Subscription subscription, Instant now) {
        long pause = MINUTE_MILLIS / subscription.ratePerMinute();
        Instant next = subscription.standing().lastAttemptAt().plusMillis(pause);
        if (next.isAfter(now)) {
            leases.releaseLease(subscription.id(), notifications.waits(subscription.id()) ? next : null, now);
            return false;
        }
        leases.succeeded(subscription.id(), now);
        return true;
    }

    private boolean failed(Subscription subscription, Notification sent, Answer answer, Instant now) {
        Notification tried = notifications.byId(sent.id()).orElseThrow();
        // its owner may have fetched it while it was on its way
        boolean wasFetched = tried.attempts() != sent.attempts();
        boolean reached = answer.reached() || sent.hasReached() || wasFetched;
        if (answer.status() == 410) {
            notifications.tried(sent.id(), NotificationState.WAITING, reached, "gone", now);
            end(subscription, "gone", now);
            return false;
        }
        boolean isGivenUp = !now.isBefore(tried.retryUntil());
        // a dead letter shows its number to its owner
        notifications.tried(
                sent.id(),
                isGivenUp ? NotificationState.DEAD : NotificationState.WAITING,
                reached || isGivenUp,
                answer.reason(),
                now);
        int failures = subscription.standing().failures() + 1;
        Instant next = retry.next(failures, answer.headers().get("retry-after"), now);
        leases.failed(subscription.id(), answer.reason(), next, now);
        return false;
    }

    private boolean asked(Ask ask, Answer answer, Instant now) {
        Subscription held = subscriptions.hold(ask.subscription().id()).orElseThrow();
        if (held.status() != Status.PENDING) {
            return alive(held, answer, now);
        }
        Handshake.Verdict verdict = language(held).verdict(held, answer);
        boolean isPending = verdict.status() == Status.PENDING;
        if (isPending && now.isBefore(held.createdAt().plus(retry.giveUpAfter()))) {
            Instant next =
                    retry.next(held.standing().failures() + 1, answer.headers().get("retry-after"), now);
            leases.failed(held.id(), verdict.reason(), next, now);
            return false;
        }
        Status status = isPending ? Status.REFUSED : verdict.status();
        leases.releaseLease(held.id(), null, status == Status.ACTIVE ? now : null);
        subscriptions.setStatus(held.id(), status, verdict.reason(), verdict.ratePerMinute(), now);
        return false;
    }

    /** After a heartbeat. */
    private boolean alive(Subscription subscription, Answer answer, Instant now) {
        if (answer.isGood()) {
            leases.releaseLease(subscription.id(), notifications.waits(subscription.id()) ? now : null, now);
        } else if (answer.status() == 410) {
            end(subscription, "gone", now);
        } else {
            Instant next = retry.next(subscription.standing().failures() + 1, now);
            leases.failed(subscription.id(), answer.reason(), next, now);
        }
        return false;
    }

    private void end(Subscription subscription, String reason, Instant now) {
        leases.releaseLease(subscription.id(), null, null);
        subscriptions.setStatus(subscription.id(), Status.STOPPED, reason, null, now);
        notifications.end(subscription.id(), now);
    }

    private SubscriberMessages language(Subscription subscription) {
        return languages.get(subscription.protocol());
    }
}
