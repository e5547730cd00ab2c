package nl.wijkhub.app.door;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import nl.wijkhub.app.inbox.InboxComponent;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.signal.Quarantined;
import nl.wijkhub.signal.Quarantined.Answer;
import nl.wijkhub.web.http.ProblemAnswer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a quarantined message again, exactly as it came: the same route, the same partner, the configuration of now.
 * Out: what a door would have answered, without the codes of receipts: whoever tries it again need not be who may have them.
 * Rejects: as a door would; the entry then waits with what is wrong now. One at a time, so that a large message is in memory
 * once, and two who try the same hear the same.
 */
public final class MessageReplay {
    private static final Logger LOG = LoggerFactory.getLogger(MessageReplay.class);
    private static final String ROUTE = "direct:message-read";
    private static final int PATIENCE_SECONDS = 10;

    private final Quarantine quarantine;
    private final Partners partners;
    private final int mostBytes;
    private final ProducerTemplate routes;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);

    public MessageReplay(Quarantine quarantine, Partners partners, int mostBytes, ProducerTemplate routes) {
        this.quarantine = quarantine;
        this.partners = partners;
        this.mostBytes = mostBytes;
        this.routes = routes;
    }

    /** @param by who tries it: a partner, or a user */
    public Answer replay(Quarantined entry, String by, Trace trace) {
        try {
            if (!oneAtATime.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Unavailable("replay", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("replay", e);
        }
        try {
            // somebody may have tried it meanwhile
            Quarantined now = quarantine.find(entry.id()).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
            return now.answer() != null ? now.answer() : tryAgain(now, by, trace);
        } finally {
            oneAtATime.unlock();
        }
    }

    private Answer tryAgain(Quarantined entry, String by, Trace trace) {
        if (partners.find(entry.partnerId()).isEmpty()) {
            throw Rejected.of(Problem.STATE_CONFLICT, "", "partner-gone");
        }
        if (!entry.isWhole() || entry.bytes() > mostBytes) {
            throw new Rejected(Problem.TOO_LARGE);
        }
        Exchange exchange = routes.send(ROUTE, sent -> {
            sent.setVariable(InboxComponent.SENDER, entry.partnerId());
            sent.setVariable(Variables.CAME_AT, entry.receivedAt());
            sent.getMessage().setBody(quarantine.content(entry.id()));
        });
        Exception failure = exchange.getException();
        MessageResult result =
                failure == null ? MessageResult.of(exchange.getMessage().getBody(), trace) : null;
        if (result != null && result.failure() != null) {
            failure = result.failure();
        }
        LOG.info(
                "event=message.replayed quarantine={} by={} status={}",
                entry.id(),
                by,
                failure == null
                        ? result.answer().status()
                        : ProblemAnswer.problemOf(failure).status());
        if (failure != null) {
            throw refused(entry, failure, trace);
        }
        if (result.refusal() == null) {
            quarantine.taken(entry.id(), result.answer());
        } else {
            quarantine.refusedAgain(entry.id(), result.refusal());
        }
        return result.answer();
    }

    private RuntimeException refused(Quarantined entry, Exception failure, Trace trace) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof Rejected rejected) {
                quarantine.refusedAgain(entry.id(), MessageResult.refusal(rejected, trace));
                return rejected;
            }
        }
        return failure instanceof RuntimeException own ? own : new IllegalStateException("replay failed", failure);
    }
}
