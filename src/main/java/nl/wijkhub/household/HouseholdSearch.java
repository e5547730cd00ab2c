package nl.wijkhub.household;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import nl.wijkhub.household.HouseholdKeys.Key;
import nl.wijkhub.household.HouseholdKeys.KeyKind;
import nl.wijkhub.household.HouseholdMatchStore.Proposal;
import nl.wijkhub.household.HouseholdStore.HouseholdStatus;
import nl.wijkhub.household.HouseholdStore.Lead;
import nl.wijkhub.household.HouseholdStore.Learned;
import nl.wijkhub.household.HouseholdStore.Newcomer;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;

/**
 * Finds or makes the household of each signal of a batch and holds it until the transaction ends. What was merged, moved or
 * split between looking up and locking is looked up again. An alias that leads elsewhere is proposed, never followed.
 */
final class HouseholdSearch {
    /**
     * @param householdOf by signal; without those about a neighbourhood
     * @param states of these households, as they are held
     */
    record Found(Map<UUID, UUID> householdOf, Map<UUID, HouseholdStatus> states) {}

    /** The keys of each signal, strongest first, and where they lead. */
    private record Looked(Map<UUID, List<Key>> keysOf, Map<String, Lead> leads) {
        boolean isKnown(Key key) {
            Lead lead = leads.get(key.hex());
            return lead != null && lead.household() != null;
        }

        boolean isStale(Map<UUID, HouseholdStatus> states) {
            return leads.values().stream().anyMatch(lead -> {
                HouseholdStatus state = states.get(lead.household());
                return state != null && state.changeCount() != lead.changeCount();
            });
        }
    }

    private final HouseholdStore households;
    private final HouseholdMatchStore matches;
    private final HouseholdKeys keys;

    HouseholdSearch(HouseholdStore households, HouseholdMatchStore matches, HouseholdKeys keys) {
        this.households = households;
        this.matches = matches;
        this.keys = keys;
    }

    Found find(List<AcceptedSignal> batch, Instant now) {
        List<AcceptedSignal> about = batch.stream()
                .filter(signal -> signal.signal().subject().isHousehold())
                .toList();
        Looked looked = look(about);
        Map<UUID, UUID> householdOf = householdOf(about, looked, now);
        Map<UUID, HouseholdStatus> states = households.lock(new TreeSet<>(householdOf.values()));
        while (looked.isStale(states)) {
            looked = look(about);
            householdOf = householdOf(about, looked, now);
            states = households.lock(new TreeSet<>(householdOf.values()));
        }
        learn(looked, householdOf, now);
        return new Found(householdOf, states);
    }

    /** By which key each of these signals finds its household now, as hex. */
    Map<UUID, String> deciding(List<AcceptedSignal> about) {
        Looked looked = look(about);
        Map<String, List<Key>> homes = homes(looked.keysOf().values());
        Map<UUID, String> byKey = new HashMap<>();
        looked.keysOf()
                .forEach((signal, own) ->
                        byKey.put(signal, deciding(own, looked, homes).hex()));
        return byKey;
    }

    /** The household at an address; empty when nobody knows it, or where an address alone says nothing. */
    Optional<UUID> at(Address address) {
        String key = keys.ofAddress(address).hex();
        return Optional.ofNullable(households.leads(List.of(key)).get(key))
                .filter(lead -> !lead.collective())
                .map(Lead::household);
    }

    /**
     * The household of who is named at an address, made when nobody knew it; empty where a person is needed and none can be
     * recognised.
     */
    Optional<UUID> home(CaseSignal.Household named, Instant now) {
        Key address = keys.ofAddress(named.address());
        Lead lead = households.leads(List.of(address.hex())).get(address.hex());
        List<Key> own = lead != null && lead.collective() ? keys.ofPersons(named) : List.of(address);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Lead> leads = households.leads(own.stream().map(Key::hex).toList());
        Optional<UUID> known = own.stream()
                .map(key -> leads.get(key.hex()))
                .filter(one -> one != null && one.household() != null)
                .map(Lead::household)
                .findFirst();
        return known.or(() -> {
            Key first = own.get(0);
            Newcomer newcomer = new Newcomer(first.kind(), named.address());
            return Optional.of(households
                    .create(Map.of(first.hex(), newcomer), now)
                    .get(first.hex())
                    .household());
        });
    }

