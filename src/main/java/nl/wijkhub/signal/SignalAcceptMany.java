package nl.wijkhub.signal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Stage 20 for many signals in one message: a handful at a time is stored in one statement, those about an area get
 * their codes in another, and all are queued in one send.
 * In: lines, good and bad. Out: what became of each, in order; every receipt among them is durable, row and id.
 * Rejects: nothing as a whole. When the database or the broker is away nobody is told anything but that: the sender
 * repeats the whole, and what was stored already is recognised.
 */
public final class SignalAcceptMany {
    private final SignalAccept accept;
    private final AreaReceipts receipts;
    private final Consumer<List<Receipt>> queue;

    /**
     * @param queue puts the ids of receipts on the queue of the stages; they are durable there when it returns
     */
    public SignalAcceptMany(SignalAccept accept, AreaReceipts receipts, Consumer<List<Receipt>> queue) {
        this.accept = accept;
        this.receipts = receipts;
        this.queue = queue;
    }

    public List<LineOutcome> accept(SignalLines lines) {
        List<LineOutcome> outcomes = new ArrayList<>();
        while (lines.hasNext()) {
            handful(lines.next(), outcomes);
        }
        return outcomes;
    }

    private void handful(List<SignalLine> lines, List<LineOutcome> outcomes) {
        List<SignalLine> good =
                lines.stream().filter(line -> line.draft() != null).toList();
        List<SignalDraft> drafts = good.stream().map(SignalLine::draft).toList();
        List<SignalAccept.Accepted> accepted = accept.acceptAll(drafts);
        List<Receipt> given = receipts.giveAll(
                drafts, accepted.stream().map(SignalAccept.Accepted::receipt).toList());
        queue.accept(given.stream().filter(receipt -> receipt != null).toList());
        Map<Integer, LineOutcome> byNumber = new HashMap<>();
        for (int i = 0; i < good.size(); i++) {
            int number = good.get(i).number();
            byNumber.put(
                    number,
                    new LineOutcome(number, given.get(i), accepted.get(i).failure()));
        }
        for (SignalLine line : lines) {
            outcomes.add(byNumber.getOrDefault(line.number(), new LineOutcome(line.number(), null, line.failure())));
        }
    }
}
