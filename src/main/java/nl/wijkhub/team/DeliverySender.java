package nl.wijkhub.team;

import java.util.Collection;

/** A port: puts deliveries on their queues; returns when all are durable there. Repeats do no harm. */
public interface DeliverySender {
    void send(Collection<Delivery> deliveries);
}
