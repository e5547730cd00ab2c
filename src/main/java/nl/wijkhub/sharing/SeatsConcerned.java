package nl.wijkhub.sharing;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Discipline;

/**
 * Which seats a signal concerns. HOUSING: whose unit register holds the address; whoever sent the signal is not concerned
 * for that. CARE: who takes part in the agreed plan; whom a consent names is decided by the consent. WELFARE and
 * COMMUNITY_WORK: by what they are there for. Everybody else, and everybody where no household is named: always.
 * Source: docs/sharing.md, "Who is a recipient".
 */
public final class SeatsConcerned {
    /** Who takes part in the plan that a household agreed to. A port: the plans know. */
    public interface PlanPartners {
        /** Household → the seats that take part; a household without an agreed plan is left out. */
        Map<UUID, Set<Recipient>> ofHouseholds(Collection<UUID> households);
    }

    /**
     * As a decision knows them, by client id.
     *
     * @param organisations only where a consent names organisations
     */
    record Seats(Set<String> unconcerned, Set<String> undesignated, Map<String, String> organisations) {
        /** Before there were several seats of a discipline. */
        static final Seats ALL = new Seats(Set.of(), Set.of(), Map.of());
    }

    private final RecipientsOfPlace recipients;
    private final UnitHolders units;
    private final PlanPartners plans;

    public SeatsConcerned(RecipientsOfPlace recipients, UnitHolders units, PlanPartners plans) {
        this.recipients = recipients;
        this.units = units;
        this.plans = plans;
    }

    /**
     * Puts into the facts of each signal what they rest on of the seats of its team and its place, and of others.
     *
     * @param others seats it may be passed on to
     * @param isNew whether they were matched in this transaction
     */
    void into(
            Collection<MatchedSignal> signals,
            Collection<Recipient> others,
            boolean isNew,
            Map<UUID, SharingFacts> facts) {
        Map<UUID, String> holders = isNew ? units.ofNew(signals) : units.of(signals);
        Set<UUID> households = new HashSet<>();
        signals.stream()
                .map(MatchedSignal::householdId)
                .filter(id -> id != null)
                .forEach(households::add);
        Map<UUID, Set<Recipient>> partners = plans.ofHouseholds(households);
        Map<String, Set<Recipient>> around = new HashMap<>();
        for (MatchedSignal matched : signals) {
            Set<Recipient> seats = new LinkedHashSet<>(recipients.of(matched));
            if (matched.teamId() != null) {
                seats.addAll(recipients.of(matched.place()));
            }
            others.forEach(other -> seats.addAll(around.computeIfAbsent(
                    other.teamId() == null ? "" : other.teamId(), team -> Set.copyOf(recipients.ofTeam(team)))));
            facts.computeIfPresent(
                    matched.signalId(),
                    (id, known) -> known.at(seats(
                            matched,
                            seats,
                            holders.get(id),
                            matched.householdId() == null
                                    ? Set.of()
                                    : partners.getOrDefault(matched.householdId(), Set.of()),
                            namesOrganisations(known))));
        }
    }

    private Seats seats(
            MatchedSignal matched, Set<Recipient> all, String holder, Set<Recipient> partners, boolean isNamed) {
        boolean isHousehold = matched.place().isHousehold();
        Set<String> unconcerned = new TreeSet<>();
        Set<String> undesignated = new TreeSet<>();
        Map<String, String> organisations = new TreeMap<>();
        for (Recipient seat : all) {
            if (seat.discipline() == Discipline.CARE && !recipients.isDesignated(seat)) {
                undesignated.add(seat.clientId());
            }
            if (isNamed) {
                organisations.put(seat.clientId(), recipients.organisationOf(seat));
            }
            boolean concerns =
                    switch (seat.discipline()) {
                        case HOUSING ->
                            !isHousehold || recipients.organisationOf(seat).equals(holder);
                        case CARE -> !isHousehold || partners.contains(seat);
                        case WELFARE, COMMUNITY_WORK ->
                            recipients.isThereFor(
                                    seat,
                                    matched.place(),
                                    matched.accepted().signal().category());
                        case POLICE, MUNICIPALITY, INFORMAL, RESIDENT -> true;
                    };
            if (!concerns) {
                unconcerned.add(seat.clientId());
            }
        }
        return new Seats(unconcerned, undesignated, organisations);
    }

    private static boolean namesOrganisations(SharingFacts facts) {
        return facts.persons().stream()
                .flatMap(person -> person.consents().stream())
                .anyMatch(consent -> !consent.organisations().isEmpty());
    }
}
