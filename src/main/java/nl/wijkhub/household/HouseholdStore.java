package nl.wijkhub.household;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import nl.wijkhub.household.HouseholdKeys.KeyKind;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.Address;

/** Tables {@code household} and {@code household_alias}. Keys are pseudonyms. */
public final class HouseholdStore {
    // whether an address is collective is asked with what it leads to
    private static final String BY_KEYS = """
            select encode(n.k, 'hex') as k, a.household_id, h.change_count, c.alias_key is not null as collective
            from unnest(:keys::bytea[]) as n(k)
            left join household_alias a on a.alias_key = n.k
            left join household h on h.household_id = a.household_id
            left join collective_address c on c.alias_key = n.k and c.ended_at is null
            where a.alias_key is not null or c.alias_key is not null
            """;
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
    private static final String CREATE_FROM = """
            insert into household (household_id, created_at, address_sealed, team_id)
            select :id, :at, :address, team_id from household where household_id = :origin
            """;
    private static final String ADDRESS = "select address_sealed from household where household_id = :id";
    private static final String LOCK = """
            select household_id, team_id, linked, change_count from household where household_id = any(:ids)
            order by household_id for no key update
            """;
    private static final String STATES =
            "select household_id, team_id, linked, change_count from household where household_id = any(:ids)";
    private static final String HAND_OVER = "update household set team_id = :team where household_id = :id";

    /** A household nobody knew; the address is null for somebody who is known by person alone. */
    record Newcomer(KeyKind kind, Address address) {}

    /** A key that leads to a household from now on. */
    record Learned(KeyKind kind, UUID household) {}

    /**
     * Where a key leads.
     *
     * @param household null for nowhere
     * @param changeCount of that household when it was looked up
     * @param collective of the key of an address: a person is needed there
     */
    record Lead(UUID household, int changeCount, boolean collective) {}

    /**
     * How a household stands.
     *
     * @param teamId the team that took it over; null for the team of its place
     * @param linked it has lineage, or somebody of it lives in another one too: see {@link LinkedHouseholdStore}
     * @param changeCount grows with each merge, move and split
     */
    record HouseholdStatus(String teamId, boolean linked, int changeCount) {}

    private final Database database;
    private final Vault vault;
    private final LinkedHouseholdStore kin;

    public HouseholdStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
        this.kin = new LinkedHouseholdStore(database);
    }

    LinkedHouseholdStore kin() {
        return kin;
    }

    /** Where keys lead, by key; without those that lead nowhere and say nothing. */
    Map<String, Lead> leads(Collection<String> keys) {
        Map<String, Lead> leads = new HashMap<>();
        if (!keys.isEmpty()) {
            database.with(h -> h.createQuery(BY_KEYS)
                    .bind("keys", bytes(keys))
                    .map((rs, c) -> leads.put(
                            rs.getString("k"),
                            new Lead(
                                    rs.getObject("household_id", UUID.class),
                                    rs.getInt("change_count"),
                                    rs.getBoolean("collective"))))
                    .list());
        }
        return leads;
    }

    /** Makes a household per key, unless somebody else was faster: then that one counts. Keys are taken in order. */
    Map<String, Lead> create(Map<String, Newcomer> unknown, Instant at) {
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
                            won.stream()
                                    .map(id -> sealed(id, ids.get(id).address()))
                                    .toArray(byte[][]::new))
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
            return leads(sorted.keySet());
        });
    }

    /** Makes a household of what was part of another: its place and its team are those of that one. */
    UUID createFrom(UUID origin, Instant at) {
        UUID id = Identifier.next();
        byte[] address = sealed(id, addressOf(origin).orElse(null));
        database.with(h -> h.createUpdate(CREATE_FROM)
                .bind("id", id)
                .bind("origin", origin)
                .bind("address", address)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
        return id;
    }

    private byte[] sealed(UUID household, Address address) {
        return address == null ? null : vault.seal("household", "address_sealed", household, Json.write(address));
    }

    /** The address a household was first known by; empty when it is known by person alone. */
    Optional<Address> addressOf(UUID household) {
        return database.with(h -> h.createQuery(ADDRESS)
                .bind("id", household)
                .map((rs, c) -> Optional.ofNullable(rs.getBytes("address_sealed")))
                .one()
                .map(bytes -> Json.read(vault.open("household", "address_sealed", household, bytes), Address.class)));
    }

    /** Learns where keys lead; returns where they lead now: somebody else may have been faster. */
    Map<String, UUID> learn(Map<String, Learned> learned, Instant at) {
        Map<String, UUID> lead = new HashMap<>();
        if (learned.isEmpty()) {
            return lead;
        }
        int won = database.with(h -> h.createQuery(CLAIM)
                .bind("keys", bytes(learned.keySet()))
                .bind(
                        "kinds",
                        learned.values().stream().map(one -> one.kind().name()).toArray(String[]::new))
                .bind(
                        "households",
                        learned.values().stream().map(Learned::household).toArray(UUID[]::new))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .mapTo(UUID.class)
                .list()
                .size());
        learned.forEach((key, one) -> lead.put(key, one.household()));
        if (won < learned.size()) {
            leads(learned.keySet()).forEach((key, other) -> lead.put(key, other.household()));
        }
        return lead;
    }

    /** Holds the households until the transaction ends; always in the same order, so that nobody waits in a ring. */
    Map<UUID, HouseholdStatus> lock(SortedSet<UUID> households) {
        return states(LOCK, households);
    }

    Map<UUID, HouseholdStatus> states(Collection<UUID> households) {
        return states(STATES, households);
    }

    private Map<UUID, HouseholdStatus> states(String sql, Collection<UUID> households) {
        Map<UUID, HouseholdStatus> states = new HashMap<>();
        if (!households.isEmpty()) {
            database.with(h -> h.createQuery(sql)
                    .bind("ids", households.toArray(UUID[]::new))
                    .map((rs, c) -> states.put(
                            rs.getObject("household_id", UUID.class),
                            new HouseholdStatus(
                                    rs.getString("team_id"), rs.getBoolean("linked"), rs.getInt("change_count"))))
                    .list());
        }
        return states;
    }

    /** From now on this team has the household, wherever it lives. */
    void handOver(UUID household, String teamId) {
        database.with(h -> h.createUpdate(HAND_OVER)
                .bind("id", household)
                .bind("team", teamId)
                .execute());
    }

    private static byte[][] bytes(Collection<String> hex) {
        return hex.stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
    }
}
