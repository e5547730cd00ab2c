package nl.wijkhub.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.plan.AgendaItem.AgendaEvent;
import nl.wijkhub.plan.AgendaItem.KnownToPolice;

/**
 * What an agenda shows to somebody, from what that one may know of its signals. A signal that was not released moves
 * nothing: an item begins with the first signal seen of it, and what people did with it before that does not show.
 */
final class AgendaPolicy {
    /** From here on an impact counts for the gap. */
    private static final int FELT = 3;

    private static final int HIGHEST_IMPACT = 5;

    /** Of what was released at once to two pairs of whoever looks, the first discipline's is the one that counts. */
    private static final Comparator<AgendaSeen> LAST = Comparator.comparing(AgendaSeen::since)
            .thenComparing(seen -> seen.by().discipline(), Comparator.reverseOrder());

    /** What makes two items be about the same: an area, or a place in words, and a category. */
    record Subject(String area, String placeKey, String category) {}

    /**
     * An item as it stands, with what is known of its signals by whoever looks.
     *
     * @param place in words; null for an area with a code
     * @param linkedId the item it is a duplicate of; null for none
     * @param seen signal → what was released of it, at least one; never empty
     */
    record Raised(
            UUID id, Subject subject, String place, UUID linkedId, Instant linkedAt, Map<UUID, List<AgendaSeen>> seen) {
        /** The first signal of it that was seen. */
        Instant since() {
            return seen.values().stream()
                    .flatMap(List::stream)
                    .map(AgendaSeen::since)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private final Map<UUID, Raised> byId = new LinkedHashMap<>();
    private final Map<UUID, Instant> since;
    private final Map<Subject, List<Raised>> bySubject;
    private final Map<UUID, List<Raised>> linkedTo;
    private final Map<UUID, List<AgendaEvent>> steps;

    /**
     * @param raised what there is, seen by whoever looks
     * @param steps item → what was done with it, in order
     */
    AgendaPolicy(Collection<Raised> raised, Map<UUID, List<AgendaEvent>> steps) {
        raised.forEach(one -> byId.put(one.id(), one));
        this.since = raised.stream().collect(Collectors.toMap(Raised::id, Raised::since));
        this.bySubject = raised.stream().collect(Collectors.groupingBy(Raised::subject));
        this.linkedTo = raised.stream().filter(this::isShownAsLinked).collect(Collectors.groupingBy(Raised::linkedId));
        this.steps = steps;
    }

    /**
     * The agenda of a scope, what is open first. A duplicate stands under the item it is linked to; by itself when that
     * one is outside the scope.
     *
     * @param inScope tells of an area whether it is in
     * @param listedSince what was closed before is left out
     */
    List<AgendaItem> agenda(Predicate<String> inScope, Instant listedSince) {
        List<AgendaItem> items = new ArrayList<>();
        for (Raised one : byId.values()) {
            boolean isUnder = isShownAsLinked(one)
                    && inScope.test(byId.get(one.linkedId()).subject().area());
            if (inScope.test(one.subject().area()) && !isUnder) {
                AgendaItem item = item(one);
                if (item.status().isOpen() || item.statusSince().isAfter(listedSince)) {
                    items.add(item);
                }
            }
        }
        items.sort(Comparator.comparing((AgendaItem item) -> !item.status().isOpen())
                .thenComparing(AgendaItem::statusSince, Comparator.reverseOrder())
                .thenComparing(AgendaItem::category)
                .thenComparing(AgendaItem::id));
        return items;
    }

    /** A link shows to whoever saw both before it was made. */
    private boolean isShownAsLinked(Raised one) {
        return one.linkedId() != null
                && byId.containsKey(one.linkedId())
                && !one.linkedAt().isBefore(since.get(one.id()))
                && !one.linkedAt().isBefore(since.get(one.linkedId()));
    }

    private AgendaItem item(Raised one) {
        List<AgendaItem> linked = linkedTo.getOrDefault(one.id(), List.of()).stream()
                .map(other -> item(other, List.of()))
                .sorted(Comparator.comparing(AgendaItem::statusSince).thenComparing(AgendaItem::id))
                .toList();
        return item(one, linked);
    }

    private AgendaItem item(Raised one, List<AgendaItem> linked) {
        Instant first = since.get(one.id());
        List<AgendaEvent> shown = steps.getOrDefault(one.id(), List.of()).stream()
                .filter(step -> !step.at().isBefore(first))
                .toList();
        AgendaState status = AgendaState.RAISED;
        Instant statusSince = first;
        for (AgendaEvent step : shown) {
            AgendaState moved = Coded.of(AgendaState.class, step.kind()).orElse(null);
            if (moved != null) {
                status = moved;
                statusSince = step.at();
            }
        }
        List<AgendaSeen> signals =
                one.seen().values().stream().map(AgendaPolicy::lastWord).toList();
        return AgendaItem.builder()
                .id(one.id())
                .area(one.place() == null ? one.subject().area() : null)
                .place(one.place())
                .category(one.subject().category())
                .status(status)
                .statusSince(statusSince)
                .recordedCount(signals.size())
                .experiencedImpact(impacts(signals))
                .knownToPolice(known(signals))
                .gap((int) signals.stream().filter(AgendaPolicy::isGap).count())
                .senders(senders(signals))
                .follows(follows(one))
                .linkedTo(isShownAsLinked(one) ? one.linkedId() : null)
                .linked(linked)
                .steps(shown)
                .build();
    }

    private static AgendaSeen lastWord(List<AgendaSeen> said) {
        return said.stream().max(LAST).orElseThrow();
    }

    private static SortedMap<Integer, Integer> impacts(List<AgendaSeen> signals) {
        SortedMap<Integer, Integer> impacts = new TreeMap<>();
        for (int impact = 1; impact <= HIGHEST_IMPACT; impact++) {
            impacts.put(impact, 0);
        }
        signals.stream()
                .filter(seen -> seen.impact() != null)
                .forEach(seen -> impacts.merge(seen.impact(), 1, Integer::sum));
        return impacts;
    }

    private static KnownToPolice known(List<AgendaSeen> signals) {
        int yes = (int) signals.stream()
                .filter(seen -> Boolean.TRUE.equals(seen.knownToPolice()))
                .count();
        int no = (int) signals.stream()
                .filter(seen -> Boolean.FALSE.equals(seen.knownToPolice()))
                .count();
        return new KnownToPolice(yes, no, signals.size() - yes - no);
    }

    private static boolean isGap(AgendaSeen seen) {
        return seen.impact() != null && seen.impact() >= FELT && Boolean.FALSE.equals(seen.knownToPolice());
    }

    private static SortedMap<Discipline, Integer> senders(List<AgendaSeen> signals) {
        SortedMap<Discipline, Integer> senders = new TreeMap<>();
        signals.stream()
                .filter(seen -> seen.sender() != null)
                .forEach(seen -> senders.merge(seen.sender(), 1, Integer::sum));
        return senders;
    }

    /** The last one about the same that whoever looks saw before this one: there is one open at a time. */
    private UUID follows(Raised one) {
        return bySubject.get(one.subject()).stream()
                .filter(other -> since.get(other.id()).isBefore(since.get(one.id())))
                .max(Comparator.comparing((Raised other) -> since.get(other.id())))
                .map(Raised::id)
                .orElse(null);
    }
}
