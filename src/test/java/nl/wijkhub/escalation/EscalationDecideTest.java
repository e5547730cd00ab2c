package nl.wijkhub.escalation;

import static nl.wijkhub.escalation.EscalationFixture.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps up the ladder on the real database: how they are raised, what they bring, how time opens and ends them. */
class EscalationDecideTest {
    private static final String ACUTE =
            "id: acute, level: 1, to: [MUNICIPALITY], when: 'severity == \"acute\"', due: PT4H, quiet: P30D, nl: x";

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void a_storm_in_two_batches_is_one_step_for_each_who_sees_it_and_none_for_who_sees_nothing() {
        EscalationHub hub = new EscalationHub(rules("id: many, level: 1, when: 'signals30 >= 2', due: P2D, nl: x"));

        List<EscalatedSignal> first = hub.work(noise(hub, "low"), noise(hub, "low"), noise(hub, "low"));
        hub.clock.pass(Duration.ofHours(1));
        List<EscalatedSignal> second = hub.work(noise(hub, "low"), noise(hub, "low"));

        assertThat(hub.steps())
                .containsExactly(
                        "COMMUNITY_WORK 1 many OPEN",
                        "MUNICIPALITY 1 many OPEN",
                        "POLICE 1 many OPEN",
                        "WELFARE 1 many OPEN");
        assertThat(first.get(0).levels()).isEmpty();
        assertThat(first.get(1).levels()).hasSize(4).containsValue(1);
        assertThat(second.get(1).levels()).hasSize(4).containsValue(1);
        assertThat(hub.texts("select kind from escalation_event")).hasSize(4).containsOnly("opened");
        assertThat(hub.texts("select distinct held_at > raised_at from escalation"))
                .containsExactly("t");
    }

    @Test
    void who_may_not_see_the_severity_sees_no_step() {
        EscalationHub hub =
                new EscalationHub(rules("id: acute, level: 1, when: 'severity == \"acute\"', due: PT4H, nl: x"));
        EscalatedSignal escalated = hub.send("corporatie-demo", "nuisance.noise", "acute", "");

        assertThat(hub.steps()).containsExactly("MUNICIPALITY 1 acute OPEN", "POLICE 1 acute OPEN");
        assertThat(escalated.levels()).hasSize(2);
        assertThat(hub.texts("select kind from release where kind <> 'TEAM'")).isEmpty();
    }

    @Test
    void mediation_is_tried_first_and_the_step_opens_when_it_came_again() {
        EscalationHub hub = new EscalationHub(
                rules(
                        "id: noise, level: 1, to: [MUNICIPALITY], when: 'category == \"nuisance.noise\" && signals30 >= 2', first: mediation, within: P14D, due: P2D, nl: x"));
        hub.work(noise(hub, "low"), noise(hub, "low"));
        assertThat(hub.steps()).containsExactly("MUNICIPALITY 1 noise MEDIATION");

        hub.clock.pass(Duration.ofDays(5));
        assertThat(hub.send("corporatie-demo", "nuisance.noise", "low", "").levels())
                .isEmpty();
        hub.check.check();
        assertThat(hub.steps()).containsExactly("MUNICIPALITY 1 noise MEDIATION");
        hub.clock.pass(Duration.ofDays(9));
        hub.check.check();
        hub.check.check();

        assertThat(hub.steps()).containsExactly("MUNICIPALITY 1 noise OPEN");
        assertThat(hub.texts("select kind from escalation_event order by happened_at"))
                .containsExactly("mediation-begun", "opened");
        assertThat(
                        hub.texts(
                                "select outcomes[array_position(stages, 'escalation-decide')] from timeline_step where stages @> array['escalation-decide']"))
                .containsExactly("escalated");
    }

    @Test
    void mediation_that_helped_ends_the_step() {
        EscalationHub hub = new EscalationHub(
                rules(
                        "id: noise, level: 1, to: [MUNICIPALITY], when: 'category == \"nuisance.noise\"', first: mediation, within: P14D, due: P2D, nl: x"));
        hub.send("corporatie-demo", "nuisance.noise", "low", "");
        hub.clock.pass(Duration.ofDays(15));
        hub.check.check();

        assertThat(hub.steps()).containsExactly("MUNICIPALITY 1 noise CLOSED mediated");
    }

    @Test
    void care_is_asked_first_and_the_step_opens_once_it_has_answered() {
        EscalationHub hub = new EscalationHub(
                rules(
                        "id: dirt, level: 1, to: [MUNICIPALITY], when: 'category == \"housing.pollution\"', first: consult-care, within: P3D, due: P2D, nl: x"));
        hub.send("corporatie-demo", "housing.pollution", "elevated", "");
        assertThat(hub.steps()).containsExactly("MUNICIPALITY 1 dirt CONSULT");
        UUID question = hub.consultations
                .open(List.of("vb-noord"), "fake-care", 10)
                .get(0)
                .id();

        hub.clock.pass(Duration.ofMinutes(2));
        hub.check.check();
        assertThat(hub.steps()).containsExactly("MUNICIPALITY 1 dirt CONSULT");
        hub.database.inTransaction(() -> {
            hub.consultations.answer(
                    question,
                    Map.of("vb-noord", new Recipient("vb-noord", Discipline.CARE)),
                    "no-objection",
                    null,
                    "fake-care");
            return null;
        });
        hub.clock.pass(Duration.ofMinutes(2));
        hub.check.check();

        assertThat(hub.steps()).containsExactly("MUNICIPALITY 1 dirt OPEN");
    }

