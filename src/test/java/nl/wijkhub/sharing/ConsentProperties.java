package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.Consent.ConsentStatus;
import nl.wijkhub.signal.Consent.Provision;
import nl.wijkhub.signal.Consent.Reach;

/** What must hold of consents that name disciplines and organisations, whoever asks. */
@Tag("sharing")
class ConsentProperties {
    private static final LocalDate DAY = LocalDate.parse("2026-11-21");
    private static final List<String> ORGANISATIONS = List.of("fake-a", "fake-b", "kvk|99990099");

    @Property(tries = 2000)
    void a_consent_less_or_a_deny_more_never_permits_more(
            @ForAll("consents") List<Consent> consents,
            @ForAll("provisions") Provision denied,
            @ForAll Discipline to,
            @ForAll("seats") String organisation) {
        List<Consent> more = new ArrayList<>(consents);
        more.add(new Consent(
                ConsentStatus.ACTIVE,
                java.util.Set.of(Consent.Voice.PERSON),
                List.of(new Provision(
                        false, 1, denied.reach(), denied.disciplines(), denied.organisations(), null, null))));

        if (!permits(consents, to, organisation)) {
            assertThat(permits(more, to, organisation)).isFalse();
            for (int i = 0; i < consents.size(); i++) {
                if (consents.get(i).provisions().stream().allMatch(Provision::permit)) {
                    List<Consent> fewer = new ArrayList<>(consents);
                    fewer.remove(i);
                    assertThat(permits(fewer, to, organisation)).isFalse();
                }
            }
        }
    }

    @Property(tries = 2000)
    void neither_order_nor_storing_changes_anything(
            @ForAll("consents") List<Consent> consents,
            @ForAll Discipline to,
            @ForAll("seats") String organisation,
            @ForAll long seed) {
        List<Consent> turned = new ArrayList<>();
        for (Consent consent : consents) {
            List<Provision> provisions = new ArrayList<>(consent.provisions());
            Collections.shuffle(provisions, new Random(seed));
            turned.add(Json.read(Json.write(new Consent(consent.state(), consent.by(), provisions)), Consent.class));
        }
        Collections.shuffle(turned, new Random(seed));

        assertThat(permits(turned, to, organisation)).isEqualTo(permits(consents, to, organisation));
    }

    @Property(tries = 2000)
    void a_permit_that_names_organisations_alone_reaches_nobody_else(
            @ForAll("provisions") Provision provision, @ForAll Discipline to, @ForAll("seats") String organisation) {
        Provision named = new Provision(true, 1, Reach.NAMED, null, provision.organisations(), null, null);
        List<Consent> consents =
                List.of(new Consent(ConsentStatus.ACTIVE, java.util.Set.of(Consent.Voice.PERSON), List.of(named)));

        assertThat(permits(consents, to, organisation))
                .isEqualTo(organisation != null && provision.organisations().contains(organisation));
    }

    private static boolean permits(List<Consent> consents, Discipline to, String organisation) {
        return ConsentPolicy.permits(
                SharingFixture.anAdult(new UUID(7, 7), consents.toArray(Consent[]::new)),
                SharingFixture.noord(to),
                organisation,
                DAY);
    }

    @Provide
    Arbitrary<String> seats() {
        return Arbitraries.of("fake-a", "fake-b").injectNull(0.2);
    }

    @Provide
    Arbitrary<Provision> provisions() {
        return Combinators.combine(
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(Reach.values()),
                        Arbitraries.of(Discipline.values()).set().ofMaxSize(2),
                        Arbitraries.of(ORGANISATIONS).set().ofMaxSize(2),
                        Arbitraries.integers().between(-2, 40).injectNull(0.5))
                .as((permit, depth, reach, disciplines, organisations, days) -> new Provision(
                        permit,
                        depth,
                        reach,
                        reach == Reach.NAMED ? disciplines : null,
                        reach == Reach.NAMED ? organisations : null,
                        null,
                        days == null ? null : DAY.plusDays(days)));
    }

    @Provide
    Arbitrary<List<Consent>> consents() {
        return Combinators.combine(
                        Arbitraries.of(ConsentStatus.ACTIVE, ConsentStatus.ACTIVE, ConsentStatus.WITHDRAWN),
                        Arbitraries.of(Consent.Voice.values()).set().ofMinSize(1),
                        provisions().list().ofMinSize(1).ofMaxSize(3))
                .as(Consent::new)
                .list()
                .ofMaxSize(3);
    }
}
