package nl.wijkhub.household;

import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import nl.wijkhub.household.HouseholdChange.ChangeKind;
import nl.wijkhub.household.HouseholdChange.Said;
import nl.wijkhub.household.HouseholdKeys.Key;
import nl.wijkhub.household.HouseholdMatchStore.Match;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.SignalStore;

/**
 * What becomes of households when a person says that two are one, that somebody moved, or that one is two; the caller's
 * transaction, both households held first. A signal and its releases stay under the household they were decided for: what
 * moves is where the aliases lead, and so where what comes next belongs.
 */
public final class HouseholdLineage {
    private static final int MOST_SIGNALS = 1_000_000;

    /**
     * What of a household goes to another.
     *
     * @param aliases as hex
     */
    public record Part(Set<UUID> signals, Set<String> aliases) {}

    private final SignalStore signals;
    private final HouseholdStore households;
    private final HouseholdChangeStore changes;
    private final HouseholdLineageStore lineage;
    private final HouseholdKeys keys;
    private final HouseholdSearch search;

    public HouseholdLineage(
            SignalStore signals,
            HouseholdStore households,
            HouseholdMatchStore matches,
            HouseholdChangeStore changes,
            HouseholdLineageStore lineage,
            Vault vault) {
        this.signals = signals;
        this.households = households;
        this.changes = changes;
        this.lineage = lineage;
        this.keys = new HouseholdKeys(vault);
        this.search = new HouseholdSearch(households, matches, keys);
    }

    /** Holds these households until the transaction ends, always in the same order. */
    public void hold(Collection<UUID> ids) {
        households.lock(new TreeSet<>(ids));
    }

    /** One change, held until the transaction ends. */
    public Optional<HouseholdChange> held(UUID changeId) {
        return changes.held(changeId);
    }

    /** The change that a decision made and that stands. */
    public Optional<UUID> standingOf(UUID matchId) {
        return changes.standingOf(matchId);
    }

    /** Somebody lives in both: what the person said in one household counts in the other. */
    public void link(Collection<UUID> ids) {
        hold(ids);
        lineage.link(ids);
    }

    /** From now on this team has the household. */
    public void handOver(UUID household, String teamId) {
        households.handOver(household, teamId);
    }

    /** A household of what was part of another. */
    public UUID apart(UUID origin, Said said) {
        return households.createFrom(origin, said.at());
    }

    /**
     * The first becomes part of the second, with everything that leads to it or waits for a decision about it. Rejects:
     * one of which is part of another already, so that none ever becomes part of itself.
     *
     * @param moved by signal of its plan: in which life of it
     */
    public void merge(HouseholdChange change, Map<UUID, Integer> moved, Said said) {
        if (lineage.isPart(List.of(change.from(), change.to()))) {
            throw Rejected.of(Problem.STATE_CONFLICT, "", "merged-already");
        }
        // what is in no plan yet is the household's own too, should it be released later
        Map<UUID, Integer> own = new LinkedHashMap<>(moved);
        households.kin().signalsOf(change.from(), MOST_SIGNALS).forEach(signal -> own.putIfAbsent(signal, null));
        changes.insert(change, said);
        changes.signals(change.id(), "SIGNAL", own);
        lineage.moveAliases(change);
        lineage.moveMatches(change);
        lineage.giveTeam(change);
        lineage.mergedInto(change.from(), change.to());
        lineage.link(List.of(change.from(), change.to()));
    }

    /**
     * Part of the first goes to the second.
     *
     * @param moved by signal: in which life of its plan; null for one that is in none
     */
    public void part(HouseholdChange change, Map<UUID, Integer> moved, Collection<String> aliases, Said said) {
        changes.insert(change, said);
        changes.signals(change.id(), "SIGNAL", moved);
        lineage.moveAliases(change, aliases);
        lineage.link(List.of(change.from(), change.to()));
    }