    @Test
    void an_open_step_that_went_quiet_is_de_escalated() {
        EscalationHub hub = new EscalationHub(rules(ACUTE));
        hub.send("corporatie-demo", "nuisance.noise", "acute", "");
        hub.clock.pass(Duration.ofDays(29));
        hub.check.check();
        assertThat(hub.steps()).containsExactly("MUNICIPALITY 1 acute OPEN");

        hub.clock.pass(Duration.ofDays(1));
        hub.check.check();

        assertThat(hub.steps()).containsExactly("MUNICIPALITY 1 acute CLOSED de-escalated");
        hub.send("corporatie-demo", "nuisance.noise", "acute", "");
        assertThat(hub.steps())
                .containsExactly("MUNICIPALITY 1 acute CLOSED de-escalated", "MUNICIPALITY 1 acute OPEN");
    }

    @ParameterizedTest
    @CsvSource({"2, MULTI_PROBLEM_TABLE", "3, SAFETY_HOUSE", "4, MAYOR_AND_PROSECUTOR"})
    void a_step_above_the_team_decides_sharing_anew_for_who_comes_in_once_and_lets_nothing_pass(
            int level, String kind) {
        EscalationHub hub = new EscalationHub(
                rules("id: acute, level: " + level + ", when: 'severity == \"acute\"', due: PT4H, nl: x"));
        noiseAndReport(hub);

        assertThat(hub.steps())
                .containsExactly("MUNICIPALITY " + level + " acute OPEN", "POLICE " + level + " acute OPEN");
        // what the police brought may not travel, whoever asks
        assertThat(hub.texts("""
                        select kind || ' ' || team_id || ' ' || seat || ' ' || disclosure || ' ' || (decision ->> 'ruleId')
                        from decided_release where kind <> 'TEAM' order by decision ->> 'ruleId'
                        """))
                .containsExactly(
                        kind + " vb-noord MUNICIPALITY NONE row-24", kind + " vb-noord MUNICIPALITY NONE row-9");
    }

    private static void noiseAndReport(EscalationHub hub) {
        hub.send(
                "politie-demo",
                "nuisance.noise",
                "low",
                ",\"ground\":{\"article\":\"Wpg20\",\"decision\":\"WPG20-DEMO-1\"}");
        hub.send("corporatie-demo", "nuisance.noise", "acute", "");
        hub.send("corporatie-demo", "nuisance.noise", "acute", "");
    }

    @Test
    void what_is_late_raises_a_step_without_any_signal_and_only_one() {
        EscalationHub hub = new EscalationHub(rules(
                "id: late, level: 2, to: [MUNICIPALITY], when: 'lateAgreements >= 2', due: P5D, quiet: P14D, nl: x"));
        UUID plan = hub.send("corporatie-demo", "nuisance.noise", "low", "")
                .attached()
                .planId();
        hub.facts.put(
                new PlanFacts.Viewer(plan, new Recipient("vb-noord", Discipline.MUNICIPALITY)),
                new PlanFacts.Facts(false, 2, 0));
        hub.late.add(plan);

        hub.check.check();
        hub.clock.pass(Duration.ofHours(2));
        hub.check.check();
        assertThat(hub.steps()).containsExactly("MUNICIPALITY 2 late OPEN");
        assertThat(hub.texts("select kind from release where kind <> 'TEAM'")).containsExactly("MULTI_PROBLEM_TABLE");

        hub.facts.clear();
        hub.late.clear();
        hub.clock.pass(Duration.ofDays(15));
        hub.check.check();
        assertThat(hub.steps()).containsExactly("MUNICIPALITY 2 late CLOSED de-escalated");
    }

    @Test
    void a_step_ends_with_its_plan() {
        EscalationHub hub = new EscalationHub(rules(ACUTE));
        hub.send("corporatie-demo", "nuisance.noise", "acute", "");
        hub.database.with(h -> h.execute(
                "update plan set state = 'CLOSED', outcome = 'PREVENTED', closed_at = now(), epoch = epoch + 1"));

        hub.check.check();

        assertThat(hub.steps()).containsExactly("MUNICIPALITY 1 acute CLOSED plan-closed");
        hub.clock.pass(Duration.ofDays(1));
        hub.send("corporatie-demo", "nuisance.noise", "acute", "");
        assertThat(hub.steps()).containsExactly("MUNICIPALITY 1 acute CLOSED plan-closed", "MUNICIPALITY 1 acute OPEN");
    }

    @Test
    void a_step_whose_signal_was_superseded_is_recalled() {
        EscalationHub hub = new EscalationHub(rules(ACUTE));
        hub.send("corporatie-demo", "nuisance.noise", "acute", "");
        hub.send("corporatie-demo", "nuisance.noise", "low", ",\"supersedes\":\"fake-1\"");

        hub.check.check();

        assertThat(hub.steps()).containsExactly("MUNICIPALITY 1 acute CLOSED recalled");
    }

    private static UUID noise(EscalationHub hub, String severity) {
        return hub.accept("corporatie-demo", "nuisance.noise", severity, "");
    }
}
