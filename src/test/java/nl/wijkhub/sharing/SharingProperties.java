package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.Consent.Provision;
import nl.wijkhub.signal.Consent.Reach;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.SignalFixture;

/** What must hold of every decision, whatever the facts. */
@Tag("sharing")
class SharingProperties {
    private static final String FILE = read();
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");
    private static final SharingPolicy WITHOUT_HOLDS = policy(
            FILE.substring(0, FILE.indexOf("\nholds:\n")) + FILE.substring(FILE.indexOf("\ndecisions:\n")),
            SharingFixture.AGREEMENT.rules().size());
    private final SharingPolicy policy = new SharingPolicy(SharingFixture.AGREEMENT);

    @Property(tries = 1000)
    void the_same_facts_give_the_same_answer_also_after_they_were_stored(
            @ForAll("facts") SharingFacts facts, @ForAll Discipline to) {
        Decision decision = policy.decide(facts, SharingFixture.noord(to), SharingFixture.NOW);
        SharingFacts stored = Json.read(Json.write(facts), SharingFacts.class);

        assertThat(policy.decide(stored, SharingFixture.noord(to), SharingFixture.NOW))
                .isEqualTo(decision);
    }

    @Property(tries = 1000)
    void taking_a_permit_away_never_shows_more(
            @ForAll("facts") SharingFacts facts, @ForAll Discipline to, @ForAll("permits") String rule) {
        Decision before = policy.decide(facts, SharingFixture.noord(to), SharingFixture.NOW);
        Decision after = without(rule).decide(facts, SharingFixture.noord(to), SharingFixture.NOW);

        assertThat(after.disclosure()).isLessThanOrEqualTo(before.disclosure());
        assertThat(before.fields()).containsAll(after.fields());
    }

    @Property(tries = 1000)
    void a_withdrawal_or_passing_on_never_shows_more(@ForAll("facts") SharingFacts facts, @ForAll Discipline to) {
        Decision before = policy.decide(facts, SharingFixture.noord(to), SharingFixture.NOW);
        SharingFacts withdrawn = SharingFixture.but(facts, "withdrawn", true);
        SharingFacts onward = SharingFixture.but(facts, "onward", true);

        assertThat(policy.decide(
                                SharingFixture.but(withdrawn, "purpose", null),
                                SharingFixture.noord(to),
                                SharingFixture.NOW)
                        .disclosure())
                .isEqualTo(Disclosure.NONE);
        assertThat(policy.decide(onward, SharingFixture.noord(to), SharingFixture.NOW)
                        .disclosure())
                .isLessThanOrEqualTo(before.disclosure());
    }

    @Property(tries = 1000)
    void outside_the_dates_of_the_agreement_nothing_passes(
            @ForAll("facts") SharingFacts facts, @ForAll Discipline to, @ForAll boolean early) {
        Instant at = Instant.parse(early ? "2025-12-31T22:00:00Z" : "2030-12-31T23:30:00Z");

        assertThat(policy.decide(facts, SharingFixture.noord(to), at).disclosure())
                .isEqualTo(Disclosure.NONE);
    }

    @Property(tries = 1000)
    void no_field_outside_the_level_ever_passes_and_every_other_is_named_as_removed(
            @ForAll("facts") SharingFacts facts, @ForAll Discipline to) {
        Decision decision = policy.decide(facts, SharingFixture.noord(to), SharingFixture.NOW);

        Set<String> allowed = new java.util.HashSet<>(SharingFixture.AGREEMENT.fieldsOf(decision.disclosure()));
        SharingFixture.AGREEMENT.rules().stream()
                .filter(rule -> rule.id().equals(decision.ruleId()))
                .forEach(rule -> allowed.addAll(rule.effect().also()));
        assertThat(allowed).containsAll(decision.fields());
        assertThat(decision.fields()).noneMatch(decision.removedFields()::contains);
        assertThat(decision.fields().size() + decision.removedFields().size())
                .isEqualTo(SharingFixture.AGREEMENT.everyField().size());
        assertThat(decision.releases())
                .isEqualTo(!decision.ground().equals("NO-GROUND")
                        && !decision.ground().equals("Wpg-7"));
    }

    @Property(tries = 1000)
    void more_classes_never_show_more(
            @ForAll("facts") SharingFacts facts, @ForAll Discipline to, @ForAll DataClass extra) {
        Set<DataClass> more = new java.util.HashSet<>(facts.classes());
        more.add(extra);
        SharingFacts raised = SharingFixture.but(facts, "classes", more);
        Decision before = policy.decide(facts, SharingFixture.noord(to), SharingFixture.NOW);

        if (!facts.classes().isEmpty()) {
            assertThat(policy.decide(raised, SharingFixture.noord(to), SharingFixture.NOW)
                            .disclosure())
                    .isLessThanOrEqualTo(before.disclosure());
        }
    }