    private Looked look(List<AcceptedSignal> about) {
        Map<UUID, List<Key>> keysOf = new LinkedHashMap<>();
        Set<String> all = new TreeSet<>();
        for (AcceptedSignal signal : about) {
            List<Key> own = keys.of(signal);
            keysOf.put(signal.id(), own);
            own.forEach(key -> all.add(key.hex()));
        }
        Map<String, Lead> leads = households.leads(all);
        Set<String> more = new TreeSet<>();
        for (AcceptedSignal signal : about) {
            Lead lead = leads.get(keysOf.get(signal.id()).get(0).hex());
            if (lead != null && lead.collective()) {
                List<Key> own = keys.atCollective(signal);
                keysOf.put(signal.id(), own);
                own.forEach(key -> more.add(key.hex()));
            }
        }
        more.removeAll(all);
        leads.putAll(households.leads(more));
        return new Looked(keysOf, leads);
    }

    /** Every deciding key leads somewhere after this: what nobody knew becomes a household of its own. */
    private Map<UUID, UUID> householdOf(List<AcceptedSignal> about, Looked looked, Instant now) {
        Map<String, List<Key>> homes = homes(looked.keysOf().values());
        Map<UUID, Key> decidingOf = new HashMap<>();
        Map<String, Newcomer> unknown = new LinkedHashMap<>();
        for (AcceptedSignal signal : about) {
            Key deciding = deciding(looked.keysOf().get(signal.id()), looked, homes);
            decidingOf.put(signal.id(), deciding);
            if (!looked.isKnown(deciding)) {
                unknown.merge(
                        deciding.hex(),
                        new Newcomer(
                                deciding.kind(),
                                signal.signal().subject().household().address()),
                        (one, other) -> one.address() == null ? other : one);
            }
        }
        if (!unknown.isEmpty()) {
            looked.leads().putAll(households.create(unknown, now));
        }
        Map<UUID, UUID> householdOf = new HashMap<>();
        decidingOf.forEach((signal, key) ->
                householdOf.put(signal, looked.leads().get(key.hex()).household()));
        return householdOf;
    }

    /** Which signals of the batch say more of a person than the person's own key: an address, or a BSN. */
    private static Map<String, List<Key>> homes(Collection<List<Key>> keysOfSignals) {
        Map<String, List<Key>> homes = new HashMap<>();
        for (List<Key> own : keysOfSignals) {
            KeyKind first = own.get(0).kind();
            for (Key key : own) {
                if ((first == KeyKind.ADDRESS && key.kind() == KeyKind.PERSON)
                        || (first == KeyKind.PERSON && key.kind() == KeyKind.RESIDENT)) {
                    homes.putIfAbsent(key.hex(), own);
                }
            }
        }
        return homes;
    }

    /**
     * An address decides. Of persons the strongest key that leads somewhere does: somebody without an address lives where
     * that person is known, or where another signal of the batch says.
     */
    private static Key deciding(List<Key> own, Looked looked, Map<String, List<Key>> homes) {
        Key first = own.get(0);
        if (first.kind() == KeyKind.ADDRESS) {
            return first;
        }
        for (Key key : own) {
            if (looked.isKnown(key)) {
                return key;
            }
        }
        for (Key key : own) {
            List<Key> home = homes.get(key.hex());
            if (home != null && !home.equals(own)) {
                return deciding(home, looked, homes);
            }
        }
        return first;
    }

    /** What else is known of a household leads to it from now on, unless it leads elsewhere already. */
    private void learn(Looked looked, Map<UUID, UUID> householdOf, Instant now) {
        Map<String, Learned> unknown = new LinkedHashMap<>();
        Map<String, UUID> leadTo = new HashMap<>();
        looked.keysOf().forEach((signal, own) -> {
            for (Key key : own) {
                if (looked.isKnown(key)) {
                    leadTo.put(key.hex(), looked.leads().get(key.hex()).household());
                } else {
                    unknown.putIfAbsent(key.hex(), new Learned(key.kind(), householdOf.get(signal)));
                }
            }
        });
        leadTo.putAll(households.learn(unknown, now));
        Set<Proposal> doubtful = new LinkedHashSet<>();
        looked.keysOf().forEach((signal, own) -> {
            UUID household = householdOf.get(signal);
            for (Key key : own) {
                UUID other = leadTo.get(key.hex());
                if (!other.equals(household)) {
                    doubt(key.kind())
                            .ifPresent(kind -> doubtful.add(new Proposal(household, other, kind, key.hex(), signal)));
                }
            }
        });
        matches.propose(doubtful, now);
    }

    private static Optional<HouseholdMatchStore.MatchReason> doubt(KeyKind kind) {
        return switch (kind) {
            case BAG -> Optional.of(HouseholdMatchStore.MatchReason.BAG);
            case PERSON -> Optional.of(HouseholdMatchStore.MatchReason.PERSON);
            case ADDRESS, RESIDENT, SIGNAL -> Optional.empty();
        };
    }
}
