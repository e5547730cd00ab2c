package nl.wijkhub.app;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.app.broker.OutgoingMessage;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.team.Delivery;
import nl.wijkhub.team.DeliverySender;
import nl.wijkhub.team.TeamEvent;

/** Puts deliveries on their queues; the delivery's id is the duplicate id. */
final class ArtemisSender implements DeliverySender {
    private final BrokerConnection broker;
    private final MeterRegistry meters;

    ArtemisSender(BrokerConnection broker, MeterRegistry meters) {
        this.broker = broker;
        this.meters = meters;
    }

    @Override
    public void send(Collection<Delivery> deliveries) {
        broker.send(deliveries.stream()
                .map(d -> new OutgoingMessage(
                        d.address(),
                        d.id().toString(),
                        null,
                        TeamEvent.MEDIA_TYPE,
                        d.event().getBytes(StandardCharsets.UTF_8)))
                .toList());
        meters.counter(Meters.DELIVERY, Meters.TAG_PROTOCOL, "amqp", Meters.TAG_OUTCOME, "sent")
                .increment(deliveries.size());
    }
}