    @Property(tries = 1000)
    void a_consent_less_a_deny_more_or_a_shorter_period_never_shows_more(
            @ForAll("facts") SharingFacts facts, @ForAll Discipline to, @ForAll("consents") Consent other) {
        Decision before = policy.decide(facts, SharingFixture.noord(to), SharingFixture.NOW);
        Consent deny = new Consent(
                Consent.ConsentStatus.ACTIVE,
                other.by(),
                List.of(new Provision(false, 1, Reach.ANYONE, Set.of(), null, null)));

        for (SharingFacts less : List.of(
                saying(facts, consents -> permitting(consents).isEmpty() ? consents : dropOnePermit(consents)),
                saying(facts, consents -> with(consents, deny)),
                saying(facts, consents -> consents.stream()
                        .map(SharingProperties::permittingUntilYesterday)
                        .toList()))) {
            Decision after = policy.decide(less, SharingFixture.noord(to), SharingFixture.NOW);
            assertThat(after.disclosure()).isLessThanOrEqualTo(before.disclosure());
            assertThat(before.fields()).containsAll(after.fields());
            assertThat(before.visiblePersons()).containsAll(after.visiblePersons());
        }
    }

    @Property(tries = 1000)
    void the_order_of_consents_changes_nothing(@ForAll("facts") SharingFacts facts, @ForAll Discipline to) {
        SharingFacts turned = saying(facts, consents -> {
            List<Consent> reversed = new ArrayList<>(consents);
            Collections.reverse(reversed);
            return reversed;
        });

        assertThat(policy.decide(turned, SharingFixture.noord(to), SharingFixture.NOW))
                .isEqualTo(policy.decide(facts, SharingFixture.noord(to), SharingFixture.NOW));
    }

    @Property(tries = 1000)
    void a_hold_only_ever_denies_and_never_what_is_acute(@ForAll("facts") SharingFacts facts, @ForAll Discipline to) {
        Decision held = policy.decide(facts, SharingFixture.noord(to), SharingFixture.NOW);
        Decision free = WITHOUT_HOLDS.decide(facts, SharingFixture.noord(to), SharingFixture.NOW);

        if (held.heldBy() == null) {
            assertThat(held.disclosure()).isEqualTo(free.disclosure());
            assertThat(held.fields()).isEqualTo(free.fields());
        } else {
            assertThat(held.releases()).isFalse();
            assertThat(facts.acute()).isFalse();
        }
    }

    @Property(tries = 1000)
    void a_narrative_crosses_only_when_every_class_found_in_it_is_covered(
            @ForAll("facts") SharingFacts facts, @ForAll Discipline to, @ForAll Set<DataClass> found) {
        SharingFacts read = SharingFixture.but(facts, "narrative", found);
        Decision decision = policy.decide(read, SharingFixture.noord(to), SharingFixture.NOW);

        if (decision.passes("narrative")) {
            assertThat(found).isNotEmpty().isSubsetOf(DataClass.N, DataClass.I, DataClass.C, DataClass.Z);
        }
    }

    @Property(tries = 1000)
    void without_a_consent_that_names_the_police_no_care_reaches_them_unless_it_is_acute(
            @ForAll("facts") SharingFacts facts) {
        SharingFacts forHelp = SharingFixture.but(facts, "purpose", null);
        SharingFacts unnamed = SharingFixture.but(
                saying(SharingFixture.but(forHelp, "from", Discipline.CARE), consents -> consents.stream()
                        .filter(consent -> consent.provisions().stream()
                                .noneMatch(p -> p.disciplines().contains(Discipline.POLICE)))
                        .toList()),
                "acute",
                false);

        assertThat(policy.decide(unnamed, SharingFixture.noord(Discipline.POLICE), SharingFixture.NOW)
                        .disclosure())
                .isEqualTo(Disclosure.NONE);
    }

    private static SharingFacts saying(SharingFacts facts, UnaryOperator<List<Consent>> change) {
        return SharingFixture.but(
                facts,
                "persons",
                facts.persons().stream()
                        .map(p -> new SharingFacts.PersonFacts(
                                p.personId(),
                                p.role(),
                                p.withdrawn(),
                                p.objects(),
                                p.age(),
                                change.apply(p.consents())))
                        .toList());
    }

    private static List<Consent> permitting(List<Consent> consents) {
        return consents.stream()
                .filter(consent -> consent.provisions().stream().allMatch(Provision::permit))
                .toList();
    }

    private static List<Consent> dropOnePermit(List<Consent> consents) {
        List<Consent> fewer = new ArrayList<>(consents);
        fewer.remove(permitting(consents).get(0));
        return fewer;
    }

    private static List<Consent> with(List<Consent> consents, Consent one) {
        List<Consent> more = new ArrayList<>(consents);
        more.add(one);
        return more;
    }

    private static Consent permittingUntilYesterday(Consent consent) {
        return new Consent(
                consent.state(),
                consent.by(),
                consent.provisions().stream()
                        .map(p -> p.permit()
                                ? new Provision(
                                        true, p.depth(), p.reach(), p.disciplines(), p.from(), TODAY.minusDays(1))
                                : p)
                        .toList());
    }

