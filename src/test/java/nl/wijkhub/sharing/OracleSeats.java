package nl.wijkhub.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.signal.CaseSignal;

/**
 * The seats of a case: whose unit register holds the address ({@code registers}), who takes part in the agreed plan
 * ({@code takesPart}), and what the recipient's seat is there for ({@code recipient.concerned}, {@code recipient.designated}).
 * A case that names none of it is about the only seat of its discipline, which is concerned.
 */
record OracleSeats(JsonNode one, Recipient recipient)
        implements RecipientsOfPlace, UnitHolders, SeatsConcerned.PlanPartners {

    SharingFacts into(MatchedSignal matched, SharingFacts facts) {
        JsonNode asked = one.path("recipient");
        boolean saysSeats =
                one.has("registers") || one.has("takesPart") || asked.has("concerned") || asked.has("designated");
        if (!saysSeats && recipient.organisation() == null) {
            return facts;
        }
        Map<UUID, SharingFacts> known = new HashMap<>(Map.of(matched.signalId(), facts));
        new SeatsConcerned(this, this, this).into(List.of(matched), List.of(), true, known);
        return known.get(matched.signalId());
    }

    @Override
    public List<Recipient> of(CaseSignal.Subject subject) {
        return List.of(recipient.seat());
    }

    @Override
    public List<Recipient> ofTeam(String teamId) {
        return List.of(recipient.seat());
    }

    @Override
    public String organisationOf(Recipient seat) {
        return seat.organisation() == null ? "nobody" : seat.organisation();
    }

    @Override
    public Optional<Recipient> counterpart(Recipient seat, String otherTeam) {
        return Optional.of(seat.of(otherTeam));
    }

    @Override
    public boolean isDesignated(Recipient seat) {
        return one.path("recipient").path("designated").asBoolean();
    }

    @Override
    public boolean isThereFor(Recipient seat, CaseSignal.Subject place, String category) {
        return one.path("recipient").path("concerned").asBoolean(true);
    }

    @Override
    public String contactOf(String teamId) {
        return "fake-contact";
    }

    /** Two registers that hold one address concern neither, until one is confirmed. */
    @Override
    public Map<UUID, String> of(Collection<MatchedSignal> signals) {
        List<String> holding = new ArrayList<>();
        one.path("registers").properties().forEach(register -> {
            if (register.getValue().asBoolean()) {
                holding.add(register.getKey());
            }
        });
        String holder =
                holding.size() == 1 ? holding.get(0) : one.path("confirmed").asText(null);
        return holder == null
                ? Map.of()
                : signals.stream().collect(Collectors.toMap(MatchedSignal::signalId, signal -> holder));
    }

    @Override
    public Map<UUID, Set<Recipient>> ofHouseholds(Collection<UUID> households) {
        List<String> partners = new ArrayList<>();
        one.path("takesPart").forEach(partner -> partners.add(partner.asText()));
        boolean takesPart = recipient.organisation() != null && partners.contains(recipient.organisation());
        return takesPart
                ? households.stream().collect(Collectors.toMap(id -> id, id -> Set.of(recipient.seat())))
                : Map.of();
    }
}
