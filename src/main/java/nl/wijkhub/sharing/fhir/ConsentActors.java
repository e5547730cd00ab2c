package nl.wijkhub.sharing.fhir;

import static nl.wijkhub.kernel.Fault.at;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Consent.Reach;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Reference;

/**
 * FHIR R4 {@code provision.actor} → whom a provision of a Consent names: disciplines by role, organisations by
 * reference. A role of ours may stand in {@code role} or in {@code reference.identifier}. Rejects: an actor whom neither
 * names, and what {@link OrganisationReading} rejects.
 */
final class ConsentActors {
    /** @param organisations as {@link nl.wijkhub.signal.Consent.Provision} has them */
    record Actor(Reach reach, Set<Discipline> disciplines, Set<String> organisations) {}

    static final Actor ANYONE = new Actor(Reach.ANYONE, Set.of(), Set.of());
    static final Actor NOBODY = new Actor(Reach.NAMED, Set.of(), Set.of());
    private static final Set<String> RECIPIENT_ROLES = Set.of("IRCP", "PRCP");
    private static final String TEAM = "TEAM";

    private final OrganisationReading organisations;
    private final Partners partners;
    private final Checks checks;

    ConsentActors(OrganisationReading organisations, Partners partners, Checks checks) {
        this.organisations = organisations;
        this.partners = partners;
        this.checks = checks;
    }

    /** What one actor says; a role that is none of ours makes all of it unknown. */
    private record Said(Set<String> roles, boolean isKnown, Set<String> organisations) {}

    /**
     * Whom a provision names; a permit for somebody unknown is for nobody, a deny for everybody. Where a role and an
     * organisation stand together, a permit is for that organisation alone and a deny for both.
     */
    List<Actor> named(List<provisionActorComponent> sent, String pointer, boolean permit) {
        List<Actor> actors = new ArrayList<>();
        Set<Discipline> disciplines = EnumSet.noneOf(Discipline.class);
        Set<String> named = new TreeSet<>();
        for (int i = 0; i < sent.size(); i++) {
            Said said = said(sent.get(i), at(pointer, i));
            if (!said.isKnown()) {
                if (!permit) {
                    actors.add(ANYONE);
                }
                continue;
            }
            named.addAll(said.organisations());
            boolean isNarrowed = permit && !said.organisations().isEmpty();
            if (isNarrowed) {
                requireWithin(said, at(pointer, i));
            } else {
                if (said.roles().contains(TEAM)) {
                    actors.add(new Actor(Reach.TEAM, Set.of(), Set.of()));
                }
                said.roles().forEach(role -> Discipline.of(role).ifPresent(disciplines::add));
            }
        }
        if (!disciplines.isEmpty() || !named.isEmpty()) {
            actors.add(new Actor(Reach.NAMED, disciplines, named));
        }
        return actors;
    }

    private void requireWithin(Said said, String pointer) {
        boolean isOutside = said.organisations().stream()
                .flatMap(organisation -> disciplineOf(organisation).stream())
                .anyMatch(discipline -> !said.roles().contains(discipline.name())
                        && (!said.roles().contains(TEAM) || discipline == Discipline.POLICE));
        if (isOutside && !said.roles().isEmpty()) {
            checks.fault(pointer, "contradiction.actor");
        }
    }

    private Said said(provisionActorComponent actor, String pointer) {
        Set<String> roles = new TreeSet<>();
        boolean isKnown = true;
        for (Coding coding : actor.getRole().getCoding()) {
            if (ConsentReading.DISCIPLINES.equals(coding.getSystem())) {
                roles.add(code(coding.getCode()));
            } else if (!RECIPIENT_ROLES.contains(String.valueOf(coding.getCode()))) {
                isKnown = false;
            }
        }
        Reference reference = actor.getReference();
        boolean hasOwnCode = reference.hasIdentifier()
                && ConsentReading.DISCIPLINES.equals(reference.getIdentifier().getSystem());
        if (hasOwnCode) {
            roles.add(code(reference.getIdentifier().getValue()));
        }
        boolean namesOrganisation =
                reference.hasReference() || reference.hasType() || (reference.hasIdentifier() && !hasOwnCode);
        Set<String> named =
                namesOrganisation ? organisations.named(reference, pointer + "/reference", hasOwnCode) : Set.of();
        if (isKnown && roles.isEmpty() && named.isEmpty() && !namesOrganisation) {
            checks.fault(pointer + "/reference", "missing.actor");
        }
        isKnown &= roles.stream()
                .allMatch(role -> role.equals(TEAM) || Discipline.of(role).isPresent());
        return new Said(roles, isKnown, named);
    }

    static String code(String sent) {
        return String.valueOf(sent).strip().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private Optional<Discipline> disciplineOf(String organisation) {
        return partners.find(organisation).map(Partner::discipline);
    }

    /** A permit reaches no further than what it is nested in; a deny is left as wide as it is. */
    List<Actor> within(List<Actor> outer, List<Actor> own, boolean isDeny) {
        if (isDeny || outer.isEmpty() || outer.stream().anyMatch(actor -> actor.reach() != Reach.NAMED)) {
            return own;
        }
        Set<Discipline> disciplines = EnumSet.noneOf(Discipline.class);
        Set<String> named = new TreeSet<>();
        outer.forEach(actor -> {
            disciplines.addAll(actor.disciplines());
            named.addAll(actor.organisations());
        });
        return own.stream().map(actor -> both(disciplines, named, actor)).toList();
    }

    /** Who is named by role or as an organisation, and by this actor too. */
    private Actor both(Set<Discipline> disciplines, Set<String> named, Actor own) {
        Set<Discipline> reached = EnumSet.allOf(Discipline.class);
        if (own.reach() == Reach.NAMED) {
            reached.retainAll(own.disciplines());
        } else {
            reached.remove(Discipline.POLICE);
        }
        Set<String> organisations = new TreeSet<>();
        named.stream()
                .filter(one -> own.organisations().contains(one)
                        || disciplineOf(one).filter(reached::contains).isPresent())
                .forEach(organisations::add);
        own.organisations().stream()
                .filter(one -> disciplineOf(one).filter(disciplines::contains).isPresent())
                .forEach(organisations::add);
        reached.retainAll(disciplines);
        return new Actor(Reach.NAMED, reached, organisations);
    }
}
