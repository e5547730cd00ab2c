package nl.wijkhub.app.door;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.app.inbox.AmqpReading;
import nl.wijkhub.app.inbox.Inbox;
import nl.wijkhub.app.inbox.InboxComponent;
import nl.wijkhub.app.inbox.PartnerMessage;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.signal.EventAttributes;
import nl.wijkhub.signal.InHandStore;
import nl.wijkhub.signal.Incoming;
import nl.wijkhub.signal.PartnerTraffic;
import nl.wijkhub.signal.PartnerTraffic.Outcome;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.signal.SignalReading;
import nl.wijkhub.web.http.ProblemAnswer;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the address {@code signal.in.<partner>} does before and after a mapper, as {@link Door} does for HTTP. Nobody waits
 * for an answer: what cannot be taken goes to quarantine, whole.
 */
public final class MessageDoor implements Inbox {
    /** Of every partner's own address, before its id. */
    public static final String ADDRESS = "signal.in";

    private static final String MESSAGE = "message";
    private static final String SAMENESS = "sameness";
    private static final Logger LOG = LoggerFactory.getLogger(MessageDoor.class);
    private static final Set<String> NO_ENCODING = Set.of("", "identity");

    /** What stands around the body of a message: its properties, which a broker limits too. */
    private static final int ENVELOPE_BYTES = 64 * 1024;

    private final Partners partners;
    private final Pressure pressure;
    private final Limits limits;
    private final Quarantine quarantine;
    private final PartnerTraffic traffic;
    private final InHandStore inHand;
    private final Runnable probe;
    private final MeterRegistry meters;

    /**
     * @param oldestAllowed how long the oldest signal may wait before no more is taken in
     * @param oneBytes what one signal may measure
     * @param manyBytes what many in one message may measure
     * @param attempts how often work is tried that fails by our own fault
     * @param firstPause before the second attempt; doubled each time
     */
    public record Limits(Duration oldestAllowed, int oneBytes, int manyBytes, int attempts, Duration firstPause) {}

    public MessageDoor(
            Partners partners,
            Pressure pressure,
            Limits limits,
            Quarantine quarantine,
            PartnerTraffic traffic,
            InHandStore inHand,
            Runnable probe,
            MeterRegistry meters) {
        this.partners = partners;
        this.pressure = pressure;
        this.limits = limits;
        this.quarantine = quarantine;
        this.traffic = traffic;
        this.inHand = inHand;
        this.probe = probe;
        this.meters = meters;
    }

    @Override
    public Collection<String> partners() {
        return partners.ids();
    }

    @Override
    public int mostBytes() {
        return limits.manyBytes() + ENVELOPE_BYTES;
    }

    @Override
    public void probe() {
        probe.run();
    }

    @Override
    public boolean take(String partner, byte[] message) {
        if (inHand.take(ADDRESS + '.' + partner, AmqpReading.digest(message)) <= InHandStore.MOST_TIMES) {
            return true;
        }
        park(partner, message, new IllegalStateException("no hub outlived it"));
        release(partner, message);
        return false;
    }

    @Override
    public void release(String partner, byte[] message) {
        inHand.release(ADDRESS + '.' + partner, AmqpReading.digest(message));
    }

    /** Opens a message: leaves what its mapper reads as body, and its partner, media type, trace and language. */
    public void open(Exchange exchange) {
        exchange.setProperty(MESSAGE, exchange.getMessage().getBody(byte[].class));
        String sender = exchange.getProperty(InboxComponent.SENDER, String.class);
        Partner partner = partners.find(sender).orElseThrow(() -> new Rejected(Problem.NOT_ALLOWED));
        if (pressure.age().compareTo(limits.oldestAllowed()) > 0) {
            throw new Unavailable("stages", null);
        }
        exchange.setProperty("partner", partner);
        exchange.setProperty("trace", Trace.continuing(null));
        PartnerMessage message = AmqpReading.read(exchange.getProperty(MESSAGE, byte[].class));
        exchange.setProperty("trace", Trace.continuing(message.traceparent()));
        exchange.setProperty(SAMENESS, message.sameness());
        // before anything is made of the body: what is too large takes many times its size as a tree
        requireReadable(message);
        MessageFormat language = MessageFormat.of(message, partner);
        exchange.setProperty("language", language.route());
        exchange.setProperty("door", language.door());
        if (!partner.doors().contains(language.door())) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        String mediaType = MediaType.require(message.contentType(), language.mediaTypes());
        exchange.setProperty("mediaType", mediaType);
        exchange.getMessage().setHeader("Idempotency-Key", message.property("Idempotency-Key"));
        exchange.getMessage().setBody(content(exchange, message, language, mediaType));
    }

