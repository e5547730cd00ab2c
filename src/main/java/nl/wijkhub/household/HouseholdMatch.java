package nl.wijkhub.household;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
import nl.wijkhub.household.HouseholdKeys.Key;
import nl.wijkhub.household.HouseholdStore.Newcomer;
import nl.wijkhub.household.HouseholdStore.PersonRow;
import nl.wijkhub.household.HouseholdStore.Proposal;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.SignalStore;

/**
 * Stage 30: finds or makes the household each signal is about, and locks it until the batch is committed.
 * In: ids from the queue. Out: the signals not worked before, with their household.
 * When an alias (BAG id, person) leads to another household than the address, the merge is proposed, never made.
 */
public final class HouseholdMatch {
    public static final String STAGE = "household-match";

    private final SignalStore signals;
    private final HouseholdStore households;
    private final Timeline timeline;
    private final HouseholdKeys keys;
    private final Clock clock;

    public HouseholdMatch(SignalStore signals, HouseholdStore households, Timeline timeline, Vault vault, Clock clock) {
        this.signals = signals;
        this.households = households;
        this.timeline = timeline;
        this.keys = new HouseholdKeys(vault);
        this.clock = clock;
    }

    public List<MatchedSignal> match(List<String> ids) {
        Instant now = clock.instant();
        List<AcceptedSignal> accepted = signals.unworked(
                ids.stream().map(Identifier::parse).flatMap(Optional::stream).toList());
        Map<UUID, List<Key>> keysOf = new LinkedHashMap<>();
        for (AcceptedSignal signal : accepted) {
            if (signal.signal().subject().isHousehold()) {
                keysOf.put(signal.id(), keys.of(signal));
            }
        }
        Map<String, String> homes = homes(keysOf.values());
        Map<String, UUID> found = found(keysOf, accepted, homes, now);
        Map<UUID, UUID> householdOf = new HashMap<>();
        keysOf.forEach((signal, itsKeys) -> householdOf.put(signal, resolve(itsKeys, found, homes)));
        households.lock(new TreeSet<>(householdOf.values()));
        keysOf.forEach((signal, itsKeys) -> learn(itsKeys, householdOf.get(signal), found, now));
        List<MatchedSignal> matched = withPersons(accepted, householdOf);
        timeline.passed(matched.stream()
                .map(m -> new Timeline.Entry(
                        m.signalId(), STAGE, m.householdId() == null ? "neighbourhood" : "matched", now))
                .toList());
        return matched;
    }

    /** A signal that was matched before, with the household it was matched to; null for a neighbourhood signal. */
    public MatchedSignal again(AcceptedSignal accepted, UUID householdId) {
        return withPersons(List.of(accepted), householdId == null ? Map.of() : Map.of(accepted.id(), householdId))
                .get(0);
    }

    /** The same, its household locked until the transaction ends. */
    public MatchedSignal locked(AcceptedSignal accepted, UUID householdId) {
        households.lock(householdId == null ? new TreeSet<>() : new TreeSet<>(Set.of(householdId)));
        return again(accepted, householdId);
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
        Set<String> all = new LinkedHashSet<>(keys.subjectKeys(person, null));
        known.forEach(household -> all.addAll(keys.subjectKeys(person, household)));
        return new Person(List.copyOf(all), personKeys, known);
    }

    /** Every household in which somebody of these keys is known now. */
    public Set<UUID> householdsOfKeys(Collection<String> personKeys) {
        Set<UUID> known = new LinkedHashSet<>();
        personKeys.forEach(
                key -> known.addAll(households.householdsWith(HexFormat.of().parseHex(key))));
        return known;
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
        UUID home = null;
        if (household.address() != null) {
            Key address = keys.ofAddress(household.address());
            home = households.byKeys(List.of(address.hex())).get(address.hex());
            if (home == null) {
                home = households
                        .create(
                                Map.of(address.hex(), new Newcomer(address.kind(), household.address())),
                                clock.instant())
                        .get(address.hex());
            }
        }
        Set<UUID> known = new LinkedHashSet<>();
        if (home != null) {
            known.add(home);
        }
        keys.personKey(person).ifPresent(key -> known.addAll(households.householdsWith(key)));
        return new Subject(keys.subjectKeys(person, home), known);
    }

    /** In which households somebody is known, and under which id in each; empty for who cannot be recognised. */
    public Map<UUID, UUID> personsLike(CaseSignal.Person person) {
        return keys.personKey(person).map(households::personsWith).orElse(Map.of());
    }

    /** The household at an address; empty when nobody knows it. */
    public Optional<UUID> at(Address address) {
        String key = keys.ofAddress(address).hex();
        return Optional.ofNullable(households.byKeys(List.of(key)).get(key));
    }

