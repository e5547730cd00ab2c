package nl.wijkhub.app.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.function.BiConsumer;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.app.door.Door;
import nl.wijkhub.app.door.DoorAnswer;
import nl.wijkhub.app.door.MessageDoor;
import nl.wijkhub.app.door.MessageInbox;
import nl.wijkhub.app.door.MessageReplay;
import nl.wijkhub.app.door.Pressure;
import nl.wijkhub.app.inbox.AmqpSource;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.web.fhir.FhirApi;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between HTTP or AMQP and a route stand these. */
final class DoorParts {
    private static final Logger LOG = LoggerFactory.getLogger(DoorParts.class);

    final MessageInbox inbox;
    private final MessageDoor messages;
    private final Door door;
    private final DoorAnswer answer;
    private final HubConfig config;
    private final Quarantine quarantine;

    DoorParts(DomainParts domain, BrokerParts queues, Pressure pressure, FhirApi fhir) {
        config = domain.foundation().config();
        HubSettings settings = config.settings();
        SignalParts signal = domain.signal();
        MeterRegistry meters = domain.foundation().meters();
        quarantine = signal.quarantine;
        MessageInbox.Limits limits = new MessageInbox.Limits(
                settings.duration("hub.pressure.oldest-waiting"),
                settings.number("hub.http.max-body-bytes"),
                settings.number("hub.http.max-bulk-bytes"),
                settings.number("hub.work.attempts"),
                settings.duration("hub.work.first-pause"));
        inbox = new MessageInbox(
                config.partners(), limits, quarantine, signal.traffic, signal.inHand, queues.parking::probe);
        messages = new MessageDoor(
                config.partners(), config.doors(), pressure, limits, quarantine, signal.traffic, meters);
        door = new Door(config.partners(), pressure, limits.oldestAllowed());
        answer = new DoorAnswer(fhir, signal.traffic, meters);
    }

    /** The connection that reads what partners send. */
    AmqpSource source() {
        HubSettings settings = config.settings();
        return new AmqpSource(
                URI.create(settings.text("hub.broker.amqp-url")),
                settings.text("hub.broker.user"),
                settings.text("hub.broker.password"));
    }

    /** Takes what was refused after all, by the routes of the doors. */
    MessageReplay replay(ProducerTemplate routes) {
        return new MessageReplay(quarantine, config.partners(), inbox.mostBytes(), routes);
    }

    /** A queue for each partner that sends by AMQP; and a word on what lies in those of others. */
    void keepQueues(BrokerConnection broker) {
        broker.ensureQueues(
                inbox.partners().stream()
                        .map(id -> MessageInbox.ADDRESS + '.' + id)
                        .toList(),
                -1);
        tellUnread(broker, config);
    }

    /** Messages of a partner that is none any more stay on its address: nobody but a person can say what is to be done. */
    private static void tellUnread(BrokerConnection broker, HubConfig config) {
        for (String queue : broker.queues(MessageInbox.ADDRESS + '.')) {
            String partner = queue.substring(MessageInbox.ADDRESS.length() + 1);
            long messages = config.partners().find(partner).isPresent() ? 0 : broker.depth(queue);
            if (messages > 0) {
                LOG.warn("event=inbox.unread queue={} messages={}", queue, messages);
            }
        }
    }

    void bind(BiConsumer<String, Object> beans) {
        beans.accept("door", door);
        beans.accept("doorAnswer", answer);
        beans.accept("messageDoor", messages);
    }
}
