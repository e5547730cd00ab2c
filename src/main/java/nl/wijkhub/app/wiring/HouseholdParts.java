package nl.wijkhub.app.wiring;

import java.time.Clock;
import java.util.function.BiConsumer;
import nl.wijkhub.household.CollectiveAddressStore;
import nl.wijkhub.household.CollectiveAddresses;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.HouseholdMatchStore;
import nl.wijkhub.household.HouseholdStore;
import nl.wijkhub.household.PersonStore;
import nl.wijkhub.household.UnitClaimStore;
import nl.wijkhub.household.UnitStore;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;

/** Stage 30: whose household a signal is about, and whose dwelling it lives in. */
public final class HouseholdParts {
    public final HouseholdStore households;
    public final HouseholdMatchStore doubts;
    public final HouseholdMatch match;
    public final CollectiveAddresses collective;
    public final UnitStore units;
    public final UnitClaimStore unitClaims;

    public HouseholdParts(Foundation foundation, AuditParts audit, SignalParts signal) {
        Database database = foundation.database();
        Vault vault = foundation.vault();
        Clock clock = foundation.clock();
        households = new HouseholdStore(database, vault);
        doubts = new HouseholdMatchStore(database, vault);
        match = new HouseholdMatch(
                signal.signals, households, new PersonStore(database), doubts, audit.timeline, vault, clock);
        collective = new CollectiveAddresses(new CollectiveAddressStore(database, vault), vault, clock);
        units = new UnitStore(database, vault, clock);
        unitClaims = new UnitClaimStore(database, vault);
    }

    void bind(BiConsumer<String, Object> beans) {
        beans.accept("householdMatch", match);
    }
}
