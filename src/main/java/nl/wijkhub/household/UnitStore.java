package nl.wijkhub.household;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.Address;

/**
 * Tables {@code housing_unit} and {@code housing_register}: which address stands behind a corporation's own unit id,
 * and how many units it has. What is put or taken out touches rows of that partner alone, so that neither an answer
 * nor the time it takes tells what another partner has; {@link UnitClaimStore} compares.
 */
public final class UnitStore {
    private static final int BATCH = 1_000;

    private static final String HOLD = """
            insert into housing_register (partner_id, units) values (:partner, 0)
            on conflict (partner_id) do update set units = housing_register.units
            returning units
            """;
    private static final String COUNT = "update housing_register set units = units + :by where partner_id = :partner";
    private static final String INSERT = """
            insert into housing_unit (housing_unit_id, partner_id, unit_key, address_sealed, address_key, held_since,
                updated_at)
            values (:id, :partner, :key, :sealed, :address,
                coalesce((select min(held_since) from housing_unit where address_key = :address and partner_id = :partner),
                    :now),
                :at)
            """;
    // who has the address by another unit, or by this one already, holds it since then
    private static final String CHANGE = """
            update housing_unit u set address_sealed = :sealed, address_key = :address, updated_at = :at,
                compared = u.compared and u.address_key is not distinct from :address,
                held_since = coalesce((
                        select min(o.held_since) from housing_unit o
                        where o.address_key = :address and o.partner_id = u.partner_id),
                    :now)
            where housing_unit_id = :id
            """;
    private static final String FIND = """
            select housing_unit_id, address_sealed, updated_at from housing_unit
            where partner_id = :partner and unit_key = :key
            """;
    private static final String REMOVE = "delete from housing_unit where partner_id = :partner and unit_key = :key";
    private static final String UNKEYED = """
            select housing_unit_id, address_sealed, updated_at from housing_unit
            where address_key is null order by housing_unit_id limit :limit for update
            """;
    private static final String FILL = """
            update housing_unit u set address_key = n.k, held_since = u.updated_at
            from unnest(:ids::uuid[], :keys::bytea[]) as n(id, k)
            where u.housing_unit_id = n.id
            """;

    /** What became of a unit that was put. */
    public enum Put implements Coded {
        CREATED,
        UPDATED,
        /** Something that was put later stands there. */
        NEWER_STANDS,
        /** The partner has as many units as it declared. */
        FULL
    }

    private record Row(UUID id, Address address, Instant updatedAt) {}

    private final Database database;
    private final Vault vault;
    private final HouseholdKeys keys;
    private final Clock clock;

    public UnitStore(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.keys = new HouseholdKeys(vault);
        this.clock = clock;
    }

    /**
     * Registers a unit, or gives it another address.
     *
     * @param dwellings how many units the partner may have
     * @param cameAt when it came, where that is not now: what was put since then stays. Null for now, which counts
     *     whatever the clock of another hub said before
     */
    public Put put(String partnerId, String unitRef, Address address, int dwellings, Instant cameAt) {
        return database.inTransaction(() -> {
            int units = hold(partnerId);
            Optional<Row> known = row(partnerId, unitRef);
            Instant at = cameAt == null ? clock.instant() : cameAt;
            if (known.isPresent()) {
                if (cameAt != null && known.get().updatedAt().isAfter(at)) {
                    return Put.NEWER_STANDS;
                }
                change(known.get().id(), address, at);
                return Put.UPDATED;
            }
            if (units >= dwellings) {
                return Put.FULL;
            }
            insert(partnerId, unitRef, address, at);
            count(partnerId, 1);
            return Put.CREATED;
        });
    }

    /** Takes a unit out; false when it was not known. */
    public boolean remove(String partnerId, String unitRef) {
        return database.inTransaction(() -> {
            hold(partnerId);
            int removed = database.with(h -> h.createUpdate(REMOVE)
                    .bind("partner", partnerId)
                    .bind("key", key(partnerId, unitRef))
                    .execute());
            count(partnerId, -removed);
            return removed == 1;
        });
    }

    public Optional<Address> find(String partnerId, String unitRef) {
        return row(partnerId, unitRef).map(Row::address);
    }

    /** Gives what earlier releases registered the key of its address; a transaction per batch. */
    public void fillKeys() {
        int filled;
        do {
            filled = database.inTransaction(this::fillBatch);
        } while (filled == BATCH);
    }

    private int fillBatch() {
        return database.with(h -> {
            Map<UUID, byte[]> keyOf = new LinkedHashMap<>();
            h.createQuery(UNKEYED)
                    .bind("limit", BATCH)
                    .map((rs, c) -> row(
                            rs.getObject("housing_unit_id", UUID.class),
                            rs.getBytes("address_sealed"),
                            rs.getObject("updated_at", OffsetDateTime.class)))
                    .forEach(row -> keyOf.put(row.id(), addressKey(row.address())));
            return h.createUpdate(FILL)
                    .bind("ids", keyOf.keySet().toArray(UUID[]::new))
                    .bind("keys", keyOf.values().toArray(byte[][]::new))
                    .execute();
        });
    }

    /** Holds the register of a partner until the transaction ends; how many units it has. */
    private int hold(String partnerId) {
        return database.with(h -> h.createQuery(HOLD)
                .bind("partner", partnerId)
                .mapTo(Integer.class)
                .one());
    }

    private void count(String partnerId, int by) {
        database.with(h ->
                h.createUpdate(COUNT).bind("partner", partnerId).bind("by", by).execute());
    }

    private void insert(String partnerId, String unitRef, Address address, Instant at) {
        UUID id = Identifier.next();
        database.with(h -> h.createUpdate(INSERT)
                .bind("id", id)
                .bind("partner", partnerId)
                .bind("key", key(partnerId, unitRef))
                .bind("sealed", sealed(id, address))
                .bind("address", addressKey(address))
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    private void change(UUID id, Address address, Instant at) {
        database.with(h -> h.createUpdate(CHANGE)
                .bind("id", id)
                .bind("sealed", sealed(id, address))
                .bind("address", addressKey(address))
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    private Optional<Row> row(String partnerId, String unitRef) {
        return database.with(h -> h.createQuery(FIND)
                .bind("partner", partnerId)
                .bind("key", key(partnerId, unitRef))
                .map((rs, c) -> row(
                        rs.getObject("housing_unit_id", UUID.class),
                        rs.getBytes("address_sealed"),
                        rs.getObject("updated_at", OffsetDateTime.class)))
                .findOne());
    }

    private Row row(UUID id, byte[] sealed, OffsetDateTime updatedAt) {
        String json = vault.open("housing_unit", "address_sealed", id, sealed);
        return new Row(id, Json.read(json, Address.class), updatedAt.toInstant());
    }

    private byte[] sealed(UUID id, Address address) {
        return vault.seal("housing_unit", "address_sealed", id, Json.write(address));
    }

    private byte[] addressKey(Address address) {
        return HexFormat.of().parseHex(keys.ofAddress(address).hex());
    }

    private byte[] key(String partnerId, String unitRef) {
        return vault.pseudonym("unit:" + partnerId, unitRef);
    }
}