    /** What of these signals is about the person of a proposal alone, and where what else comes about the person leads. */
    public Part ofPerson(Match match, Collection<UUID> among) {
        List<AcceptedSignal> known = signals.byIds(among);
        Set<String> marks = new HashSet<>();
        known.forEach(signal -> subjects(signal).stream()
                .filter(person -> isMeant(person, match))
                .forEach(person -> marks.addAll(marks(person))));
        Set<UUID> alone = new LinkedHashSet<>();
        Set<String> aliases = new HashSet<>();
        for (AcceptedSignal signal : known) {
            List<CaseSignal.Person> subjects = subjects(signal);
            List<CaseSignal.Person> same = subjects.stream()
                    .filter(person -> marks(person).stream().anyMatch(marks::contains))
                    .toList();
            if (!same.isEmpty() && same.size() == subjects.size()) {
                alone.add(signal.id());
            }
            same.stream()
                    .filter(person -> person.bsn() != null)
                    .forEach(person -> aliases.add(keys.ofBsn(person.bsn()).hex()));
        }
        if (match.kind() == HouseholdMatchStore.MatchReason.PERSON) {
            aliases.add(match.key());
        }
        return new Part(alone, aliases);
    }

    /** These signals, and where what else comes leads about persons that occur in none of the others. */
    public Part ofSignals(Collection<UUID> chosen, Collection<UUID> others) {
        Set<String> aliases = personal(signals.byIds(chosen));
        aliases.removeAll(personal(signals.byIds(others)));
        return new Part(new LinkedHashSet<>(chosen), aliases);
    }

    private Set<String> personal(List<AcceptedSignal> of) {
        Set<String> personal = new HashSet<>();
        of.stream()
                .filter(signal -> signal.signal().subject().isHousehold())
                .flatMap(signal -> keys.ofPersons(signal.signal().subject().household()).stream())
                .forEach(key -> personal.add(key.hex()));
        return personal;
    }

    private static List<CaseSignal.Person> subjects(AcceptedSignal signal) {
        CaseSignal.Household household = signal.signal().subject().household();
        return household == null
                ? List.of()
                : household.persons().stream()
                        .filter(person -> !HouseholdKeys.isRelated(person))
                        .toList();
    }

    private Set<String> marks(CaseSignal.Person person) {
        Set<String> marks = new HashSet<>();
        keys.personKeys(person).forEach(key -> marks.add(HexFormat.of().formatHex(key)));
        return marks;
    }

    private boolean isMeant(CaseSignal.Person person, Match match) {
        return match.kind() == HouseholdMatchStore.MatchReason.PERSON
                ? person.bsn() != null && keys.ofBsn(person.bsn()).hex().equals(match.key())
                : marks(person).contains(match.key());
    }

    /** Rejects: a change that was undone, or after which something else was changed about its households. */
    public void mayBeUndone(HouseholdChange change) {
        if (change.undone()) {
            throw Rejected.of(Problem.STATE_CONFLICT, "", "undone-already");
        }
        if (changes.hasLater(change.id())) {
            throw Rejected.of(Problem.STATE_CONFLICT, "", "changed-since");
        }
    }

    /**
     * Everything that went goes back, and what came since by an alias that goes back goes along.
     *
     * @return by signal that goes back: the life of the plan it was in; null for what was in none, or came since
     */
    public Map<UUID, Integer> undo(HouseholdChange change, Said said) {
        List<AcceptedSignal> since = signals.byIds(changes.since(change.to(), change.at()));
        Set<String> aliases = lineage.movedAliases(change.id());
        Map<UUID, String> deciding = search.deciding(since);
        Map<UUID, Integer> along = new LinkedHashMap<>();
        Set<String> theirs = new HashSet<>();
        Set<String> staying = new HashSet<>();
        for (AcceptedSignal signal : since) {
            boolean goes = change.kind() == ChangeKind.SPLIT || aliases.contains(deciding.get(signal.id()));
            if (goes) {
                along.put(signal.id(), null);
            }
            (goes ? theirs : staying).addAll(everyKey(signal));
        }
        theirs.removeAll(staying);
        lineage.aliasesBack(change, theirs);
        if (change.kind() == ChangeKind.MERGE) {
            lineage.matchesBack(change);
            lineage.takeTeam(change);
            lineage.mergedInto(change.from(), null);
        }
        if (change.kind() == ChangeKind.SPLIT) {
            // nothing is left of what was split off
            lineage.mergedInto(change.to(), change.from());
        }
        lineage.link(List.of(change.from(), change.to()));
        changes.signals(change.id(), "SINCE", along);
        changes.undo(change.id(), said);
        Map<UUID, Integer> back = changes.movedSignals(change.id());
        along.forEach(back::putIfAbsent);
        return back;
    }

    private Set<String> everyKey(AcceptedSignal signal) {
        Set<String> every = new HashSet<>();
        keys.of(signal).stream().map(Key::hex).forEach(every::add);
        every.addAll(personal(List.of(signal)));
        return every;
    }
}
