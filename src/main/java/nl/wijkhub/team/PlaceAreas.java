package nl.wijkhub.team;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkhub.plan.AreaCode;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.AddressInAreas;
import nl.wijkhub.signal.AreaOf;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.CaseSignal.Neighbourhood;

/**
 * The area that a street or a postal code lies in: the neighbourhood of its postal code, unless a team is drawn for that
 * street or postal code apart; then it stays a place in words, so that it goes to that team. And whether an address
 * lies in the areas of a partner.
 */
public final class PlaceAreas implements AreaOf, AddressInAreas {
    private final Neighbourhoods neighbourhoods;
    private final Teams teams;

    public PlaceAreas(Neighbourhoods neighbourhoods, Teams teams) {
        this.neighbourhoods = neighbourhoods;
        this.teams = teams;
    }

    @Override
    public Neighbourhood area(String postalCode, String street, String town) {
        Neighbourhood inWords = inWords(postalCode, street, town);
        Optional<Neighbourhood> buurt = postalCode == null
                ? Optional.empty()
                : neighbourhoods.buurtOf(postalCode).map(code -> new Neighbourhood(code, null));
        return buurt.filter(coded -> !isDrawnFor(inWords) || team(coded).equals(team(inWords)))
                .orElse(inWords);
    }

    /** A street that is drawn for a team by its name stands without postal code: so it is found. */
    private Neighbourhood inWords(String postalCode, String street, String town) {
        if (street != null && town != null) {
            Neighbourhood byName = new Neighbourhood(null, street + ", " + town);
            if (postalCode == null || isDrawnFor(byName)) {
                return byName;
            }
        }
        String spaced = postalCode == null ? null : postalCode.substring(0, 4) + ' ' + postalCode.substring(4);
        String where = Stream.of(spaced, town).filter(part -> part != null).collect(Collectors.joining(" "));
        return new Neighbourhood(null, street == null ? where : street + ", " + where);
    }

    /** By the buurt of its postal code; where nobody knows that, by every code that its team is drawn for. */
    @Override
    public boolean isWithin(Address address, Set<String> codes) {
        Collection<String> begins = neighbourhoods
                .buurtOf(address.postalCode())
                .<Collection<String>>map(List::of)
                .orElseGet(() -> drawnWith(address));
        return !begins.isEmpty()
                && begins.stream()
                        .allMatch(begin -> codes.stream().map(AreaCode::beginOf).anyMatch(begin::startsWith));
    }

    private Collection<String> drawnWith(Address address) {
        CaseSignal.Subject place = new CaseSignal.Subject(new CaseSignal.Household(address, List.of()), null);
        return teams.isDrawn(place) ? teams.buurtenOf(teams.of(place).get(0).teamId()) : List.of();
    }

    private boolean isDrawnFor(Neighbourhood area) {
        return teams.isDrawn(new CaseSignal.Subject(null, area));
    }

    private List<Recipient> team(Neighbourhood area) {
        return teams.of(new CaseSignal.Subject(null, area));
    }
}
