package nl.wijkhub.signal;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Discipline;

/**
 * What somebody said about sharing, reduced to codes: no name, no text, so that it may be kept with a decision.
 * Source: FHIR R4 Consent with scope {@code patient-privacy}; a treatment directive is never one of these.
 *
 * @param by whose word it is
 * @param provisions what it says, root first
 */
public record Consent(ConsentStatus state, Set<Voice> by, List<Provision> provisions) {
    /** Of somebody of whom there is more than can be weighed: nothing, to nobody. */
    public static final Consent NONE_AT_ALL = new Consent(
            ConsentStatus.ACTIVE,
            EnumSet.of(Voice.PERSON),
            List.of(new Provision(false, Integer.MAX_VALUE, Reach.ANYONE, Set.of(), null, null)));

    public enum ConsentStatus {
        ACTIVE,
        WITHDRAWN
    }

    /** Minors have two voices (docs/sharing.md). */
    public enum Voice {
        PERSON,
        AUTHORITY
    }

    public enum Reach {
        /** Whoever is not the police. */
        ANYONE,
        /** Whoever is in the team and not the police. */
        TEAM,
        /** These disciplines and organisations alone. */
        NAMED
    }

    /**
     * One thing it permits or denies.
     *
     * @param depth 0 for the base rule, 1 for the root provision, deeper for its exceptions
     * @param organisations ids of partners; of an organisation that is none its number, as
     *     {@link OrganisationNumber#word} writes it
     * @param from first day; null for no beginning
     * @param until last day; null for no end
     */
    public record Provision(
            boolean permit,
            int depth,
            Reach reach,
            Set<Discipline> disciplines,
            Set<String> organisations,
            LocalDate from,
            LocalDate until) {
        public Provision {
            disciplines = inOrder(Discipline.class, disciplines);
            organisations = organisations == null || organisations.isEmpty()
                    ? Set.of()
                    : Collections.unmodifiableSet(new TreeSet<>(organisations));
        }

        /** One that names no organisation. */
        public Provision(
                boolean permit, int depth, Reach reach, Set<Discipline> disciplines, LocalDate from, LocalDate until) {
            this(permit, depth, reach, disciplines, Set.of(), from, until);
        }

        private Provision knownTo(Partners partners) {
            Set<String> known = organisations.stream()
                    .map(named ->
                            partners.named(named).map(Partners.Partner::id).orElse(named))
                    .collect(Collectors.toSet());
            return known.equals(organisations)
                    ? this
                    : new Provision(permit, depth, reach, disciplines, known, from, until);
        }
    }

    public Consent {
        by = inOrder(Voice.class, by);
        provisions = provisions == null ? List.of() : List.copyOf(provisions);
    }

    /** The same; an organisation that has become a partner since goes by its id. */
    public Consent knownTo(Partners partners) {
        return provisions.stream()
                        .allMatch(provision -> provision.organisations().isEmpty())
                ? this
                : new Consent(
                        state,
                        by,
                        provisions.stream()
                                .map(provision -> provision.knownTo(partners))
                                .toList());
    }

    /** Every organisation it names. */
    public Set<String> organisations() {
        Set<String> named = new TreeSet<>();
        provisions.forEach(provision -> named.addAll(provision.organisations()));
        return named;
    }

    /** Written in the same order every time: what was sent twice must read the same twice. */
    private static <E extends Enum<E>> Set<E> inOrder(Class<E> type, Set<E> values) {
        Set<E> ordered = EnumSet.noneOf(type);
        if (values != null) {
            ordered.addAll(values);
        }
        return Collections.unmodifiableSet(ordered);
    }
}
