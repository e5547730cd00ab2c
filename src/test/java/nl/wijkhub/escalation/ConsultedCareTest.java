package nl.wijkhub.escalation;

import static nl.wijkhub.escalation.EscalationFixture.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.ConsultationAdvice.Heard;
import nl.wijkhub.sharing.Consultations.Question;
import nl.wijkhub.sharing.Recipient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Care is asked without a name, by hand and for a step up: who says what, who waits for whom, who hears of it. */
class ConsultedCareTest {
    private static final Recipient SEAT = new Recipient("vb-noord", Discipline.MUNICIPALITY);
    private static final Set<String> NORTH = Set.of("vb-noord");
    private static final Map<String, Recipient> CARE = Map.of("vb-noord", new Recipient("vb-noord", Discipline.CARE));

    private EscalationHub hub;

    @BeforeEach
    void empty() {
        TestDatabase.empty();
        hub = new EscalationHub(
                rules(
                        "id: dirt, level: 1, to: [MUNICIPALITY, POLICE], when: 'category == \"housing.pollution\"', first: consult-care, within: P3D, due: P2D, nl: x"));
    }

    @Test
    void a_claim_is_no_answer_and_whoever_claimed_is_waited_for() {
        UUID question = stepQuestion();

        assertThat(answer(question, "may-be-mine", "fake-care-a")).isTrue();
        assertThat(answer(question, "may-be-mine", "fake-care-a")).isTrue();
        assertThat(answer(question, "no-objection", "fake-care-b")).isTrue();
        passAndLook();
        assertThat(hub.steps()).contains("MUNICIPALITY 1 dirt CONSULT");
        // who answered sees no difference, whoever else claims it
        assertThat(open("fake-care-b")).isEmpty();
        assertThat(open("fake-care-a")).containsExactly(question);

        assertThat(answer(question, "go-together", "fake-care-a")).isTrue();
        passAndLook();

        assertThat(hub.steps()).contains("MUNICIPALITY 1 dirt OPEN");
        assertThat(hub.texts("select advice from consultation")).containsExactly("go-together");
        conflict(() -> answer(question, "may-be-mine", "fake-care-a"));
        conflict(() -> answer(question, "no-objection", "fake-care-a"));
        assertThat(answer(question, "no-objection", "fake-care-b")).isTrue();
        conflict(() -> answer(question, "go-together", "fake-care-c"));
    }

    @Test
    void a_claim_without_a_rule_shows_nothing_more_and_nothing_that_something_is_withheld() {
        UUID question = stepQuestion();
        Question before = ask(question, "fake-care-a");

        answer(question, "may-be-mine", "fake-care-a");

        assertThat(ask(question, "fake-care-a")).isEqualTo(before);
        assertThat(before.released()).isNull();
        // it was decided and logged all the same
        assertThat(hub.texts("""
                        select l.evaluation from decision_set l join release r on r.release_id = any(l.release_ids)
                        where r.kind = 'TEAM' and r.seat = 'CARE' and l.evaluation = 'pull'
                        """)).containsExactly("pull");
    }

    @Test
    void the_seat_hears_that_care_was_heard_and_the_advice_only_where_a_rule_lets_it_pass() {
        MatchedSignal matched = hub.send("corporatie-demo", "nuisance.noise", "low", "")
                .attached()
                .decided()
                .matched();
        UUID question = hub.database.inTransaction(() ->
                hub.consultations.ask(matched, "vb-noord", "fake-seat", SEAT).orElseThrow());
        assertThat(heard(matched).state()).isEqualTo("asked");
        hub.clock.pass(Duration.ofDays(3));
        assertThat(heard(matched).state()).isEqualTo("overdue");

        assertThat(answer(question, "go-together", "fake-care-a")).isTrue();

        Heard heard = heard(matched);
        assertThat(heard.state()).isEqualTo("answered");
        assertThat(heard.advice()).isNull();
        assertThat(heard.contact()).isNull();
        assertThat(hub.texts("""
                        select l.responses -> 0 ->> 'disclosure'
                        from decision_set l join release r on r.release_id = any(l.release_ids)
                        where r.kind = 'CONSULTED' and l.evaluation = 'pull'
                        """)).containsExactly("NONE");
    }