    private void requireReadable(PartnerMessage message) {
        if (message.contentEncoding() != null && !NO_ENCODING.contains(message.contentEncoding())) {
            throw Rejected.of(
                    Problem.UNSUPPORTED_MEDIA_TYPE, "", "content-encoding", "Stuur het bericht zonder inpakken.");
        }
        int most = SignalReading.MANY.contains(MediaType.bare(message.contentType()))
                ? limits.manyBytes()
                : limits.oneBytes();
        if (message.body().length > most) {
            throw new Rejected(Problem.TOO_LARGE);
        }
    }

    private static Object content(Exchange exchange, PartnerMessage message, MessageFormat language, String mediaType) {
        return switch (language) {
            case SIGNALS -> {
                // only beside plain JSON are these properties the event; elsewhere they are at most its copy
                EventAttributes attributes = mediaType.equals(SignalReading.SIGNAL)
                        ? EventAttributes.ofProperties(message.properties())
                        : null;
                Trace trace = exchange.getProperty("trace", Trace.class);
                String traceparent = message.traceparent();
                yield new Incoming(
                        exchange.getProperty("partner", Partner.class),
                        message.body(),
                        mediaType,
                        attributes,
                        trace,
                        traceparent != null && traceparent.contains(trace.traceId()));
            }
            case HOUSING_ZAKEN, HOUSING_SIGNALERINGEN, PUBLIC_SPACE_SIGNALS -> Json.readStrictly(message.body());
            default -> message.body();
        };
    }

    /**
     * What came of a message that was read: counted, and kept as a whole when a line of it was refused. A line that failed by
     * our own fault fails the message: it is tried again, and its good lines are recognised.
     */
    public void close(Exchange exchange, Object result) {
        Trace trace = exchange.getProperty("trace", Trace.class);
        MessageResult read = MessageResult.of(result, trace);
        if (read.failure() != null) {
            throw read.failure();
        }
        String partner = exchange.getProperty(InboxComponent.SENDER, String.class);
        if (read.refusal() == null) {
            quarantine.cameAgain(partner, exchange.getProperty(SAMENESS, String.class), read.answer());
        } else {
            keep(exchange, read.refusal(), Problem.INVALID_INPUT);
        }
        read.statuses().forEach(status -> count(exchange, status));
    }

    /** A message that was refused goes to quarantine. */
    public void refuse(Exchange exchange, Exception failure) {
        Problem problem = ProblemAnswer.problemOf(failure);
        keep(exchange, MessageResult.refusal(failure, exchange.getProperty("trace", Trace.class)), problem);
        count(exchange, problem.status());
    }

    private void keep(Exchange exchange, String refusal, Problem problem) {
        keep(
                exchange.getProperty(InboxComponent.SENDER, String.class),
                new ByteArrayInputStream(exchange.getProperty(MESSAGE, byte[].class)),
                exchange.getProperty(SAMENESS, String.class),
                refusal,
                problem);
    }

    private void keep(String partner, InputStream message, String sameness, String refusal, Problem problem) {
        UUID id = quarantine.keep(partner, message, sameness, refusal);
        LOG.info("event=message.refused partner={} quarantine={} problem={}", partner, id, problem.code());
    }

    @Override
    public void tooLarge(String partner, InputStream message) {
        Trace trace = Trace.continuing(null);
        keep(partner, message, null, MessageResult.refusal(new Rejected(Problem.TOO_LARGE), trace), Problem.TOO_LARGE);
        traffic.came(partner, Outcome.REFUSED);
    }

    @Override
    public Optional<Duration> failed(String partner, byte[] message, int attempt, Throwable cause) {
        if (attempt < limits.attempts()) {
            return Optional.of(limits.firstPause().multipliedBy(1L << Math.min(attempt - 1, 10)));
        }
        park(partner, message, cause);
        return Optional.empty();
    }

    private void park(String partner, byte[] message, Throwable cause) {
        Trace trace = Trace.continuing(null);
        UUID id =
                quarantine.keep(partner, new ByteArrayInputStream(message), null, MessageResult.refusal(cause, trace));
        LOG.error(
                "event=message.parked partner={} quarantine={} trace={} cause={}",
                partner,
                id,
                trace.traceId(),
                ProblemAnswer.place(cause));
        traffic.came(partner, Outcome.FAILED);
    }

    private void count(Exchange exchange, int status) {
        traffic.came(exchange.getProperty(InboxComponent.SENDER, String.class), Door.outcome(status));
        meters.counter(
                        Meters.DOOR,
                        Meters.TAG_DOOR,
                        exchange.getProperty("door", "unknown", String.class),
                        Meters.TAG_OUTCOME,
                        "message-" + status)
                .increment();
    }
}
