package nl.wijkhub.casework;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.ProcessingRecord;
import nl.wijkhub.household.UnitClaimStore;
import nl.wijkhub.household.UnitClaimStore.UnitConflict;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.team.Teams;

/**
 * Addresses that the registers of two corporations hold: neither is concerned with who lives there until somebody
 * confirms one. For the coordinator's seat of the team that is drawn for the address, and for the privacy officer; to
 * anyone else nothing of it exists. Everything runs in the caller's transaction and is logged.
 */
public final class UnitConflicts {
    private static final int MOST = 200;

    /**
     * Who looks.
     *
     * @param seats the coordinator's seats it has
     * @param isOfficer the privacy officer sees those of every team
     */
    public record Viewer(String user, Collection<Recipient> seats, boolean isOfficer, Trace trace) {
        public Viewer {
            seats = seats.stream().filter(HouseholdMatches::isSeat).toList();
        }
    }

    private final UnitClaimStore claims;
    private final Teams teams;
    private final ProcessingLogStore processingLog;
    private final Clock clock;

    public UnitConflicts(UnitClaimStore claims, Teams teams, ProcessingLogStore processingLog, Clock clock) {
        this.claims = claims;
        this.teams = teams;
        this.processingLog = processingLog;
        this.clock = clock;
    }

    /** Those of one team that are asked for, the longest standing first. */
    public List<UnitConflict> ofTeam(String teamId, Viewer viewer, Predicate<UnitConflict> asked) {
        Recipient seat = new Recipient(teamId, Discipline.MUNICIPALITY);
        if (teams.find(teamId).isEmpty() || !sees(seat, viewer)) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        List<UnitConflict> found = claims.conflicts().stream()
                .filter(one -> asked.test(one) && seatOf(one.address()).equals(seat))
                // what waits is not crowded out by what was decided
                .sorted(Comparator.comparing(UnitConflict::isConfirmed))
                .limit(MOST)
                .toList();
        log("unit-conflict-read", found, AccessedBy.reads(viewer.user(), role(seat, viewer)), viewer);
        return found;
    }

    /** One that the viewer may decide on, held until the transaction ends. */
    public UnitConflict held(UUID id, Viewer viewer) {
        return claims.held(id)
                .filter(one -> sees(seatOf(one.address()), viewer))
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    /** From now on this partner alone is concerned, until another is confirmed. Rejects: one that does not hold it. */
    public void confirm(UUID id, String partner, Viewer viewer) {
        UnitConflict conflict = held(id, viewer);
        if (!conflict.partners().contains(partner)) {
            throw Rejected.of(Problem.INVALID_INPUT, "/partner", "unknown-partner.claim");
        }
        claims.confirm(id, partner, viewer.user(), clock.instant());
        AccessedBy by = AccessedBy.changes(viewer.user(), role(seatOf(conflict.address()), viewer));
        log("unit-conflict-confirm", List.of(conflict), by, viewer);
    }

    private static boolean sees(Recipient seat, Viewer viewer) {
        return viewer.isOfficer() || viewer.seats().contains(seat);
    }

    private static String role(Recipient seat, Viewer viewer) {
        return viewer.isOfficer() ? "privacy-officer" : seat.clientId();
    }

    private Recipient seatOf(Address address) {
        CaseSignal.Subject place = new CaseSignal.Subject(new CaseSignal.Household(address, List.of()), null);
        return new Recipient(teams.of(place).get(0).teamId(), Discipline.MUNICIPALITY);
    }

    /** About the households that are known there. */
    private void log(String name, List<UnitConflict> about, AccessedBy by, Viewer viewer) {
        Instant now = clock.instant();
        processingLog.insert(about.stream()
                .map(UnitConflict::household)
                .filter(Objects::nonNull)
                .map(household ->
                        new ProcessingRecord(viewer.trace(), name, now, now, null, household, "household", by))
                .toList());
    }
}
