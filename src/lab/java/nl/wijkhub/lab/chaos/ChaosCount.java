package nl.wijkhub.lab.chaos;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Holds what was acknowledged against the database and the team queues.
 *
 * @param acknowledged signals a sender was told are stored
 * @param stored signals in the database; more than acknowledged when a sender never asked again
 * @param worked of these, through every stage
 * @param workedSince of these, after the last kill
 * @param released decisions that a signal passes to a pair of team and discipline
 * @param messages messages read from the team queues
 * @param findings everything that is wrong; empty when nothing is
 * @param doubts why this count proves too little; empty when it does not
 */
public record ChaosCount(
        int acknowledged,
        int stored,
        int worked,
        int workedSince,
        int released,
        int messages,
        List<String> findings,
        List<String> doubts) {

    /** Counts after the hub had all the time it asks for. */
    public static ChaosCount of(Path data, Path config, Collection<String> acknowledgedIds) {
        return of(ChaosReading.of(data, config, Instant.EPOCH), acknowledgedIds, true);
    }

    /**
     * @param settled whether the hub had its time to make good what a kill left behind; else what is still missing may
     *     yet come, and says nothing
     */
    static ChaosCount of(ChaosRows rows, Collection<String> acknowledgedIds, boolean settled) {
        Set<UUID> acknowledged = acknowledgedIds.stream().map(UUID::fromString).collect(Collectors.toSet());
        List<String> wrong = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> doubts = new ArrayList<>();
        tell(less(acknowledged, rows.stored()), "acknowledged, not in the database", wrong);
        tell(less(rows.worked(), rows.decided()), "worked, never decided", wrong);
        Set<UUID> unworked = less(rows.stored(), rows.worked());
        tell(less(unworked, rows.waiting()), "in the database, never worked", missing);
        tell(unworked.stream().filter(rows.waiting()::contains).toList(), "still waited their turn", doubts);
        queues(rows, wrong, missing, doubts);
        tell(rows.unsent(), "deliveries never marked as sent", missing);
        tell(rows.doublePlans(), "households with two active plans", wrong);
        (settled ? wrong : doubts).addAll(missing);
        return new ChaosCount(
                acknowledged.size(),
                rows.stored().size(),
                rows.worked().size(),
                rows.workedSince(),
                rows.released().size(),
                rows.messages().size(),
                List.copyOf(wrong),
                List.copyOf(doubts));
    }

    private static void queues(ChaosRows rows, List<String> wrong, List<String> missing, List<String> doubts) {
        Map<ChaosRows.Due, Integer> times = new HashMap<>();
        Set<String> events = new HashSet<>();
        long repeated = 0;
        for (ChaosRows.Message message : rows.messages()) {
            times.merge(message.due(), 1, Integer::sum);
            repeated += events.add(message.due().queue() + ' ' + message.eventId()) ? 0 : 1;
        }
        tell(repeated, "events stand on a team queue twice", wrong);
        tell(
                times.values().stream().filter(count -> count > 1).count(),
                "signals stand on a team queue more than once",
                wrong);
        tell(less(times.keySet(), rows.released()), "on a team queue, not decided to pass there", wrong);
        if (rows.messages().size() == rows.standing()) {
            tell(less(rows.released(), times.keySet()), "released, not on their team queue", missing);
        } else {
            doubts.add("%d of %d messages on the team queues could be read"
                    .formatted(rows.messages().size(), rows.standing()));
        }
        if (rows.messages().isEmpty()) {
            doubts.add("no message stood on any team queue");
        }
    }

    private static <T> Set<T> less(Set<T> all, Set<T> others) {
        return all.stream().filter(each -> !others.contains(each)).collect(Collectors.toSet());
    }

    private static void tell(Collection<?> which, String what, List<String> into) {
        tell(which.size(), what, into);
    }

    private static void tell(long count, String what, List<String> into) {
        if (count > 0) {
            into.add(count + " " + what);
        }
    }

    @Override
    public String toString() {
        return "acknowledged %d, in the database %d = worked %d; released %d = messages on the team queues %d"
                .formatted(acknowledged, stored, worked, released, messages);
    }
}
