package nl.wijkhub.household;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import nl.wijkhub.household.HouseholdKeys.Kind;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.Address;

/** Tables {@code household}, {@code household_alias}, {@code merge_proposal}, {@code person}. Keys are pseudonyms. */
public final class HouseholdStore {
    private static final String BY_KEYS =
            "select encode(alias_key, 'hex') as k, household_id from household_alias where alias_key = any(:keys)";
    private static final String CLAIM = """
            insert into household_alias (alias_key, kind, household_id, learned_at)
            select k, kind, household, :at
            from unnest(:keys::bytea[], :kinds::text[], :households::uuid[]) as n(k, kind, household)
            order by k
            on conflict (alias_key) do nothing
            returning household_id
            """;
    private static final String CREATE = """
            insert into household (household_id, created_at, address_sealed)
            select h, :at, a from unnest(:ids::uuid[], :addresses::bytea[]) as n(h, a)
            """;
    private static final String ADDRESS = "select address_sealed from household where household_id = :id";
    private static final String LOCK =
            "select household_id from household where household_id = any(:ids) order by household_id for no key update";
    private static final String PROPOSE = """
            insert into merge_proposal (merge_proposal_id, household_id, other_household_id, alias_kind, proposed_at)
            values (:id, :household, :other, :kind, :at)
            on conflict (household_id, other_household_id, alias_kind) do nothing
            """;
    private static final String ADD_PERSONS = """
            insert into person (person_id, household_id, person_key)
            select p, h, k from unnest(:ids::uuid[], :households::uuid[], :keys::bytea[]) as n(p, h, k)
            order by h, k
            on conflict (household_id, person_key) do nothing
            """;
    private static final String PERSONS = """
            select p.person_id, p.household_id, p.person_key from person p
            join unnest(:households::uuid[], :keys::bytea[]) as n(h, k) on p.household_id = h and p.person_key = k
            """;

    private static final String HOUSEHOLDS_OF = """
            select distinct other.household_id from person p join person other on other.person_key = p.person_key
            where p.person_id = any(:persons)
            """;

    private static final String PERSONS_WITH =
            "select household_id, person_id from person where person_key = :key order by person_id";
    private static final String HOUSEHOLDS_WITH = "select distinct household_id from person where person_key = :key";

    /** A household nobody knew; the address is null for somebody who is known by person alone. */
    record Newcomer(Kind kind, Address address) {}

    record Proposal(UUID household, UUID other, String aliasKind) {}

    /** A person of a household, by pseudonym. */
    record PersonRow(UUID household, byte[] key) {
        @Override
        public boolean equals(Object other) {
            return other instanceof PersonRow row && household.equals(row.household) && Arrays.equals(key, row.key);
        }

        @Override
        public int hashCode() {
            return Objects.hash(household, Arrays.hashCode(key));
        }
    }

    private final DatabaseStore database;
    private final Vault vault;

