package nl.wijkhub.app.broker;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.team.Delivery;
import nl.wijkhub.team.DeliverySender;
import nl.wijkhub.team.TeamEvent;

/**
 * Puts deliveries on their queues; the delivery's id is the duplicate id. A recall first takes what it recalls off the
 * queue.
 */
public final class ArtemisSender implements DeliverySender {
    private final BrokerConnection broker;
    private final MeterRegistry meters;

    public ArtemisSender(BrokerConnection broker, MeterRegistry meters) {
        this.broker = broker;
        this.meters = meters;
    }

    @Override
    public void send(Collection<Delivery> deliveries) {
        List<Delivery> outgoing =
                deliveries.stream().filter(d -> !isTakenOff(d)).toList();
        broker.send(outgoing.stream()
                .map(d -> new OutgoingMessage(
                        d.address(),
                        d.id().toString(),
                        null,
                        TeamEvent.MEDIA_TYPE,
                        d.event().getBytes(StandardCharsets.UTF_8)))
                .toList());
        meters.counter(Meters.DELIVERY, Meters.TAG_PROTOCOL, "amqp", Meters.TAG_OUTCOME, "sent")
                .increment(outgoing.size());
        meters.counter(Meters.DELIVERY, Meters.TAG_PROTOCOL, "amqp", Meters.TAG_OUTCOME, "taken-off")
                .increment(deliveries.size() - outgoing.size());
    }

    /** Whether what it recalls was still on its queue: then nobody took it, and there is nothing to tell. */
    private boolean isTakenOff(Delivery delivery) {
        return delivery.recallsId() != null
                && broker.remove(delivery.address(), delivery.recallsId().toString());
    }
}
