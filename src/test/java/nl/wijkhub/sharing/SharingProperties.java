package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.SignalFixture;

/** What must hold of every decision, whatever the facts. */
@Tag("sharing")
class SharingProperties {
    private static final String FILE = read();
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
        SharingFacts withdrawn = new SharingFacts(
                facts.from(),
                facts.classes(),
                facts.category(),
                facts.area(),
                facts.reporterAllows(),
                true,
                facts.onward(),
                facts.drawnFor(),
                facts.persons());
        SharingFacts onward = new SharingFacts(
                facts.from(),
                facts.classes(),
                facts.category(),
                facts.area(),
                facts.reporterAllows(),
                facts.withdrawn(),
                true,
                facts.drawnFor(),
                facts.persons());

        assertThat(policy.decide(withdrawn, SharingFixture.noord(to), SharingFixture.NOW)
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

        assertThat(SharingFixture.AGREEMENT.fieldsOf(decision.disclosure())).containsAll(decision.fields());
        assertThat(decision.fields()).noneMatch(decision.removedFields()::contains);
        assertThat(decision.fields().size() + decision.removedFields().size())
                .isEqualTo(SharingFixture.AGREEMENT.allFields().size());
        assertThat(decision.releases())
                .isEqualTo(!decision.ground().equals("NO-GROUND")
                        && !decision.ground().equals("Wpg-7"));
    }

    @Property(tries = 1000)
    void more_classes_never_show_more(
            @ForAll("facts") SharingFacts facts, @ForAll Discipline to, @ForAll DataClass extra) {
        Set<DataClass> more = new java.util.HashSet<>(facts.classes());
        more.add(extra);
        SharingFacts raised = new SharingFacts(
                facts.from(),
                more,
                facts.category(),
                facts.area(),
                facts.reporterAllows(),
                facts.withdrawn(),
                facts.onward(),
                facts.drawnFor(),
                facts.persons());
        Decision before = policy.decide(facts, SharingFixture.noord(to), SharingFixture.NOW);

        if (!facts.classes().isEmpty()) {
            assertThat(policy.decide(raised, SharingFixture.noord(to), SharingFixture.NOW)
                            .disclosure())
                    .isLessThanOrEqualTo(before.disclosure());
        }
    }

    @Provide
    Arbitrary<SharingFacts> facts() {
        return Combinators.combine(
                        Arbitraries.of(Discipline.values()).injectNull(0.05),
                        Arbitraries.of(DataClass.N, DataClass.F, DataClass.P, DataClass.H, DataClass.C, DataClass.K)
                                .set()
                                .ofMaxSize(3),
                        Arbitraries.of(List.copyOf(SignalFixture.VOCABULARY.codes())),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(9, false), net.jqwik.api.Tuple.of(1, true)),
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(9, true), net.jqwik.api.Tuple.of(1, false)),
                        Arbitraries.integers().between(0, 3))
                .as((from, classes, category, area, allows, withdrawn, drawnFor, persons) -> new SharingFacts(
                        from, classes, category, area, allows, withdrawn, false, drawnFor, people(persons)));
    }

    private static List<SharingFacts.PersonFacts> people(int count) {
        List<SharingFacts.PersonFacts> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(new SharingFacts.PersonFacts(new UUID(7, i), "tenant", i % 2 == 1));
        }
        return people;
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
        String cut = FILE.substring(0, start) + (end < 0 ? "" : FILE.substring(end + 1));
        try {
            Path folder = Files.createTempDirectory("agreement");
            Files.writeString(folder.resolve(SharingAgreement.FILE), cut);
            List<ConfigFault> faults = new ArrayList<>();
            SharingAgreement agreement = SharingAgreement.read(folder, SignalFixture.VOCABULARY.codes(), faults);
            assertThat(faults).isEmpty();
            assertThat(agreement.rules())
                    .hasSize(SharingFixture.AGREEMENT.rules().size() - 1);
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
