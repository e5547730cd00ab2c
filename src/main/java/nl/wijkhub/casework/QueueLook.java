package nl.wijkhub.casework;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Page;
import nl.wijkhub.sharing.ListedSignal;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.QueueItem;
import nl.wijkhub.team.QueueStore;
import nl.wijkhub.team.QueueWorkStore;

/** Shows the queue of a pair, a page at a time. */
public final class QueueLook {
    /** How many items a search looks through at once, and for one page. */
    private static final int LOOKED_AT_ONCE = 200;

    private static final int MOST_LOOKED_AT = 1_000;

    /**
     * Which page.
     *
     * @param state null for all
     * @param after the last item of the page before; null for the first page
     */
    public record Asked(QueueItem.ItemState state, QueueStore.Sort sort, UUID after) {
        private Asked from(UUID last) {
            return new Asked(state, sort, last);
        }
    }

    /**
     * An item, and what its pair may see of the signal.
     *
     * @param takenBy in whose hands it is; null for nobody's
     */
    public record Row(QueueItem item, ListedSignal signal, String takenBy) {}

    private final QueueStore queue;
    private final QueueWorkStore inHand;
    private final SignalStore signals;
    private final ReleaseStore releases;

    public QueueLook(QueueStore queue, QueueWorkStore inHand, SignalStore signals, ReleaseStore releases) {
        this.queue = queue;
        this.inHand = inHand;
        this.signals = signals;
        this.releases = releases;
    }

    public Page<QueueItem> items(Recipient pair, Asked asked, int size) {
        return Page.of(queue.page(pair, asked.state(), asked.sort(), asked.after(), size + 1), size, QueueItem::id);
    }

    /** The same items, with what may be seen of each. */
    public Page<Row> rows(Recipient pair, Asked asked, int size) {
        Page<QueueItem> page = items(pair, asked, size);
        return new Page<>(rows(page.items()), page.next());
    }

    /** Those of the rows that are wanted; when little is, a page may end before it is full. */
    public Page<Row> rows(Recipient pair, Asked asked, int size, Predicate<Row> wanted) {
        List<Row> found = new ArrayList<>();
        UUID last = asked.after();
        boolean hasMore = true;
        for (int looked = 0; hasMore && found.size() < size && looked < MOST_LOOKED_AT; looked += LOOKED_AT_ONCE) {
            Page<Row> batch = rows(pair, asked.from(last), LOOKED_AT_ONCE);
            hasMore = batch.next() != null;
            for (int i = 0; i < batch.items().size() && found.size() < size; i++) {
                Row row = batch.items().get(i);
                if (wanted.test(row)) {
                    found.add(row);
                }
                last = row.item().id();
                hasMore |= i + 1 < batch.items().size() && found.size() == size;
            }
        }
        return new Page<>(found, hasMore ? last : null);
    }

    private List<Row> rows(List<QueueItem> items) {
        Map<UUID, AcceptedSignal> accepted = signals
                .byIds(items.stream().map(QueueItem::signalId).toList())
                .stream()
                .collect(Collectors.toMap(AcceptedSignal::id, Function.identity()));
        Map<UUID, Release> released = releases
                .byIds(items.stream().map(QueueItem::releaseId).toList())
                .stream()
                .collect(Collectors.toMap(Release::id, Function.identity()));
        Map<UUID, String> takers =
                inHand.takers(items.stream().map(QueueItem::id).toList());
        return items.stream()
                .map(item -> new Row(
                        item,
                        ListedSignal.of(
                                accepted.get(item.signalId()),
                                released.get(item.releaseId()).decision()),
                        takers.get(item.id())))
                .toList();
    }
}
