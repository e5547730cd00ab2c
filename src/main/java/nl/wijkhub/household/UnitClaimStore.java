package nl.wijkhub.household;

import static nl.wijkhub.kernel.Database.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.Address;
import org.jdbi.v3.core.statement.Query;

/**
 * Whose register holds an address, and table {@code unit_conflict}: addresses that two registers hold, with the
 * partner that the municipality confirmed. A confirmation stands for as long as its partner holds the address without
 * a break.
 */
public final class UnitClaimStore {
    private static final int FRESH = 5_000;

    /** One look compares no more: after a large register came in, the next looks find the rest. */
    private static final int ROUNDS = 4;

    // of where a household lives (lived: signal, k): the one partner whose register holds it
    private static final String CLAIMED = """
            held as (
                select l.signal, l.k, u.partner_id, min(u.held_since) as since
                from lived l join housing_unit u on u.address_key = l.k
                group by l.signal, l.k, u.partner_id),
            claimed as (
                select h.signal, case when count(*) = 1 then min(h.partner_id) else min(h.partner_id) filter (
                    where c.partner_id = h.partner_id and h.since <= c.confirmed_at) end as partner_id
                from held h left join unit_conflict c on c.address_key = h.k
                group by h.signal, h.k)
            select signal, min(partner_id) as partner_id from claimed
            group by signal having count(*) = count(partner_id) and count(distinct partner_id) = 1
            """;

    // a new signal is with the household that it was matched to, which is merged into none
    private static final String HOLDERS_OF_NEW = """
            with lived as (
                select distinct n.signal, coalesce(a.alias_key, n.place) as k
                from unnest(:signals::uuid[], :households::uuid[], :places::bytea[]) as n(signal, household, place)
                left join household_alias a on a.household_id = n.household and a.kind = 'ADDRESS'),
            """ + CLAIMED;

    // a signal counts for the household it is with now (LinkedHouseholdStore), which lives where its aliases lead
    // from; of one without any the place of the signal counts, unless the person left there
    private static final String HOLDERS = """
            with recursive asked as (
                select n.signal, coalesce(l.household_id, n.household) as household,
                    case when l.moves is true then null else n.place end as place
                from unnest(:signals::uuid[], :households::uuid[], :places::bytea[]) as n(signal, household, place)
                left join lateral (
                    select case when c.undone_at is null then c.to_household_id else c.from_household_id end
                            as household_id,
                        c.undone_at is null and c.kind = 'MOVE' as moves
                    from household_change_moved m join household_change c on c.change_id = m.change_id
                    where m.signal_id = n.signal
                    order by coalesce(c.undone_at, c.changed_at) desc, c.change_no desc limit 1) as l on true),
            up (signal, place, household_id, merged_into_id) as (
                select k.signal, k.place, h.household_id, h.merged_into_id
                from asked k join household h on h.household_id = k.household
                union
                select u.signal, u.place, h.household_id, h.merged_into_id
                from up u join household h on h.household_id = u.merged_into_id),
            lived as (
                select distinct u.signal, coalesce(a.alias_key, u.place) as k
                from up u left join household_alias a on a.household_id = u.household_id and a.kind = 'ADDRESS'
                where u.merged_into_id is null),
            """ + CLAIMED;
    // of two that are put at once neither sees the other: each is compared after it was committed, the later one with
    // both
    private static final String COMPARE = """
            with fresh as (
                select housing_unit_id, partner_id, address_key from housing_unit
                where not compared and address_key is not null
                order by housing_unit_id limit :limit for update skip locked),
            compared as (
                update housing_unit u set compared = true from fresh f where u.housing_unit_id = f.housing_unit_id),
            met as (
                insert into unit_conflict (conflict_id, address_key)
                select gen_random_uuid(), d.k from (
                    select distinct f.address_key as k from fresh f where exists (
                        select 1 from housing_unit o
                        where o.address_key = f.address_key and o.partner_id <> f.partner_id)) d
                order by d.k on conflict (address_key) do nothing)
            select count(*) from fresh
            """;
    private static final String CONFLICTS = """
            select c.conflict_id, h.partners, h.since, u.housing_unit_id, u.address_sealed, a.household_id,
                case when c.partner_id = any(h.partners)
                    and h.held[array_position(h.partners, c.partner_id)] <= c.confirmed_at then c.partner_id end
                    as confirmed
            from unit_conflict c
            cross join lateral (
                select array_agg(p.partner_id order by p.partner_id) as partners,
                    array_agg(p.held order by p.partner_id) as held,
                    (array_agg(p.held order by p.held))[2] as since
                from (
                    select o.partner_id, min(o.held_since) as held from housing_unit o
                    where o.address_key = c.address_key group by o.partner_id) p) h
            cross join lateral (
                select o.housing_unit_id, o.address_sealed from housing_unit o
                where o.address_key = c.address_key order by o.housing_unit_id limit 1) u
            left join household_alias a on a.alias_key = c.address_key
            where cardinality(h.partners) > 1
            """;
    private static final String STANDING = CONFLICTS + "order by h.since, c.conflict_id";
    private static final String BY_ID = CONFLICTS + "and c.conflict_id = :id for update of c";
    private static final String CONFIRM = """
            update unit_conflict set partner_id = :partner, confirmed_by = :user, confirmed_at = :at
            where conflict_id = :id
            """;

