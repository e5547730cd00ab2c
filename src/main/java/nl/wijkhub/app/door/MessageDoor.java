package nl.wijkhub.app.door;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.app.inbox.AmqpReading;
import nl.wijkhub.app.inbox.InboxComponent;
import nl.wijkhub.app.inbox.PartnerMessage;
import nl.wijkhub.kernel.MediaType;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.signal.PartnerDoor;
import nl.wijkhub.signal.PartnerDoors;
import nl.wijkhub.signal.PartnerTraffic;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.signal.SignalReading;
import nl.wijkhub.web.http.ProblemAnswer;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route of {@code signal.in.<partner>} before and after a mapper, as {@link Door} and
 * {@link DoorAnswer} do for HTTP. Nobody waits for an answer: what is refused goes to quarantine, whole.
 */
public final class MessageDoor {
    private static final String BYTES = "bytes";
    private static final String SAMENESS = "sameness";
    private static final Logger LOG = LoggerFactory.getLogger(MessageDoor.class);
    private static final Set<String> NO_ENCODING = Set.of("", "identity");

    private final Partners partners;
    private final PartnerDoors doors;
    private final Pressure pressure;
    private final MessageInbox.Limits limits;
    private final Quarantine quarantine;
    private final PartnerTraffic traffic;
    private final MeterRegistry meters;

    public MessageDoor(
            Partners partners,
            PartnerDoors doors,
            Pressure pressure,
            MessageInbox.Limits limits,
            Quarantine quarantine,
            PartnerTraffic traffic,
            MeterRegistry meters) {
        this.partners = partners;
        this.doors = doors;
        this.pressure = pressure;
        this.limits = limits;
        this.quarantine = quarantine;
        this.traffic = traffic;
        this.meters = meters;
    }

    /**
     * Takes a message apart: leaves it as variable {@code message}, by which the route chooses the format it is read in.
     */
    public void open(Exchange exchange) {
        byte[] bytes = exchange.getMessage().getBody(byte[].class);
        exchange.setVariable(BYTES, bytes);
        String sender = exchange.getVariable(InboxComponent.SENDER, String.class);
        Partner partner = partners.find(sender).orElseThrow(() -> new Rejected(Problem.NOT_ALLOWED));
        if (pressure.age().compareTo(limits.oldestAllowed()) > 0) {
            throw new Unavailable("stages", null);
        }
        exchange.setVariable(Variables.PARTNER, partner);
        exchange.setVariable(Variables.TRACE, Trace.continuing(null));
        PartnerMessage message = AmqpReading.read(bytes);
        exchange.setVariable(Variables.TRACE, Trace.continuing(message.traceparent()));
        exchange.setVariable(SAMENESS, message.sameness());
        // before anything is made of the body: what is too large takes many times its size as a tree
        requireReadable(message);
        exchange.setVariable(Variables.MESSAGE, new MessageContent(message, partner, doors));
    }

    /**
     * Lets a message through the door of its format: checks the right of its sender and the media type, and leaves the bytes
     * as body.
     */
    public void admit(Exchange exchange, String format) {
        PartnerDoor door = doors.ofFormat(format).orElseThrow(() -> new Rejected(Problem.NOT_ALLOWED));
        exchange.setVariable(Variables.DOOR, door.door());
        Partner partner = exchange.getVariable(Variables.PARTNER, Partner.class);
        if (!partner.doors().contains(door.door())) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        MessageContent content = exchange.getVariable(Variables.MESSAGE, MessageContent.class);
        String mediaType = MediaType.of(content.message().contentType()).require(door.mediaTypes());
        exchange.setVariable(Variables.MEDIA_TYPE, mediaType);
        Trace trace = exchange.getVariable(Variables.TRACE, Trace.class);
        exchange.setVariable(Variables.INCOMING, content.incoming(mediaType, trace));
        exchange.getMessage().setHeader("Idempotency-Key", content.message().property("Idempotency-Key"));
        exchange.getMessage().setBody(content.message().body());
    }

    private void requireReadable(PartnerMessage message) {
        if (message.contentEncoding() != null && !NO_ENCODING.contains(message.contentEncoding())) {
            throw Rejected.of(Problem.UNSUPPORTED_MEDIA_TYPE, "", "content-encoding");
        }
        int most =
                SignalReading.MANY.contains(MediaType.of(message.contentType()).name())
                        ? limits.manyBytes()
                        : limits.oneBytes();
        if (message.body().length > most) {
            throw new Rejected(Problem.TOO_LARGE);
        }
    }

    /**
     * What came of a message that was read: counted, and kept as a whole when a line of it was refused. A line that failed by
     * our own fault fails the message: it is tried again, and its good lines are recognised.
     */
    public void close(Exchange exchange, Object result) {
        Trace trace = exchange.getVariable(Variables.TRACE, Trace.class);
        MessageResult read = MessageResult.of(result, trace);
        if (read.failure() != null) {
            throw read.failure();
        }
        String partner = exchange.getVariable(InboxComponent.SENDER, String.class);
        if (read.refusal() == null) {
            quarantine.cameAgain(partner, exchange.getVariable(SAMENESS, String.class), read.answer());
        } else {
            keep(exchange, read.refusal(), Problem.INVALID_INPUT);
        }
        read.statuses().forEach(status -> count(exchange, status));
    }

    /** A message that was refused goes to quarantine. */
    public void refuse(Exchange exchange, Exception failure) {
        Problem problem = ProblemAnswer.problemOf(failure);
        keep(exchange, MessageResult.refusal(failure, exchange.getVariable(Variables.TRACE, Trace.class)), problem);
        count(exchange, problem.status());
    }

    private void keep(Exchange exchange, String refusal, Problem problem) {
        String partner = exchange.getVariable(InboxComponent.SENDER, String.class);
        UUID id = quarantine.keep(
                partner,
                new ByteArrayInputStream(exchange.getVariable(BYTES, byte[].class)),
                exchange.getVariable(SAMENESS, String.class),
                refusal);
        LOG.info("event=message.refused partner={} quarantine={} problem={}", partner, id, problem.code());
    }

    private void count(Exchange exchange, int status) {
        traffic.came(exchange.getVariable(InboxComponent.SENDER, String.class), DoorAnswer.outcome(status));
        meters.counter(
                        Meters.DOOR,
                        Meters.TAG_DOOR,
                        exchange.getVariable(Variables.DOOR, "unknown", String.class),
                        Meters.TAG_OUTCOME,
                        "message-" + status)
                .increment();
    }
}
