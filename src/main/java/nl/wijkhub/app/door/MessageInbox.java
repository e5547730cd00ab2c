package nl.wijkhub.app.door;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.app.inbox.AmqpReading;
import nl.wijkhub.app.inbox.Inbox;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.InHandStore;
import nl.wijkhub.signal.PartnerTraffic;
import nl.wijkhub.signal.PartnerTraffic.Outcome;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.web.http.ProblemAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages at {@code signal.in.<partner>} around their route: each is taken in hand before it is worked, and
 * goes to quarantine when it is too large, when a hub dies with it too often, or when work on it fails too often.
 */
public final class MessageInbox implements Inbox {
    /** The address of every partner begins with this; its id follows after a dot. */
    public static final String ADDRESS = "signal.in";

    private static final Logger LOG = LoggerFactory.getLogger(MessageInbox.class);

    /** What stands around the body of a message: its properties, which a broker limits too. */
    private static final int ENVELOPE_BYTES = 64 * 1024;

    private final Partners partners;
    private final Limits limits;
    private final Quarantine quarantine;
    private final PartnerTraffic traffic;
    private final InHandStore inHand;
    private final Runnable probe;

    /**
     * @param oldestAllowed how long the oldest signal may wait before no more is taken in
     * @param oneBytes what one signal may measure
     * @param manyBytes what many in one message may measure
     * @param attempts how often work is tried that fails by our own fault
     * @param firstPause before the second attempt; doubled each time
     */
    public record Limits(Duration oldestAllowed, int oneBytes, int manyBytes, int attempts, Duration firstPause) {}

    public MessageInbox(
            Partners partners,
            Limits limits,
            Quarantine quarantine,
            PartnerTraffic traffic,
            InHandStore inHand,
            Runnable probe) {
        this.partners = partners;
        this.limits = limits;
        this.quarantine = quarantine;
        this.traffic = traffic;
        this.inHand = inHand;
        this.probe = probe;
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

    @Override
    public void tooLarge(String partner, InputStream message) {
        Trace trace = Trace.continuing(null);
        UUID id =
                quarantine.keep(partner, message, null, MessageResult.refusal(new Rejected(Problem.TOO_LARGE), trace));
        LOG.info("event=message.refused partner={} quarantine={} problem={}", partner, id, Problem.TOO_LARGE.code());
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
}
