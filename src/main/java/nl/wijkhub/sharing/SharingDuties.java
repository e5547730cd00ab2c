package nl.wijkhub.sharing;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.sharing.DutyStore.Owed;

/** Makes a duty of each obligation that a release brings and the agreement gives a term: tell the citizen, review. */
public final class SharingDuties {
    private final DutyStore duties;
    private final AgreementInForce inForce;

    private record HouseholdDuty(UUID householdId, String kind) {}

    public SharingDuties(DutyStore duties, AgreementInForce inForce) {
        this.duties = duties;
        this.inForce = inForce;
    }

    /** In the transaction of what brought them; a neighbourhood is owed nothing. */
    void owe(Collection<Release> releases, Instant now) {
        Map<HouseholdDuty, Owed> owed = new LinkedHashMap<>();
        for (Release release : releases) {
            if (release.householdId() != null && release.decision().releases()) {
                for (String obligation : release.decision().obligations()) {
                    inForce.agreement()
                            .termOf(obligation)
                            .ifPresent(term -> owed.putIfAbsent(
                                    new HouseholdDuty(release.householdId(), obligation),
                                    new Owed(release.householdId(), obligation, release.signalId(), now.plus(term))));
                }
            }
        }
        duties.owe(owed.values(), now);
    }
}
