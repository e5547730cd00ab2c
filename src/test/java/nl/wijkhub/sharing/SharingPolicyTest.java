package nl.wijkhub.sharing;

import static nl.wijkhub.kernel.Discipline.CARE;
import static nl.wijkhub.kernel.Discipline.HOUSING;
import static nl.wijkhub.kernel.Discipline.MUNICIPALITY;
import static nl.wijkhub.kernel.Discipline.POLICE;
import static nl.wijkhub.kernel.Discipline.RESIDENT;
import static nl.wijkhub.kernel.Discipline.WELFARE;
import static nl.wijkhub.sharing.SharingFixture.AGREEMENT;
import static nl.wijkhub.sharing.SharingFixture.NOW;
import static nl.wijkhub.sharing.SharingFixture.aSignal;
import static nl.wijkhub.sharing.SharingFixture.anAdult;
import static nl.wijkhub.sharing.SharingFixture.but;
import static nl.wijkhub.sharing.SharingFixture.facts;
import static nl.wijkhub.sharing.SharingFixture.noord;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.SharingFacts.Age;
import nl.wijkhub.sharing.SharingFacts.PersonFacts;
import nl.wijkhub.signal.DataClass;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("sharing")
class SharingPolicyTest {
    private final SharingPolicy policy = new SharingPolicy(AGREEMENT);

    @ParameterizedTest(name = "{0} reports {1} to {2}: {3} by {4}")
    @CsvSource({
        "HOUSING, nuisance.noise, MUNICIPALITY, SUMMARY, row-2",
        "HOUSING, housing.pollution, MUNICIPALITY, SUMMARY, row-2",
        "HOUSING, nuisance.noise, POLICE, SUMMARY, row-3",
        "HOUSING, nuisance.noise, WELFARE, NOTICE, row-32",
        "HOUSING, nuisance.neighbour-dispute, COMMUNITY_WORK, NOTICE, row-32",
        "HOUSING, housing.pollution, WELFARE, NONE, row-24",
        "HOUSING, nuisance.noise, CARE, NONE, row-24",
        "HOUSING, nuisance.noise, HOUSING, NONE, row-24",
        "HOUSING, nuisance.noise, INFORMAL, NONE, row-24",
        "HOUSING, nuisance.drugs, MUNICIPALITY, NONE, row-31",
        "HOUSING, nuisance.drugs, POLICE, NONE, row-31",
        "HOUSING, safety.confused-behaviour, MUNICIPALITY, NONE, row-31",
        "HOUSING, care.addiction, CARE, NONE, row-31",
        "HOUSING, debt.rent-arrears, POLICE, NONE, row-24",
        "HOUSING, debt.rent-arrears, WELFARE, NONE, row-24",
        "HOUSING, care.self-neglect, MUNICIPALITY, NONE, row-24",
        "POLICE, nuisance.noise, CARE, NONE, row-24",
        "CARE, care.self-neglect, MUNICIPALITY, NONE, row-24",
        "WELFARE, social.isolation, POLICE, NONE, row-24",
    })
    void decides_by_its_row(Discipline from, String category, Discipline to, Disclosure disclosure, String rule) {
        Decision decision = policy.decide(aSignal(from, category), noord(to), NOW);

        assertThat(decision.disclosure()).isEqualTo(disclosure);
        assertThat(decision.ruleId()).isEqualTo(rule);
        assertThat(decision.policyVersion()).isEqualTo("veilige-buurten-demo/2026-7");
    }

    @Test
    void the_municipality_gets_who_and_where_the_police_gets_where_alone() {
        SharingFacts noise = aSignal(HOUSING, "nuisance.noise");

        assertThat(policy.decide(noise, noord(MUNICIPALITY), NOW).fields())
                .contains("address", "category", "persons.name")
                .doesNotContain("narrative", "persons.phone", "persons.birthDate", "knownToPolice");
        assertThat(policy.decide(noise, noord(POLICE), NOW).fields())
                .contains("address", "category")
                .doesNotContain("persons.name", "persons.role", "narrative", "reporter");
    }

    @Test
    void a_notice_carries_a_contact_and_nothing_of_the_signal() {
        assertThat(policy.decide(aSignal(HOUSING, "nuisance.noise"), noord(WELFARE), NOW)
                        .fields())
                .containsExactly("contact");
    }