    @Test
    void what_another_pair_s_step_asked_is_not_the_seat_s_to_see() {
        EscalationHub police = new EscalationHub(
                rules(
                        "id: dirt, level: 1, to: [POLICE], when: 'category == \"housing.pollution\"', first: consult-care, within: P3D, due: P2D, nl: x"));
        MatchedSignal matched = police.send("corporatie-demo", "housing.pollution", "elevated", "")
                .attached()
                .decided()
                .matched();
        assertThat(police.steps()).containsExactly("POLICE 1 dirt CONSULT");

        assertThat(police.database.inTransaction(() -> police.advice.heard(matched, SEAT, "fake-seat")))
                .isEmpty();
        assertThat(police.advice.asked(List.of(matched.signalId()), SEAT)).isEmpty();
    }

    @Test
    void a_question_about_what_was_withdrawn_is_not_found_and_nothing_waits_for_it() {
        UUID question = stepQuestion();
        hub.send("corporatie-demo", "housing.pollution", "elevated", ",\"supersedes\":\"fake-1\"");

        assertThat(hub.database.inTransaction(() -> hub.consultations.question(question, CARE, "fake-care-a")))
                .isEmpty();
        assertThat(answer(question, "no-objection", "fake-care-a")).isFalse();
        assertThat(open("fake-care-a")).doesNotContain(question);
        assertThat(hub.texts("select (closed_at is not null)::text from consultation where consultation_id = '"
                        + question + "'"))
                .containsExactly("true");
    }

    @Test
    void a_step_does_not_wait_for_care_that_may_not_be_asked() {
        // what the police brought is asked of nobody
        EscalationHub police = new EscalationHub(
                rules(
                        "id: noise, level: 1, to: [MUNICIPALITY], when: 'category == \"nuisance.noise\"', first: consult-care, within: P3D, due: P2D, nl: x"));
        police.send(
                "politie-demo",
                "nuisance.noise",
                "low",
                ",\"ground\":{\"article\":\"Wpg20\",\"decision\":\"WPG20-DEMO-1\"}");
        assertThat(police.steps()).containsExactly("MUNICIPALITY 1 noise CONSULT");

        police.clock.pass(Duration.ofMinutes(2));
        police.check.check();

        assertThat(police.steps()).containsExactly("MUNICIPALITY 1 noise OPEN");
    }

    @Test
    void whoever_is_in_another_team_finds_nothing() {
        UUID question = stepQuestion();

        assertThat(hub.consultations.question(
                        question, Map.of("vb-zuid", new Recipient("vb-zuid", Discipline.CARE)), "fake-care-z"))
                .isEmpty();
        assertThat(hub.consultations.answer(
                        question,
                        Map.of("vb-zuid", new Recipient("vb-zuid", Discipline.CARE)),
                        "no-objection",
                        null,
                        "fake-care-z"))
                .isFalse();
    }

    private UUID stepQuestion() {
        hub.send("corporatie-demo", "housing.pollution", "elevated", "");
        return open("fake-care-a").get(0);
    }

    private List<UUID> open(String professional) {
        return hub.consultations.open(NORTH, professional, 10).stream()
                .map(asked -> asked.id())
                .toList();
    }

    private Question ask(UUID question, String professional) {
        return hub.database
                .inTransaction(() -> hub.consultations.question(question, CARE, professional))
                .orElseThrow();
    }

    private boolean answer(UUID question, String advice, String professional) {
        return hub.database.inTransaction(
                () -> hub.consultations.answer(question, CARE, advice, "Fictief: bel 0900-0000000", professional));
    }

    private Heard heard(MatchedSignal matched) {
        return hub.database
                .inTransaction(() -> hub.advice.heard(matched, SEAT, "fake-seat"))
                .orElseThrow();
    }

    private void passAndLook() {
        hub.clock.pass(Duration.ofMinutes(2));
        hub.check.check();
    }

    private static void conflict(Runnable attempt) {
        assertThatThrownBy(attempt::run)
                .isInstanceOf(Rejected.class)
                .extracting(refused -> ((Rejected) refused).problem())
                .isEqualTo(Problem.STATE_CONFLICT);
    }
}
