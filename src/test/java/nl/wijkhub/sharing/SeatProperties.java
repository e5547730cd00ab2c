package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.Recipient.RecipientKind;
import nl.wijkhub.sharing.SharingFacts.Age;
import nl.wijkhub.sharing.SharingFacts.PersonFacts;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.Consent.ConsentStatus;
import nl.wijkhub.signal.Consent.Provision;
import nl.wijkhub.signal.Consent.Reach;
import nl.wijkhub.signal.Consent.Voice;
import nl.wijkhub.signal.DataClass;
import org.junit.jupiter.api.Tag;

/** Of several seats of a discipline, whatever the agreement says: each is decided as if the others were not there. */
@Tag("sharing")
class SeatProperties {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final UUID HOUSEHOLD = new UUID(3, 3);
    private static final List<Discipline> DISCIPLINES = List.of(
            Discipline.HOUSING, Discipline.POLICE, Discipline.WELFARE, Discipline.CARE, Discipline.COMMUNITY_WORK);
    private static final SharingPolicy POLICY = new SharingPolicy(SharingFixture.AGREEMENT);

    @Property(tries = 400)
    void a_seat_that_comes_later_changes_nothing_for_those_before(@ForAll Random random) {
        Town town = new Town(random);
        Recipient later = town.seats.get(town.seats.size() - 1);
        Map<Recipient, String> before = town.without(later).decisions();

        Map<Recipient, String> after = town.decisions();

        after.remove(later);
        assertThat(after).isEqualTo(before);
    }

    @Property(tries = 400)
    void a_landlord_is_told_of_its_own_tenants_alone(@ForAll Random random) {
        Town town = new Town(random);

        town.facts().unconcerned().forEach(seat -> assertThat(town.holder == null || !seat.endsWith(town.holder))
                .isTrue());
        town.seats.stream()
                .filter(seat -> seat.discipline() == Discipline.HOUSING)
                .filter(seat -> !town.organisationOf(seat).equals(town.holder))
                .forEach(seat -> assertThat(
                                POLICY.decide(town.facts(), seat, NOW).releases())
                        .as("%s, let by %s", seat.seatName(), town.holder)
                        .isFalse());
    }

    @Property(tries = 400)
    void a_consent_for_one_organisation_opens_nothing_to_another(@ForAll Random random) {
        Town town = new Town(random);
        town.consents.clear();
        Map<Recipient, String> without = town.decisions();
        town.consents.add(new Consent(
                ConsentStatus.ACTIVE,
                EnumSet.of(Voice.PERSON),
                List.of(new Provision(true, 1, Reach.NAMED, Set.of(), Set.of("care-1"), null, null))));

        Map<Recipient, String> with = town.decisions();

        town.seats.stream()
                .filter(seat -> !town.organisationOf(seat).equals("care-1"))
                .forEach(seat -> assertThat(with.get(seat)).isEqualTo(without.get(seat)));
    }

    /** One to three seats of each discipline, a signal about a household, whose landlord is one of them or nobody. */
    private static final class Town implements RecipientsOfPlace, UnitHolders, SeatsConcerned.PlanPartners {
        private final List<Recipient> seats = new ArrayList<>();
        private final List<Consent> consents = new ArrayList<>();
        private final MatchedSignal matched;
        private final SharingFacts given;
        private final Map<Recipient, Boolean> thereFor = new HashMap<>();
        private final Map<Recipient, Boolean> designated = new HashMap<>();
        private final Map<Recipient, Boolean> takesPart = new HashMap<>();
        private String holder;