    @Test
    void a_reporter_passes_only_when_the_reporter_allows_it() {
        SharingFacts silent = aSignal(HOUSING, "nuisance.noise");
        SharingFacts open = but(silent, "reporterAllows", true);

        Decision without = policy.decide(silent, noord(MUNICIPALITY), NOW);
        assertThat(without.fields()).doesNotContain("reporter");
        assertThat(without.reasons()).contains("removed-by-row-19");
        assertThat(without.obligations()).contains("log-removal");
        assertThat(policy.decide(open, noord(MUNICIPALITY), NOW).fields()).contains("reporter");
        assertThat(policy.decide(open, noord(POLICE), NOW).fields()).doesNotContain("reporter");
    }

    @Test
    void residents_report_about_the_area_alone() {
        SharingFacts household = but(aSignal(RESIDENT, "area.lighting"), "reporterAllows", true);
        SharingFacts lighting = but(household, "area", true);

        Decision decision = policy.decide(lighting, noord(WELFARE), NOW);
        assertThat(decision.disclosure()).isEqualTo(Disclosure.SUMMARY);
        assertThat(decision.ruleId()).isEqualTo("row-30");
        assertThat(decision.fields()).contains("area").doesNotContain("reporter");
        assertThat(policy.decide(household, noord(MUNICIPALITY), NOW).disclosure())
                .isEqualTo(Disclosure.NONE);
    }

    @ParameterizedTest
    @EnumSource(Discipline.class)
    void nothing_passes_once_it_is_withdrawn(Discipline to) {
        SharingFacts withdrawn = but(aSignal(HOUSING, "nuisance.noise"), "withdrawn", true);

        Decision decision = policy.decide(withdrawn, noord(to), NOW);
        assertThat(decision.disclosure()).isEqualTo(Disclosure.NONE);
        assertThat(decision.ruleId()).isEqualTo("row-22");
    }

    @ParameterizedTest
    @EnumSource(Discipline.class)
    void police_data_is_never_passed_on(Discipline to) {
        SharingFacts onward =
                but(facts(POLICE, EnumSet.of(DataClass.N, DataClass.P), "nuisance.noise"), "onward", true);

        assertThat(policy.decide(onward, noord(to), NOW).ruleId()).isEqualTo("row-9");
    }

    @Test
    void another_team_an_ended_agreement_and_an_unknown_sender_get_nothing() {
        SharingFacts noise = aSignal(HOUSING, "nuisance.noise");

        Decision elsewhere = policy.decide(noise.with(false), new Recipient("vb-zuid", MUNICIPALITY), NOW);
        assertThat(elsewhere.disclosure()).isEqualTo(Disclosure.NONE);
        assertThat(policy.decide(noise, noord(MUNICIPALITY), Instant.parse("2031-01-01T12:00:00Z"))
                        .reasons())
                .containsExactly("agreement-not-valid");
        assertThat(policy.decide(noise, noord(MUNICIPALITY), Instant.parse("2025-12-31T12:00:00Z"))
                        .disclosure())
                .isEqualTo(Disclosure.NONE);
        SharingFacts unknown = facts(null, noise.classes(), noise.category());
        assertThat(policy.decide(unknown, noord(MUNICIPALITY), NOW).ruleId()).isEqualTo("row-24");
    }

    @Test
    void a_signal_of_no_class_and_one_that_is_also_criminal_are_covered_by_nothing() {
        SharingFacts none = facts(HOUSING, Set.of(), "nuisance.noise");
        SharingFacts raised = facts(HOUSING, EnumSet.of(DataClass.N, DataClass.K), "nuisance.noise");

        assertThat(policy.decide(none, noord(MUNICIPALITY), NOW).disclosure()).isEqualTo(Disclosure.NONE);
        assertThat(policy.decide(raised, noord(MUNICIPALITY), NOW).disclosure()).isEqualTo(Disclosure.NONE);
    }

    @Test
    void decides_person_by_person() {
        UUID seen = UUID.randomUUID();
        UUID hidden = UUID.randomUUID();
        SharingFacts two = but(
                aSignal(HOUSING, "nuisance.noise"),
                "persons",
                List.of(
                        anAdult(seen),
                        new PersonFacts(hidden, "tenant", true, false, Age.FROM_16, List.of()),
                        new PersonFacts(UUID.randomUUID(), "child", false, false, Age.UNDER_12, List.of())));

        assertThat(policy.decide(two, noord(MUNICIPALITY), NOW).visiblePersons())
                .containsExactly(seen);
    }

    @Test
    void care_is_no_recipient_without_a_rule_even_for_itself() {
        assertThat(policy.decide(aSignal(CARE, "care.mental-health"), noord(CARE), NOW)
                        .disclosure())
                .isEqualTo(Disclosure.NONE);
    }
}
