package nl.wijkhub.team;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.escalation.EscalatedSignal;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.plan.AttachedSignal;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.signal.SignalStore;

/**
 * Stage 70: puts each released signal in the queue of its (team, discipline) pair.
 * {@link #assign} writes queue items and deliveries in the transaction of the batch and ends it: the signals are worked.
 * {@link #send} puts the deliveries on their broker queues, after the commit.
 */
public final class TeamQueue {
    public static final String STAGE = "team-queue";

    private final Teams teams;
    private final QueueStore queue;
    private final DeliveryStore deliveries;
    private final SignalStore signals;
    private final DeliverySender sender;
    private final TeamEvent events;
    private final Timeline timeline;
    private final Clock clock;
    private final ConcurrentLinkedQueue<UUID> wentOut = new ConcurrentLinkedQueue<>();

    public TeamQueue(
            Teams teams,
            QueueStore queue,
            DeliveryStore deliveries,
            SignalStore signals,
            DeliverySender sender,
            TeamEvent events,
            Timeline timeline,
            Clock clock) {
        this.teams = teams;
        this.queue = queue;
        this.deliveries = deliveries;
        this.signals = signals;
        this.sender = sender;
        this.events = events;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** In: a batch at its last stage. Out: what has to be sent once the transaction is committed. */
    public List<Delivery> assign(List<EscalatedSignal> batch) {
        Instant now = clock.instant();
        List<Delivery> outgoing = new ArrayList<>();
        outgoing.addAll(recalls(
                batch.stream()
                        .flatMap(escalated -> escalated.attached().decided().recalled().stream())
                        .toList(),
                now));
        outgoing.addAll(queued(batch, now));
        deliveries.insert(outgoing, now);
        letGo();
        signals.markWorked(
                batch.stream().map(EscalatedSignal::signalId).toList(),
                batch.stream()
                        .map(e -> e.attached().decided().matched().householdId())
                        .toList(),
                now);
        timeline.passed(batch.stream()
                .filter(e -> e.attached().decided().isReleased())
                .map(e -> new Timeline.Entry(e.signalId(), STAGE, "queued", now))
                .toList());
        return outgoing;
    }

    /** In: signals worked before, with the releases another team gets now. Out: what has to be sent after the commit. */
    public List<Delivery> passOn(List<AttachedSignal> handedOver) {
        Instant now = clock.instant();
        List<Delivery> outgoing = queued(
                handedOver.stream()
                        .map(attached -> new EscalatedSignal(attached, Map.of()))
                        .toList(),
                now);
        deliveries.insert(outgoing, now);
        return outgoing;
    }

    private List<Delivery> queued(List<EscalatedSignal> batch, Instant now) {
        List<QueueItem> items = new ArrayList<>();
        List<Delivery> outgoing = new ArrayList<>();
        for (EscalatedSignal escalated : batch) {
            AttachedSignal attached = escalated.attached();
            for (Release release : attached.decided().released()) {
                QueueItem item = item(attached, release, now);
                items.add(item);
                outgoing.add(assignment(item, attached, escalated.levels().get(release.id()), now));
            }
        }
        queue.insert(items, now);
        return outgoing;
    }

    /** In: releases that do not stand any more. Out: what has to be sent once the transaction is committed. */
    public List<Delivery> recall(List<Release> recalled) {
        Instant now = clock.instant();
        List<Delivery> outgoing = recalls(recalled, now);
        deliveries.insert(outgoing, now);
        return outgoing;
    }

    private List<Delivery> recalls(List<Release> recalled, Instant now) {
        List<QueueItem> items = queue.close(recalled.stream().map(Release::id).toList(), now);
        // an assignment that has not gone yet must not follow its own recall
        deliveries.makeVoid(items.stream().map(QueueItem::id).toList(), now);
        return items.stream().map(item -> recall(item, now)).toList();
    }

    /** Sends what the committed transaction wrote; the next transaction deletes it. */
    public void send(List<Delivery> outgoing) {
        sender.send(outgoing);
        outgoing.forEach(delivery -> wentOut.add(delivery.id()));
    }

    /** Deletes the deliveries that were sent since the last time. */
    public void letGo() {
        List<UUID> sent = new ArrayList<>();
        for (UUID id = wentOut.poll(); id != null; id = wentOut.poll()) {
            sent.add(id);
        }
        Instant now = clock.instant();
        List<UUID> overtaken = deliveries.takeAway(sent, () -> wentOut.addAll(sent));
        if (!overtaken.isEmpty()) {
            // recalled while it was on its way: the sweep takes it off again, or tells whoever took it
            deliveries.insert(
                    queue.byIds(overtaken).stream()
                            .map(item -> recall(item, now))
                            .toList(),
                    now);
        }
    }

    /** Where every seat is sent to → the name of its queue, for the broker. */
    public static Map<String, String> queues(Teams teams) {
        return teams.all().stream()
                .flatMap(team -> team.seats().stream())
                .collect(Collectors.toMap(seat -> seat.recipient().queue(), Seat::longQueue));
    }

    private QueueItem item(AttachedSignal attached, Release release, Instant now) {
        Priority priority = Priority.of(
                release.decision(), attached.decided().matched().accepted().signal());
        Team team = teams.find(release.recipient().teamId()).orElseThrow();
        return new QueueItem(
                Identifier.next(),
                release.recipient(),
                release.id(),
                attached.signalId(),
                attached.planId(),
                attached.epoch(),
                QueueItem.ItemState.WAITING,
                priority,
                now,
                now.plus(team.terms().get(priority)));
    }

    private Delivery assignment(QueueItem item, AttachedSignal attached, Integer level, Instant now) {
        return new Delivery(
                item.id(),
                item.recipient().queue(),
                item.id(),
                events.assigned(
                        item.id(),
                        item,
                        subject(item),
                        level,
                        attached.decided().matched().accepted().trace(),
                        now),
                null);
    }

    private Delivery recall(QueueItem item, Instant now) {
        UUID id = Identifier.next();
        return new Delivery(
                id, item.recipient().queue(), item.id(), events.recalled(id, item, subject(item), now), item.id());
    }

    /** Under what this recipient knows the plan, in this one of its lives. */
    private String subject(QueueItem item) {
        if (item.planId() == null) {
            return events.subject("signal", item.signalId().toString(), item.recipient());
        }
        String life = item.planEpoch() == 1 ? "" : "|" + item.planEpoch();
        return events.subject("plan", item.planId() + life, item.recipient());
    }
}