    /** Under which somebody is found by BSN alone; as {@link Subject#keys}. */
    public List<String> keysOfBsn(String bsn) {
        return keys.subjectKeys(new CaseSignal.Person("resident", null, null, bsn, null), null);
    }

    /** Every household in which one of these persons is known, by whatever the person was recognised. */
    public Set<UUID> householdsOf(Collection<UUID> personIds) {
        return households.householdsOf(personIds);
    }

    /** Where a person of this batch lives, by the address another signal of the batch gives: person key → address key. */
    private static Map<String, String> homes(Collection<List<Key>> keysOfSignals) {
        Map<String, String> homes = new HashMap<>();
        for (List<Key> list : keysOfSignals) {
            if (list.get(0).kind() == HouseholdKeys.Kind.ADDRESS) {
                list.stream()
                        .filter(key -> key.kind() == HouseholdKeys.Kind.PERSON)
                        .forEach(key -> homes.putIfAbsent(key.hex(), list.get(0).hex()));
            }
        }
        return homes;
    }

    /** Every deciding key leads somewhere after this: what nobody knew becomes a household of its own. */
    private Map<String, UUID> found(
            Map<UUID, List<Key>> keysOf, List<AcceptedSignal> accepted, Map<String, String> homes, Instant now) {
        Set<String> all = new TreeSet<>();
        keysOf.values().forEach(list -> list.forEach(key -> all.add(key.hex())));
        Map<String, UUID> found = households.byKeys(all);
        Map<String, Newcomer> unknown = new LinkedHashMap<>();
        for (AcceptedSignal signal : accepted) {
            List<Key> list = keysOf.get(signal.id());
            if (list == null) {
                continue;
            }
            Key first = list.get(0);
            // a person without an address lives where that person is known
            boolean elsewhere = first.kind() == HouseholdKeys.Kind.PERSON
                    && list.stream().anyMatch(k -> found.containsKey(k.hex()) || homes.containsKey(k.hex()));
            if (!found.containsKey(first.hex()) && !elsewhere) {
                unknown.put(
                        first.hex(),
                        new Newcomer(
                                first.kind(),
                                signal.signal().subject().household().address()));
            }
        }
        if (!unknown.isEmpty()) {
            found.putAll(households.create(unknown, now));
        }
        return found;
    }

    private static UUID resolve(List<Key> itsKeys, Map<String, UUID> found, Map<String, String> homes) {
        return itsKeys.stream()
                .map(key -> found.containsKey(key.hex()) ? found.get(key.hex()) : found.get(homes.get(key.hex())))
                .filter(id -> id != null)
                .findFirst()
                .orElseThrow();
    }

    /** What else is known of a household leads to it from now on, unless it leads elsewhere already. */
    private void learn(List<Key> itsKeys, UUID household, Map<String, UUID> found, Instant now) {
        for (Key key : itsKeys) {
            UUID other = found.get(key.hex());
            if (other == null) {
                UUID owner = households.learn(key.hex(), key.kind(), household, now);
                found.put(key.hex(), owner);
                other = owner;
            }
            if (!other.equals(household)) {
                households.propose(new Proposal(household, other, key.kind().name()), now);
            }
        }
    }

    private List<MatchedSignal> withPersons(List<AcceptedSignal> accepted, Map<UUID, UUID> householdOf) {
        Set<PersonRow> rows = new LinkedHashSet<>();
        Map<UUID, List<PersonRow>> rowsOf = new HashMap<>();
        for (AcceptedSignal signal : accepted) {
            UUID household = householdOf.get(signal.id());
            List<PersonRow> own = new ArrayList<>();
            if (household != null) {
                List<CaseSignal.Person> persons =
                        signal.signal().subject().household().persons();
                for (int i = 0; i < persons.size(); i++) {
                    own.add(new PersonRow(household, keys.personKey(signal, i)));
                }
            }
            rowsOf.put(signal.id(), own);
            rows.addAll(own);
        }
        Map<PersonRow, UUID> ids = households.persons(rows);
        return accepted.stream()
                .map(signal -> new MatchedSignal(
                        signal,
                        householdOf.get(signal.id()),
                        place(signal, householdOf.get(signal.id())),
                        rowsOf.get(signal.id()).stream().map(ids::get).toList(),
                        subjectKeys(signal, householdOf.get(signal.id()))))
                .toList();
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

    private List<List<String>> subjectKeys(AcceptedSignal signal, UUID household) {
        int persons = household == null
                ? 0
                : signal.signal().subject().household().persons().size();
        return IntStream.range(0, persons)
                .mapToObj(i -> keys.subjectKeys(
                        signal.signal().subject().household().persons().get(i), household))
                .toList();
    }
}
