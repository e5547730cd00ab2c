package nl.wijkhub.household;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
import java.util.stream.IntStream;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.household.HouseholdMatchStore.Namesake;
import nl.wijkhub.household.HouseholdStore.HouseholdStatus;
import nl.wijkhub.household.LinkedHouseholdStore.Kin;
import nl.wijkhub.household.PersonStore.PersonRow;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.SignalStore;

/**
 * Stage 30: finds or makes the household each signal is about, and locks it until the batch is committed.
 * In: ids from the queue. Out: the signals not worked before, with their household.
 * What is doubtful (an alias that leads to another household than the address, somebody of the same name and birth date
 * elsewhere) is proposed to a person; nothing is joined for it.
 */
public final class HouseholdMatch {
    public static final String STAGE = "household-match";

    private final SignalStore signals;
    private final HouseholdStore households;
    private final PersonStore persons;
    private final LinkedHouseholdStore kin;
    private final HouseholdMatchStore matches;
    private final Timeline timeline;
    private final HouseholdKeys keys;
    private final HouseholdSearch search;
    private final Clock clock;

    public HouseholdMatch(
            SignalStore signals,
            HouseholdStore households,
            PersonStore persons,
            HouseholdMatchStore matches,
            Timeline timeline,
            Vault vault,
            Clock clock) {
        this.signals = signals;
        this.households = households;
        this.persons = persons;
        this.kin = households.kin();
        this.matches = matches;
        this.timeline = timeline;
        this.keys = new HouseholdKeys(vault);
        this.search = new HouseholdSearch(households, matches, keys);
        this.clock = clock;
    }

    public List<MatchedSignal> match(List<String> ids) {
        Instant now = clock.instant();
        List<AcceptedSignal> accepted = signals.unworked(
                ids.stream().map(Identifier::parse).flatMap(Optional::stream).toList());
        HouseholdSearch.Found found = search.find(accepted, now);
        People people = people(accepted, found.householdOf());
        matches.proposeNamesakes(namesakes(people), now);
        List<MatchedSignal> matched = matched(accepted, found.householdOf(), found.states(), people);
        timeline.passed(matched.stream()
                .map(m -> new Timeline.Entry(
                        m.signalId(), STAGE, m.householdId() == null ? "neighbourhood" : "matched", now))
                .toList());
        return matched;
    }

    /** A signal that was matched before, with the household it was matched to; null for a neighbourhood signal. */
    public MatchedSignal again(AcceptedSignal accepted, UUID householdId) {
        List<AcceptedSignal> one = List.of(accepted);
        Map<UUID, UUID> householdOf = householdId == null ? Map.of() : Map.of(accepted.id(), householdId);
        return matched(one, householdOf, households.states(householdOf.values()), people(one, householdOf))
                .get(0);
    }

    /**
     * The same, its household locked until the transaction ends: the one it counts for now, when households were merged or
     * split, or somebody moved, since it was matched.
     */
    public MatchedSignal locked(AcceptedSignal accepted, UUID householdId) {
        if (householdId == null) {
            return again(accepted, null);
        }
        UUID held;
        UUID current = kin.currentOf(accepted.id(), householdId);
        do {
            held = current;
            hold(held);
            // whoever changed it meanwhile was waited for
            current = kin.currentOf(accepted.id(), householdId);
        } while (!current.equals(held));
        return again(accepted, current);
    }

    /** Holds a household until the transaction ends: whoever works on its plan waits for its signals, and they for it. */
    public void hold(UUID householdId) {
        households.lock(new TreeSet<>(Set.of(householdId)));
    }

    /** From now on this team has the household, wherever it lives; the caller's transaction. */
    public void handOver(UUID householdId, String teamId) {
        households.handOver(householdId, teamId);
    }

    /**
     * Somebody wherever known: by BSN, and by name with birth date, whichever a partner may send.
     *
     * @param keys as {@link Subject#keys}, in every household and by BSN also where nobody knows the person yet
     * @param personKeys under which {@link #householdsOfKeys} finds the households again, as hex
     */
    public record Person(List<String> keys, List<String> personKeys, Set<UUID> households) {}

    public Person everywhere(CaseSignal.Person person) {
        List<String> personKeys = keys.personKeys(person).stream()
                .map(key -> HexFormat.of().formatHex(key))
                .toList();
        Set<UUID> known = householdsOfKeys(personKeys);
        Set<UUID> counting = new LinkedHashSet<>();
        kin.kin(known).values().forEach(one -> counting.addAll(one.households()));
        return new Person(keys.subjectKeys(person, counting), personKeys, known);
    }

    /** Every household in which somebody of these keys is known now. */
    public Set<UUID> householdsOfKeys(Collection<String> personKeys) {
        Set<UUID> known = new LinkedHashSet<>();
        personKeys.forEach(
                key -> known.addAll(persons.householdsWith(HexFormat.of().parseHex(key))));
        return known;
    }

    /** How many these are, when those that share lineage, or of which a person said so, count as one. */
    public int apart(Collection<UUID> ids) {
        Set<Set<UUID>> groups = new HashSet<>();
        kin.kin(ids).values().forEach(one -> groups.add(one.households()));
        return groups.size();
    }

    /**
     * A person outside any signal.
     *
     * @param keys under which what the person says is found; {@link MatchedSignal#subjectKeys}
     * @param households in which the person is known
     */
    public record Subject(List<String> keys, Set<UUID> households) {}

