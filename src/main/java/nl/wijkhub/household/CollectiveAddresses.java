package nl.wijkhub.household;

import java.time.Clock;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.signal.Address;

/**
 * Addresses where people live who are no household, such as a care home or a shelter: from the moment one is marked, what
 * comes about it is matched by person. Households that were known there stay what they are. Which addresses these are is
 * asked by nothing but the match, and answered to nobody.
 */
public final class CollectiveAddresses {
    private final CollectiveAddressStore marks;
    private final HouseholdKeys keys;
    private final Clock clock;

    public CollectiveAddresses(CollectiveAddressStore marks, Vault vault, Clock clock) {
        this.marks = marks;
        this.keys = new HouseholdKeys(vault);
        this.clock = clock;
    }

    /** Marks an address; the caller's transaction. The same address a second time changes nothing. */
    public void mark(Address address, String reason, String user) {
        marks.mark(keys.ofAddress(address).hex(), reason, user, clock.instant());
    }

    /** From now on the address decides again; nothing for one that is not marked. */
    public void end(Address address, String reason, String user) {
        marks.end(keys.ofAddress(address).hex(), reason, user, clock.instant());
    }
}
