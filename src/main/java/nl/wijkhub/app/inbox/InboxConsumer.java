package nl.wijkhub.app.inbox;

import java.util.List;
import java.util.concurrent.Semaphore;
import nl.wijkhub.app.broker.LineConsumer;
import org.apache.camel.Processor;

/** The lines of an {@link InboxEndpoint}: one per partner, so that none waits for another. */
final class InboxConsumer extends LineConsumer {
    /** Large messages in memory at the same time, whoever they are of. */
    private static final int LARGE_AT_ONCE = 2;

    private final AmqpSource source;
    private final Inbox inbox;
    private final String prefix;

    InboxConsumer(InboxEndpoint endpoint, Processor processor, AmqpSource source, Inbox inbox, String prefix) {
        super(endpoint, processor, "inbox");
        this.source = source;
        this.inbox = inbox;
        this.prefix = prefix;
    }

    @Override
    protected List<Line> makeLines() {
        Semaphore large = new Semaphore(LARGE_AT_ONCE);
        return inbox.partners().stream()
                .<Line>map(partner -> new InboxWorker(this, source, inbox, partner, prefix + '.' + partner, large))
                .toList();
    }
}
