package nl.wijkhub.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What another agreement would have decided, held against what was decided. Changes nothing. More is a higher level, or
 * the same with a field or a person more; what shows one thing more and another less counts as both.
 */
public final class WhatIf {
    private static final int EXAMPLES = 5;

    /** Releases that would have changed in one way, by the rule that decided and the rule that would have. */
    public record Change(String from, String to, long count, List<UUID> examples) {}

    private static final class Tally {
        private final Map<String, Long> counts = new TreeMap<>();
        private final Map<String, List<UUID>> examples = new TreeMap<>();
        private long total;

        void add(DecidedBefore before, Decision after) {
            String key = before.decision().ruleId() + " " + before.decision().disclosure() + "|" + after.ruleId() + " "
                    + after.disclosure();
            total++;
            counts.merge(key, 1L, Long::sum);
            List<UUID> few = examples.computeIfAbsent(key, k -> new ArrayList<>());
            if (few.size() < EXAMPLES) {
                few.add(before.releaseId());
            }
        }

        List<Change> changes() {
            return counts.entrySet().stream()
                    .map(e -> new Change(
                            e.getKey().substring(0, e.getKey().indexOf('|')),
                            e.getKey().substring(e.getKey().indexOf('|') + 1),
                            e.getValue(),
                            List.copyOf(examples.get(e.getKey()))))
                    .toList();
        }
    }

    private final SharingPolicy other;
    private final Tally more = new Tally();
    private final Tally less = new Tally();
    private long same;

    public WhatIf(SharingAgreement other) {
        this.other = new SharingPolicy(other);
    }

    public void add(DecidedBefore before) {
        Decision now = before.decision();
        Decision then = other.decide(before.facts(), before.recipient(), before.at());
        boolean isMore = then.disclosure().compareTo(now.disclosure()) > 0
                || !now.fields().containsAll(then.fields())
                || !now.visiblePersons().containsAll(then.visiblePersons());
        boolean isLess = then.disclosure().compareTo(now.disclosure()) < 0
                || !then.fields().containsAll(now.fields())
                || !then.visiblePersons().containsAll(now.visiblePersons());
        if (isMore) {
            more.add(before, then);
        }
        if (isLess) {
            less.add(before, then);
        }
        if (!isMore && !isLess) {
            same++;
        }
    }

    public long moreCount() {
        return more.total;
    }

    public long lessCount() {
        return less.total;
    }

    public long sameCount() {
        return same;
    }

    public List<Change> more() {
        return more.changes();
    }

    public List<Change> less() {
        return less.changes();
    }
}