    /**
     * An address that several registers hold.
     *
     * @param partners all that hold it
     * @param since when the second one came
     * @param confirmed the one that counts; null while none does
     * @param household the one that is known there; null for none
     */
    public record UnitConflict(
            UUID id, Address address, List<String> partners, Instant since, String confirmed, UUID household) {
        public boolean isConfirmed() {
            return confirmed != null;
        }
    }

    private final Database database;
    private final Vault vault;
    private final HouseholdKeys keys;

    public UnitClaimStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
        this.keys = new HouseholdKeys(vault);
    }

    /**
     * By signal: the one partner whose register holds where its household lives. Nothing where none does, where two
     * do and none is confirmed, and where a household lives at addresses of two.
     */
    public Map<UUID, String> holdersOf(Collection<MatchedSignal> signals) {
        List<MatchedSignal> about = aboutHouseholds(signals);
        return about.isEmpty() ? Map.of() : database.with(h -> holders(h.createQuery(HOLDERS), about));
    }

    /** The same, of signals that were matched in this transaction: nothing has moved since. */
    public Map<UUID, String> holdersOfNew(Collection<MatchedSignal> signals) {
        List<MatchedSignal> about = aboutHouseholds(signals);
        return about.isEmpty() ? Map.of() : database.with(h -> holders(h.createQuery(HOLDERS_OF_NEW), about));
    }

    private static List<MatchedSignal> aboutHouseholds(Collection<MatchedSignal> signals) {
        return signals.stream().filter(signal -> signal.householdId() != null).toList();
    }

    private Map<UUID, String> holders(Query query, List<MatchedSignal> about) {
        Map<UUID, String> holders = new HashMap<>();
        query.bind("signals", column(about, UUID[]::new, MatchedSignal::signalId))
                .bind("households", column(about, UUID[]::new, MatchedSignal::householdId))
                .bind("places", column(about, byte[][]::new, this::place))
                .map((rs, c) -> holders.put(rs.getObject("signal", UUID.class), rs.getString("partner_id")))
                .list();
        return holders;
    }

    private byte[] place(MatchedSignal signal) {
        Address address =
                signal.place().isHousehold() ? signal.place().household().address() : null;
        return address == null
                ? null
                : HexFormat.of().parseHex(keys.ofAddress(address).hex());
    }

    /** Every address that several registers hold, also where one is confirmed; longest standing first. */
    public List<UnitConflict> conflicts() {
        boolean hasMore = true;
        for (int round = 0; hasMore && round < ROUNDS; round++) {
            hasMore = compare() == FRESH;
        }
        return database.with(
                h -> h.createQuery(STANDING).map((rs, c) -> read(rs)).list());
    }

    private int compare() {
        return database.with(h ->
                h.createQuery(COMPARE).bind("limit", FRESH).mapTo(Integer.class).one());
    }

    /** One of them, held until the transaction ends; empty when it is none any more. */
    public Optional<UnitConflict> held(UUID id) {
        return database.with(h ->
                h.createQuery(BY_ID).bind("id", id).map((rs, c) -> read(rs)).findOne());
    }

    /** From now on this partner counts. */
    public void confirm(UUID id, String partnerId, String user, Instant at) {
        database.with(h -> h.createUpdate(CONFIRM)
                .bind("id", id)
                .bind("partner", partnerId)
                .bind("user", user)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    private UnitConflict read(ResultSet rs) throws SQLException {
        UUID unit = rs.getObject("housing_unit_id", UUID.class);
        return new UnitConflict(
                rs.getObject("conflict_id", UUID.class),
                Json.read(
                        vault.open("housing_unit", "address_sealed", unit, rs.getBytes("address_sealed")),
                        Address.class),
                List.of((String[]) rs.getArray("partners").getArray()),
                rs.getObject("since", OffsetDateTime.class).toInstant(),
                rs.getString("confirmed"),
                rs.getObject("household_id", UUID.class));
    }
}
