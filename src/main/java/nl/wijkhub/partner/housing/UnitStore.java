package nl.wijkhub.partner.housing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.Address;

/** Table {@code housing_unit}: which address stands behind a corporation's own unit id. */
public final class UnitStore {
    // the row keeps its id for life, because its address is sealed to it
    private static final String CLAIM = """
            insert into housing_unit (housing_unit_id, partner_id, unit_key, address_sealed, updated_at)
            values (:id, :partner, :key, :sealed, :at)
            on conflict (partner_id, unit_key) do update set updated_at = excluded.updated_at
                where :always or housing_unit.updated_at <= excluded.updated_at
            returning housing_unit_id
            """;
    private static final String CHANGE = "update housing_unit set address_sealed = :sealed where housing_unit_id = :id";
    private static final String FIND =
            "select housing_unit_id, address_sealed from housing_unit where partner_id = :partner and unit_key = :key";

    private final Database database;
    private final Vault vault;
    private final Clock clock;

    public UnitStore(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /** Registers a unit or gives it another address; true when it was not known before. */
    public boolean put(String partnerId, String unitRef, Address address) {
        return put(partnerId, unitRef, address, null).orElse(false);
    }

    /**
     * The same for what came some time ago: what was put since then stays. What is put now counts, whatever the clock of
     * another hub said before.
     *
     * @param cameAt null for now
     * @return whether it was not known before; empty when something newer stands there
     */
    Optional<Boolean> put(String partnerId, String unitRef, Address address, Instant cameAt) {
        return database.inTransaction(() -> database.with(h -> {
            UUID fresh = Identifier.next();
            String json = Json.write(address);
            Instant at = cameAt == null ? clock.instant() : cameAt;
            Optional<UUID> claimed = h.createQuery(CLAIM)
                    .bind("id", fresh)
                    .bind("partner", partnerId)
                    .bind("key", key(partnerId, unitRef))
                    .bind("sealed", vault.seal("housing_unit", "address_sealed", fresh, json))
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .bind("always", cameAt == null)
                    .mapTo(UUID.class)
                    .findOne();
            if (claimed.isEmpty()) {
                return Optional.<Boolean>empty();
            }
            UUID id = claimed.get();
            if (!id.equals(fresh)) {
                h.createUpdate(CHANGE)
                        .bind("id", id)
                        .bind("sealed", vault.seal("housing_unit", "address_sealed", id, json))
                        .execute();
            }
            return Optional.of(id.equals(fresh));
        }));
    }

    Optional<Address> find(String partnerId, String unitRef) {
        return database.with(h -> h.createQuery(FIND)
                .bind("partner", partnerId)
                .bind("key", key(partnerId, unitRef))
                .map((rs, c) -> {
                    UUID id = rs.getObject("housing_unit_id", UUID.class);
                    return Json.read(
                            vault.open("housing_unit", "address_sealed", id, rs.getBytes("address_sealed")),
                            Address.class);
                })
                .findOne());
    }

    private byte[] key(String partnerId, String unitRef) {
        return vault.pseudonym("unit:" + partnerId, unitRef);
    }
}
