package nl.wijkhub.app;

import nl.wijkhub.app.inbox.InboxComponent;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.signal.Quarantined;
import nl.wijkhub.signal.Quarantined.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * Tries a quarantined message again, exactly as it came: the same route, the same partner, the configuration of now.
 * Out: what a door would have answered. Rejects: as a door would; the entry then waits with what is wrong now.
 */
final class MessageReplay {
    private static final String ROUTE = "direct:message-read";

    private final Quarantine quarantine;
    private final int mostBytes;
    private final ProducerTemplate routes;

    MessageReplay(Quarantine quarantine, int mostBytes, ProducerTemplate routes) {
        this.quarantine = quarantine;
        this.mostBytes = mostBytes;
        this.routes = routes;
    }

    Answer replay(Quarantined entry, Trace trace) {
        if (entry.answer() != null) {
            return entry.answer();
        }
        if (!entry.isWhole() || entry.bytes() > mostBytes) {
            throw new Rejected(Problem.TOO_LARGE);
        }
        Exchange exchange = routes.send(ROUTE, sent -> {
            sent.setProperty(InboxComponent.SENDER, entry.partnerId());
            sent.getMessage().setBody(quarantine.content(entry.id()));
        });
        if (exchange.getException() != null) {
            throw refused(entry, exchange.getException(), trace);
        }
        MessageResult result = MessageResult.of(exchange.getMessage().getBody(), trace);
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
