package nl.wijkhub.plan;

import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/** Keeps what the senders of signals on an agenda are to hear: that people took them up, or closed them; nothing else. */
public interface AgendaFeedback {
    void takenUp(Collection<UUID> signals, Instant at);

    void closed(Collection<UUID> signals, Instant at);
}