    @Provide
    Arbitrary<Consent> consents() {
        Arbitrary<Provision> provisions = Combinators.combine(
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(Reach.values()),
                        Arbitraries.of(Discipline.values()).set().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.integers().between(-40, 40).injectNull(0.4))
                .as((permit, depth, reach, disciplines, days) -> new Provision(
                        permit,
                        depth,
                        reach,
                        reach == Reach.NAMED ? disciplines : Set.of(),
                        null,
                        days == null ? null : TODAY.plusDays(days)));
        return Combinators.combine(
                        Arbitraries.of(
                                Consent.ConsentStatus.ACTIVE,
                                Consent.ConsentStatus.ACTIVE,
                                Consent.ConsentStatus.WITHDRAWN),
                        Arbitraries.of(Consent.Voice.values()).set().ofMinSize(1),
                        provisions.list().ofMinSize(1).ofMaxSize(3))
                .as(Consent::new);
    }

    /** As signals are: of the classes of their category, and perhaps of more. */
    @Provide
    Arbitrary<SharingFacts> facts() {
        Arbitrary<SharingFacts> plain = Combinators.combine(
                        Arbitraries.of(Discipline.values()).injectNull(0.05),
                        Arbitraries.of(DataClass.N, DataClass.F, DataClass.P, DataClass.H, DataClass.C, DataClass.K)
                                .set()
                                .ofMaxSize(2),
                        Arbitraries.of(List.copyOf(SignalFixture.VOCABULARY.codes())),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(9, false), net.jqwik.api.Tuple.of(1, true)),
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(9, true), net.jqwik.api.Tuple.of(1, false)),
                        people())
                .as((from, more, category, area, allows, withdrawn, drawnFor, persons) -> SharingFacts.builder()
                        .from(from)
                        .classes(classes(category, more))
                        .category(category)
                        .area(area)
                        .reporterAllows(allows)
                        .withdrawn(withdrawn)
                        .drawnFor(drawnFor)
                        .persons(persons)
                        .build());
        return Combinators.combine(
                        plain,
                        Arbitraries.of("Wpg16", "Wpg18", "Wpg19", "Wpg20").injectNull(0.3),
                        Arbitraries.of("WPG20-DEMO-1", "WPG20-UNKNOWN").injectNull(0.3),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Circumstance.values()).set().ofMaxSize(2),
                        Arbitraries.just("vital-interest").injectNull(0.9))
                .as((facts, article, decision, acute, circumstances, purpose) -> SharingFixture.but(
                        SharingFixture.but(
                                SharingFixture.but(
                                        SharingFixture.but(
                                                SharingFixture.but(facts, "article", article),
                                                "externalDecision",
                                                decision),
                                        "acute",
                                        acute),
                                "circumstances",
                                circumstances),
                        "purpose",
                        purpose));
    }

    private static Set<DataClass> classes(String category, Set<DataClass> more) {
        Set<DataClass> classes = new java.util.HashSet<>(more);
        classes.addAll(SignalFixture.VOCABULARY.category(category).orElseThrow().classes());
        return classes;
    }

    private Arbitrary<List<SharingFacts.PersonFacts>> people() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 1_000_000),
                        Arbitraries.of("tenant", "resident", "child", "other"),
                        Arbitraries.of(false, false, false, true),
                        Arbitraries.of(false, false, false, true),
                        Arbitraries.of(SharingFacts.Age.values()),
                        consents().list().ofMaxSize(3))
                .as((id, role, withdrawn, objects, age, consents) ->
                        new SharingFacts.PersonFacts(new UUID(7, id), role, withdrawn, objects, age, consents))
                .list()
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<String> permits() {
        return Arbitraries.of(SharingFixture.AGREEMENT.rules().stream()
                .filter(SharingRule::permit)
                .map(SharingRule::id)
                .toList());
    }

    /** The shipped agreement without one rule: cut out of the file, as an operator would. */
    private static SharingPolicy without(String rule) {
        int start = FILE.indexOf("  - id: " + rule + "\n");
        int end = FILE.indexOf("\n  - id: ", start + 1);
        return policy(
                FILE.substring(0, start) + (end < 0 ? "" : FILE.substring(end + 1)),
                SharingFixture.AGREEMENT.rules().size() - 1);
    }

    private static SharingPolicy policy(String cut, int rules) {
        try {
            Path folder = Files.createTempDirectory("agreement");
            Files.writeString(folder.resolve(SharingAgreement.FILE), cut);
            List<ConfigFault> faults = new ArrayList<>();
            SharingAgreement agreement = SharingAgreement.read(folder, SignalFixture.VOCABULARY.codes(), faults);
            assertThat(faults).isEmpty();
            assertThat(agreement.rules()).hasSize(rules);
            return new SharingPolicy(agreement);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read() {
        try {
            return Files.readString(Path.of("config", SharingAgreement.FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