    /**
     * The first person of a household, as somebody names it; the household is made when there is an address and nobody
     * knew it. No keys for who cannot be found again.
     */
    public Subject subject(CaseSignal.Household household) {
        CaseSignal.Person person = household.persons().get(0);
        Optional<UUID> home = household.address() == null ? Optional.empty() : search.home(household, clock.instant());
        Set<UUID> known = new LinkedHashSet<>();
        home.ifPresent(known::add);
        keys.personKey(person).ifPresent(key -> known.addAll(persons.householdsWith(key)));
        Set<UUID> counting =
                home.map(id -> kin.kin(List.of(id)).get(id).households()).orElse(Set.of());
        return new Subject(keys.subjectKeys(person, counting), known);
    }

    /** In which households somebody is known, and under which id in each; empty for who cannot be recognised. */
    public Map<UUID, UUID> personsLike(CaseSignal.Person person) {
        return keys.personKey(person).map(persons::personsWith).orElse(Map.of());
    }

    /** The household at an address; empty when nobody knows it, or where an address alone says nothing. */
    public Optional<UUID> at(Address address) {
        return search.at(address);
    }

    /** The signals that count for a household now, those of what was merged into it among them, newest first. */
    public List<UUID> signalsOf(UUID household, int limit) {
        return kin.signalsOf(household, limit);
    }

    /** Under which somebody is found by BSN alone; as {@link Subject#keys}. */
    public List<String> keysOfBsn(String bsn) {
        return keys.subjectKeys(new CaseSignal.Person("resident", null, null, bsn, null), Set.of());
    }

    /** Every household in which one of these persons is known, by whatever the person was recognised. */
    public Set<UUID> householdsOf(Collection<UUID> personIds) {
        return persons.householdsOf(personIds);
    }

    /**
     * The people of a batch.
     *
     * @param rowsOf by signal; runs along with its persons
     * @param named who is behind each row
     * @param shownBy the signal that named each row first
     */
    private record People(
            Map<UUID, List<PersonRow>> rowsOf,
            Map<PersonRow, CaseSignal.Person> named,
            Map<PersonRow, UUID> shownBy,
            PersonStore.KnownPersons known) {}

    private People people(List<AcceptedSignal> accepted, Map<UUID, UUID> householdOf) {
        Map<UUID, List<PersonRow>> rowsOf = new HashMap<>();
        Map<PersonRow, CaseSignal.Person> named = new LinkedHashMap<>();
        Map<PersonRow, UUID> shownBy = new HashMap<>();
        for (AcceptedSignal signal : accepted) {
            UUID household = householdOf.get(signal.id());
            List<PersonRow> own = new ArrayList<>();
            if (household != null) {
                List<CaseSignal.Person> all =
                        signal.signal().subject().household().persons();
                for (int i = 0; i < all.size(); i++) {
                    PersonRow row = new PersonRow(household, keys.personKey(signal, i));
                    own.add(row);
                    named.putIfAbsent(row, all.get(i));
                    shownBy.putIfAbsent(row, signal.id());
                }
            }
            rowsOf.put(signal.id(), own);
        }
        return new People(rowsOf, named, shownBy, persons.known(named.keySet()));
    }

    /** Who is new in a household, by name and birth date: somebody of that name elsewhere may be the same, or not. */
    private List<Namesake> namesakes(People people) {
        List<Namesake> namesakes = new ArrayList<>();
        for (PersonRow row : people.known().newcomers()) {
            CaseSignal.Person person = people.named().get(row);
            if (!HouseholdKeys.isRelated(person)) {
                UUID signal = people.shownBy().get(row);
                keys.nameKey(person).ifPresent(key -> namesakes.add(new Namesake(row.household(), key, signal)));
            }
        }
        return namesakes;
    }

    private List<MatchedSignal> matched(
            List<AcceptedSignal> accepted,
            Map<UUID, UUID> householdOf,
            Map<UUID, HouseholdStatus> states,
            People people) {
        Map<UUID, Kin> kinOf = kin.kin(states.entrySet().stream()
                .filter(entry -> entry.getValue().linked())
                .map(Map.Entry::getKey)
                .toList());
        List<MatchedSignal> matched = new ArrayList<>();
        for (AcceptedSignal signal : accepted) {
            UUID household = householdOf.get(signal.id());
            HouseholdStatus state = states.get(household);
            Kin counting =
                    state == null ? null : kinOf.getOrDefault(household, new Kin(state.teamId(), Set.of(household)));
            matched.add(new MatchedSignal(
                    signal,
                    household,
                    place(signal, household),
                    counting == null ? null : counting.teamId(),
                    people.rowsOf().get(signal.id()).stream()
                            .map(people.known().ids()::get)
                            .toList(),
                    counting == null ? List.of() : subjectKeys(signal, counting.households())));
        }
        return matched;
    }

    private CaseSignal.Subject place(AcceptedSignal signal, UUID household) {
        CaseSignal.Subject subject = signal.signal().subject();
        if (household == null || subject.household().address() != null) {
            return subject;
        }
        return households
                .addressOf(household)
                .map(address -> new CaseSignal.Subject(new CaseSignal.Household(address, List.of()), null))
                .orElse(subject);
    }

    private List<List<String>> subjectKeys(AcceptedSignal signal, Set<UUID> counting) {
        List<CaseSignal.Person> all = signal.signal().subject().household().persons();
        return IntStream.range(0, all.size())
                .mapToObj(i -> keys.subjectKeys(all.get(i), counting))
                .toList();
    }
}
