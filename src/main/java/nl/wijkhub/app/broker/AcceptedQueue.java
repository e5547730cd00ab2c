package nl.wijkhub.app.broker;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Together;
import nl.wijkhub.signal.Receipt;
import nl.wijkhub.signal.SignalStore;

/** The queue of accepted ids, between the doors and the stages. Ids alone, grouped by household pseudonym. */
public final class AcceptedQueue {
    public static final String ADDRESS = "signal.accepted";
    public static final String DEAD = "dead." + ADDRESS;

    /** Groups are hashed into this many buckets, so that millions of households cost no memory in the broker. */
    public static final int GROUP_BUCKETS = 1024;

    private final BrokerConnection broker;
    private final Clock clock;
    private final Together<Receipt, Receipt> sends = new Together<>(this::send);

    public AcceptedQueue(BrokerConnection broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /**
     * Puts the id of a receipt on the queue, unless its signal needs no more work; durable when it returns. It shares its send with
     * whatever others are put at the same moment.
     */
    public Receipt put(Receipt receipt) {
        return receipt.worked() ? receipt : sends.ask(receipt);
    }

    private List<Receipt> send(List<Receipt> group) {
        putAll(group);
        return group;
    }

    /** The same for many, in one send. */
    public void putAll(List<Receipt> receipts) {
        Map<UUID, Receipt> unworked = new LinkedHashMap<>();
        receipts.stream().filter(receipt -> !receipt.worked()).forEach(r -> unworked.putIfAbsent(r.signalId(), r));
        broker.send(unworked.values().stream()
                .map(r -> message(ADDRESS, r.signalId().toString(), r.group(), ""))
                .toList());
    }

    /** Queues lost ids again. Each time under another duplicate id: the broker may still remember the first. */
    public void requeue(List<SignalStore.Requeue> lost) {
        broker.send(lost.stream()
                .map(r -> message(ADDRESS, r.id().toString(), r.group(), ":" + r.count()))
                .toList());
    }

    /** Shows a parked id where operators look for what is dead. */
    public void bury(String id) {
        broker.send(List.of(message(DEAD, id, null, ":" + clock.millis())));
    }

    /** Whether the last look found the broker away. */
    public boolean isAway() {
        return broker.isAway();
    }

    public Optional<Instant> oldestWaiting() {
        return Optional.ofNullable(broker.oldestWaiting(ADDRESS));
    }

    public long depth() {
        return broker.depth(ADDRESS);
    }

    private static OutgoingMessage message(String address, String id, String group, String occurrence) {
        return new OutgoingMessage(address, id + occurrence, group, "text/plain", id.getBytes(StandardCharsets.UTF_8));
    }
}
