package nl.wijkhub.app.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.client.ClientMessage;

/** Failed ids that wait for their next attempt, each with the later ids of its group queued behind it. */
final class Waiting {
    /**
     * @param untilNanos by {@link System#nanoTime}, which no clock that is put right moves
     */
    private record Held(Deque<ClientMessage> messages, long untilNanos) {}

    private final Map<String, Held> byGroup = new HashMap<>();

    boolean isEmpty() {
        return byGroup.isEmpty();
    }

    void add(ClientMessage message, Duration delay) {
        Deque<ClientMessage> messages = new ArrayDeque<>();
        messages.add(message);
        byGroup.put(groupOf(message), new Held(messages, System.nanoTime() + delay.toNanos()));
    }

    /** Takes the message aside when its group waits; true when it did. */
    boolean holdsBack(ClientMessage message) {
        Held held = byGroup.get(groupOf(message));
        if (held == null || held.messages().contains(message)) {
            return false;
        }
        held.messages().add(message);
        return true;
    }

    /** All messages of one group whose pause is over, in their order; empty when there is none. */
    List<ClientMessage> due() {
        long now = System.nanoTime();
        for (var entry : byGroup.entrySet()) {
            if (now - entry.getValue().untilNanos() > 0) {
                byGroup.remove(entry.getKey());
                return List.copyOf(entry.getValue().messages());
            }
        }
        return List.of();
    }

    private static String groupOf(ClientMessage message) {
        return message.getGroupID() == null
                ? "" + message.getMessageID()
                : message.getGroupID().toString();
    }
}