    public HouseholdStore(DatabaseStore database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    Map<String, UUID> byKeys(Collection<String> keys) {
        Map<String, UUID> found = new HashMap<>();
        if (!keys.isEmpty()) {
            database.with(h -> {
                h.createQuery(BY_KEYS)
                        .bind("keys", bytes(keys))
                        .map((rs, c) -> found.put(rs.getString("k"), rs.getObject("household_id", UUID.class)))
                        .list();
                return found;
            });
        }
        return found;
    }

    /** Makes a household per key, unless somebody else was faster: then that one counts. Keys are taken in order. */
    Map<String, UUID> create(Map<String, Newcomer> unknown, Instant at) {
        TreeMap<String, Newcomer> sorted = new TreeMap<>(unknown);
        Map<UUID, Newcomer> ids = new LinkedHashMap<>();
        sorted.values().forEach(newcomer -> ids.put(Identifier.next(), newcomer));
        return database.with(h -> {
            List<UUID> won = h.createQuery(CLAIM)
                    .bind("keys", bytes(sorted.keySet()))
                    .bind(
                            "kinds",
                            sorted.values().stream().map(n -> n.kind().name()).toArray(String[]::new))
                    .bind("households", ids.keySet().toArray(UUID[]::new))
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .mapTo(UUID.class)
                    .list();
            h.createUpdate(CREATE)
                    .bind("ids", won.toArray(UUID[]::new))
                    .bind(
                            "addresses",
                            won.stream().map(id -> sealed(id, ids.get(id))).toArray(byte[][]::new))
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
            return byKeys(sorted.keySet());
        });
    }

    private byte[] sealed(UUID household, Newcomer newcomer) {
        return newcomer.address() == null
                ? null
                : vault.seal("household", "address_sealed", household, Json.write(newcomer.address()));
    }

    /** The address a household was first known by; empty when it is known by person alone. */
    Optional<Address> addressOf(UUID household) {
        return database.with(h -> h.createQuery(ADDRESS)
                .bind("id", household)
                .map((rs, c) -> Optional.ofNullable(rs.getBytes("address_sealed")))
                .one()
                .map(bytes -> Json.read(vault.open("household", "address_sealed", household, bytes), Address.class)));
    }

    /** Learns that a key leads to a household; returns where it leads now. */
    UUID learn(String key, Kind kind, UUID household, Instant at) {
        database.with(h -> h.createQuery(CLAIM)
                .bind("keys", bytes(java.util.List.of(key)))
                .bind("kinds", new String[] {kind.name()})
                .bind("households", new UUID[] {household})
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .mapTo(UUID.class)
                .list());
        return byKeys(java.util.List.of(key)).get(key);
    }

    /** Holds the households until the transaction ends; always in the same order, so that nobody waits in a ring. */
    void lock(SortedSet<UUID> households) {
        if (!households.isEmpty()) {
            database.with(h -> h.createQuery(LOCK)
                    .bind("ids", households.toArray(UUID[]::new))
                    .mapTo(UUID.class)
                    .list());
        }
    }

    void propose(Proposal proposal, Instant at) {
        database.with(h -> h.createUpdate(PROPOSE)
                .bind("id", Identifier.next())
                .bind("household", proposal.household())
                .bind("other", proposal.other())
                .bind("kind", proposal.aliasKind())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** The id of each person, made where it did not exist. */
    Map<PersonRow, UUID> persons(Collection<PersonRow> rows) {
        Map<PersonRow, UUID> ids = new HashMap<>();
        if (rows.isEmpty()) {
            return ids;
        }
        UUID[] households = rows.stream().map(PersonRow::household).toArray(UUID[]::new);
        byte[][] keys = rows.stream().map(PersonRow::key).toArray(byte[][]::new);
        return database.with(h -> {
            h.createUpdate(ADD_PERSONS)
                    .bind("ids", rows.stream().map(r -> Identifier.next()).toArray(UUID[]::new))
                    .bind("households", households)
                    .bind("keys", keys)
                    .execute();
            h.createQuery(PERSONS)
                    .bind("households", households)
                    .bind("keys", keys)
                    .map((rs, c) -> ids.put(
                            new PersonRow(rs.getObject("household_id", UUID.class), rs.getBytes("person_key")),
                            rs.getObject("person_id", UUID.class)))
                    .list();
            return ids;
        });
    }

    Set<UUID> householdsOf(Collection<UUID> persons) {
        return database.with(h -> h.createQuery(HOUSEHOLDS_OF)
                .bind("persons", persons.toArray(UUID[]::new))
                .mapTo(UUID.class)
                .set());
    }

    /** Household → the person's id in it. */
    Map<UUID, UUID> personsWith(byte[] personKey) {
        Map<UUID, UUID> persons = new LinkedHashMap<>();
        database.with(h -> h.createQuery(PERSONS_WITH)
                .bind("key", personKey)
                .map((rs, c) ->
                        persons.put(rs.getObject("household_id", UUID.class), rs.getObject("person_id", UUID.class)))
                .list());
        return persons;
    }

    Set<UUID> householdsWith(byte[] personKey) {
        return database.with(h -> h.createQuery(HOUSEHOLDS_WITH)
                .bind("key", personKey)
                .mapTo(UUID.class)
                .set());
    }

    private static byte[][] bytes(Collection<String> hex) {
        return hex.stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
    }
}