        Town(Random random) {
            for (Discipline discipline : DISCIPLINES) {
                int number = 1 + random.nextInt(3);
                for (int i = 0; i < number; i++) {
                    seats.add(new Recipient(
                            RecipientKind.TEAM, "vb-noord", discipline, i == 0 ? null : name(discipline, i), null));
                }
            }
            // whoever comes later is one of a discipline that is there already
            Discipline again = DISCIPLINES.get(random.nextInt(DISCIPLINES.size()));
            seats.add(new Recipient(RecipientKind.TEAM, "vb-noord", again, name(again, 9), null));
            holder = random.nextInt(4) == 0 ? null : name(Discipline.HOUSING, random.nextInt(10));
            for (Recipient seat : seats) {
                thereFor.put(seat, random.nextBoolean());
                designated.put(seat, random.nextInt(3) == 0);
                takesPart.put(seat, random.nextInt(3) == 0);
            }
            Discipline from = DISCIPLINES.get(random.nextInt(DISCIPLINES.size()));
            if (random.nextBoolean()) {
                Discipline to = DISCIPLINES.get(random.nextInt(DISCIPLINES.size()));
                boolean byName = random.nextBoolean();
                consents.add(new Consent(
                        ConsentStatus.ACTIVE,
                        EnumSet.of(Voice.PERSON),
                        List.of(new Provision(
                                random.nextInt(4) > 0,
                                1,
                                Reach.NAMED,
                                byName ? Set.of() : Set.of(to),
                                byName ? Set.of(name(to, random.nextInt(3))) : Set.of(),
                                null,
                                null))));
            }
            List<DataClass> classes = List.of(DataClass.N, DataClass.C, DataClass.P, DataClass.H);
            given = SharingFixture.but(
                    SharingFixture.but(
                            SharingFixture.facts(from, Set.of(classes.get(random.nextInt(4))), "nuisance.noise"),
                            "article",
                            from == Discipline.POLICE ? "Wpg20" : "AVG-6-1-f"),
                    "externalDecision",
                    from == Discipline.POLICE ? "WPG20-DEMO-1" : null);
            matched = new MatchedSignal(
                    new AcceptedSignal(
                            new UUID(1, 1),
                            name(from, 0),
                            from,
                            NOW,
                            given.classes(),
                            null,
                            Trace.continuing(null),
                            CaseSignal.builder().category("nuisance.noise").build()),
                    HOUSEHOLD,
                    new CaseSignal.Subject(
                            new CaseSignal.Household(new Address("9990AB", 12, null, null, null), List.of()), null),
                    null,
                    List.of(),
                    List.of());
        }

        private static String name(Discipline discipline, int number) {
            return discipline.code() + '-' + number;
        }

        Town without(Recipient seat) {
            seats.remove(seat);
            return new Town(this, seat);
        }

        private Town(Town all, Recipient gone) {
            this.matched = all.matched;
            this.given = all.given;
            this.holder = all.holder;
            seats.addAll(all.seats);
            consents.addAll(all.consents);
            thereFor.putAll(all.thereFor);
            designated.putAll(all.designated);
            takesPart.putAll(all.takesPart);
            all.seats.add(gone);
        }

        SharingFacts facts() {
            PersonFacts person =
                    new PersonFacts(new UUID(4, 4), "tenant", false, false, Age.FROM_16, List.copyOf(consents));
            Map<UUID, SharingFacts> facts =
                    new HashMap<>(Map.of(matched.signalId(), SharingFixture.but(given, "persons", List.of(person))));
            new SeatsConcerned(this, this, this).into(List.of(matched), List.of(), true, facts);
            return facts.get(matched.signalId());
        }

        Map<Recipient, String> decisions() {
            SharingFacts facts = facts();
            Map<Recipient, String> decisions = new HashMap<>();
            seats.forEach(seat -> decisions.put(seat, Json.write(POLICY.decide(facts, seat, NOW))));
            return decisions;
        }

        @Override
        public List<Recipient> of(CaseSignal.Subject subject) {
            return seats;
        }

        @Override
        public List<Recipient> ofTeam(String teamId) {
            return seats;
        }

        @Override
        public String organisationOf(Recipient seat) {
            return seat.organisation() == null ? name(seat.discipline(), 0) : seat.organisation();
        }

        @Override
        public Optional<Recipient> counterpart(Recipient seat, String otherTeam) {
            return Optional.empty();
        }

        @Override
        public boolean isDesignated(Recipient seat) {
            return designated.get(seat);
        }

        @Override
        public boolean isThereFor(Recipient seat, CaseSignal.Subject place, String category) {
            return thereFor.get(seat);
        }

        @Override
        public String contactOf(String teamId) {
            return "fake-contact";
        }

        @Override
        public Map<UUID, String> of(Collection<MatchedSignal> signals) {
            return holder == null ? Map.of() : Map.of(matched.signalId(), holder);
        }

        @Override
        public Map<UUID, Set<Recipient>> ofHouseholds(Collection<UUID> households) {
            return Map.of(HOUSEHOLD, seats.stream().filter(takesPart::get).collect(Collectors.toSet()));
        }
    }
}
