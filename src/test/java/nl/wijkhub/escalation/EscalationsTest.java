package nl.wijkhub.escalation;

import static nl.wijkhub.escalation.EscalationFixture.rules;
import static nl.wijkhub.signal.SignalFixture.PARTNERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.escalation.EscalationStep.StepState;
import nl.wijkhub.escalation.Escalations.Actor;
import nl.wijkhub.escalation.Escalations.Seen;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.web.api.EscalationJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may know of a step, and what becomes of it when somebody answers: on the real database. */
class EscalationsTest {
    private static final Trace TRACE = Trace.continuing(null);
    private static final Actor SEAT = member("fake-seat", Discipline.MUNICIPALITY);
    private static final Actor COLLEAGUE = member("fake-colleague", Discipline.MUNICIPALITY);
    private static final Actor POLICE = member("fake-police", Discipline.POLICE);
    private static final Actor CARE = new Actor("zorg-demo", List.of(), PARTNERS.get("zorg-demo"), TRACE);

    private EscalationHub hub;
    private EscalatedSignal first;
    private UUID step;
    private UUID ofPolice;

    @BeforeEach
    void acuteNoise() {
        TestDatabase.empty();
        hub = new EscalationHub(
                rules(
                        "id: acute, level: 1, to: [MUNICIPALITY, POLICE], when: 'severity == \"acute\"', due: PT4H, quiet: P30D, nl: Fictieve regel"));
        first = hub.send("corporatie-demo", "nuisance.noise", "acute", "");
        step = stepOf("MUNICIPALITY");
        ofPolice = stepOf("POLICE");
    }

    @Test
    void a_pair_sees_its_own_step_with_the_words_of_its_rule_and_no_other() {
        String own = json(see(SEAT, step).orElseThrow()).toString();

        assertThat(own).contains("\"ruleId\":\"acute\"", "Fictieve regel", "\"state\":\"open\"", "\"planId\"");
        assertThat(see(SEAT, ofPolice)).isEmpty();
        assertThat(see(POLICE, step)).isEmpty();
        assertThat(see(member("fake-south", "vb-zuid"), step)).isEmpty();
        assertThat(hub.known.feed(SEAT, null, 10))
                .extracting(seen -> seen.step().id())
                .containsExactly(step);
        assertThat(hub.texts("select nen7513_user from processing_log where name = 'escalation-read'"))
                .containsExactly("fake-seat");
    }

    @Test
    void the_steps_of_a_pair_come_in_the_order_they_were_raised_a_page_at_a_time() {
        hub.clock.pass(Duration.ofDays(31));
        hub.check.check();
        hub.send("corporatie-demo", "nuisance.noise", "acute", "");

        List<Seen> page = hub.known.feed(SEAT, null, 1);
        List<Seen> next = hub.known.feed(SEAT, step, 10);

        assertThat(page).extracting(seen -> seen.step().id()).containsExactly(step);
        assertThat(next).hasSize(1).allMatch(seen -> seen.step().state() == StepState.OPEN);
    }

    @Test
    void a_care_provider_that_was_not_told_finds_what_one_that_does_not_exist_gives() {
        assertThat(see(CARE, step)).isEmpty();
        assertThat(see(CARE, UUID.randomUUID())).isEmpty();
        assertThat(take(CARE, step)).isEmpty();
        assertThat(decline(CARE, step, "no-capacity")).isEmpty();
        assertThat(hub.known.toldOf(CARE.partner(), null, 10)).isEmpty();
        assertThat(hub.steps()).contains("MUNICIPALITY 1 acute OPEN");
        assertThat(hub.texts("select kind from release where kind = 'SUBSCRIBER'"))
                .isEmpty();
    }

    @Test
    void a_care_provider_that_was_told_gets_level_term_and_state_and_nothing_else() {
        hub.told.tell("zorg-demo", step);

        Seen seen = see(CARE, step).orElseThrow();

        assertThat(json(seen).fieldNames()).toIterable().containsExactly("id", "level", "dueAt", "state");
        assertThat(hub.texts("""
                        select kind || ' ' || (decision ->> 'ruleId') || ' ' || disclosure || ' ' || (signal_id is null) from decided_release
                        where kind <> 'TEAM'
                        """)).containsExactly("SUBSCRIBER row-27 NOTICE true");
        see(CARE, step);
        assertThat(hub.texts("""
                        select l.evaluation from decision_set l join release r on r.release_id = any(l.release_ids)
                        where r.kind = 'SUBSCRIBER' order by l.decided_at
                        """)).containsExactly("release", "pull");
    }

    @Test
    void a_step_of_another_pair_is_told_to_nobody_outside_even_if_somebody_says_so() {
        hub.told.tell("zorg-demo", ofPolice);

        assertThat(see(CARE, ofPolice)).isEmpty();
        assertThat(look(ofPolice, "zorg-demo")).isEmpty();
    }

    @Test
    void row_27_knows_care_alone() {
        assertThat(look(step, "zorg-demo")).hasValueSatisfying(notice -> {
            assertThat(notice.level()).isEqualTo(1);
            assertThat(notice.teamId()).isEqualTo("vb-noord");
            assertThat(notice.state()).isEqualTo(StepState.OPEN);
            assertThat(notice.planId()).isEqualTo(first.attached().planId());
        });
        assertThat(look(step, "welzijn-demo")).isEmpty();
        assertThat(hub.texts("select seat || ' ' || disclosure from release where kind = 'SUBSCRIBER'"))
                .containsExactlyInAnyOrder("CARE NOTICE", "WELFARE NONE");
    }

    @Test
    void a_step_that_rests_on_what_was_withdrawn_is_told_to_nobody_any_more() {
        hub.told.tell("zorg-demo", step);
        hub.send("corporatie-demo", "nuisance.noise", "low", ",\"supersedes\":\"fake-1\"");

        assertThat(see(CARE, step)).isEmpty();
        assertThat(look(step, "zorg-demo")).isEmpty();
        assertThat(see(SEAT, step)).isEmpty();
        assertThat(hub.known.feed(SEAT, null, 10)).isEmpty();
        assertThat(take(CARE, step)).isEmpty();
    }

    @Test
    void a_step_that_never_opened_is_told_to_nobody() {
        TestDatabase.empty();
        EscalationHub tried = new EscalationHub(
                rules(
                        "id: noise, level: 1, to: [MUNICIPALITY], when: 'category == \"nuisance.noise\"', first: mediation, within: P14D, due: P2D, nl: x"));
        tried.send("corporatie-demo", "nuisance.noise", "low", "");
        UUID waiting = tried.ids("select escalation_id from escalation").get(0);

        assertThat(tried.database.inTransaction(() -> tried.known.look(waiting, PARTNERS.get("zorg-demo"), "attempt")))
                .isEmpty();
        tried.clock.pass(Duration.ofDays(15));
        tried.check.check();
        assertThat(tried.steps()).containsExactly("MUNICIPALITY 1 noise CLOSED mediated");
        assertThat(tried.database.inTransaction(() -> tried.known.look(waiting, PARTNERS.get("zorg-demo"), "attempt")))
                .isEmpty();
    }

    @Test
    void who_is_first_takes_a_step_up_and_the_same_a_second_time_changes_nothing() {
        hub.told.tell("zorg-demo", step);
        take(SEAT, step);
        take(SEAT, step);

        conflict(() -> take(COLLEAGUE, step));
        conflict(() -> take(CARE, step));
        conflict(() -> decline(CARE, step, "no-capacity"));
        assertThat(hub.steps()).contains("MUNICIPALITY 1 acute TAKEN", "POLICE 1 acute OPEN");
        assertThat(
                        hub.texts(
                                "select kind || ' ' || coalesce(user_id, '-') from escalation_event order by happened_at, kind"))
                .containsExactly("opened -", "opened -", "taken fake-seat");
        assertThat(hub.texts("select kind || ' ' || user_id from plan_event where kind like 'escalation%'"))
                .containsExactly("escalation-taken fake-seat");
        assertThat(hub.known.ofPlan(first.attached().planId(), new Recipient("vb-noord", Discipline.MUNICIPALITY)))
                .singleElement()
                .satisfies(
                        seen -> assertThat(seen.answers()).singleElement().satisfies(answer -> assertThat(answer.by())
                                .isEqualTo("fake-seat")));
    }

    @Test
    void what_another_pair_does_with_its_step_is_not_in_the_history_of_the_plan() {
        take(POLICE, ofPolice);

        assertThat(hub.texts("select kind from plan_event where kind like 'escalation%'"))
                .isEmpty();
        assertThat(hub.steps()).contains("POLICE 1 acute TAKEN");
    }

    @Test
    void a_care_provider_takes_a_step_up_and_the_seat_sees_who() {
        hub.told.tell("zorg-demo", step);

        Seen own = take(CARE, step).orElseThrow();

        assertThat(json(own).toString()).contains("\"state\":\"taken\"", "\"kind\":\"taken\"");
        assertThat(json(see(SEAT, step).orElseThrow()).toString())
                .contains("\"by\":\"partner:zorg-demo\"", "\"state\":\"taken\"");
        conflict(() -> take(SEAT, step));
        assertThat(
                        hub.texts(
                                "select nen7513_user || ' as ' || nen7513_role from processing_log where name = 'escalation-taken'"))
                .containsExactly("zorg-demo as subscriber (vb-noord.care)");
    }

    @Test
    void a_pair_that_declines_ends_its_step_and_its_rule_is_quiet_unless_it_is_acute() {
        Seen declined = decline(SEAT, step, "Fictief: wij doen dit al").orElseThrow();

        assertThat(declined.step().state()).isEqualTo(StepState.DECLINED);
        assertThat(json(declined).toString()).contains("Fictief: wij doen dit al");
        assertThat(decline(SEAT, step, "Fictief: nog een keer")).isPresent();
        assertThat(hub.texts("select kind from escalation_answer")).containsExactly("declined");
        conflict(() -> take(SEAT, step));
        assertThat(hub.texts("select encode(reason_sealed, 'escape') from escalation_answer"))
                .noneMatch(reason -> reason.contains("Fictief"));
    }

    @Test
    void when_all_who_were_told_declined_it_asks_for_attention_and_one_of_them_may_still_take_it() {
        hub.told.tell("zorg-demo", step);

        Seen own = decline(CARE, step, "Fictief: die meneer is bij ons bekend").orElseThrow();

        assertThat(json(own).toString()).contains("\"state\":\"declined\"", "bij ons bekend");
        String seat = json(see(SEAT, step).orElseThrow()).toString();
        assertThat(seat).contains("\"state\":\"open\"", "partner:zorg-demo").doesNotContain("bekend");
        assertThat(
                        hub.texts(
                                "select (surfaced_at is not null)::text || ' ' || state from escalation where seat = 'MUNICIPALITY'"))
                .containsExactly("true OPEN");
        assertThat(hub.texts("select kind || ' ' || user_id from escalation_event where user_id is not null"))
                .containsExactly("declined partner:zorg-demo");

        take(CARE, step);
        assertThat(hub.steps()).contains("MUNICIPALITY 1 acute TAKEN");
    }

    @Test
    void a_reason_in_a_code_is_the_seat_s_to_read() {
        hub.told.tell("zorg-demo", step);
        decline(CARE, step, "no-capacity");

        assertThat(json(see(SEAT, step).orElseThrow()).toString()).contains("no-capacity");
    }

    @Test
    void a_plan_that_is_handed_over_takes_its_open_steps_along_as_far_as_the_other_team_may_see_why() {
        take(SEAT, step);
        hub.clock.pass(Duration.ofHours(1));

        hub.handOver(first, "vb-zuid");

        // the police of the other team may see as much, and somebody there has to take it up anew
        assertThat(teamSteps())
                .containsExactlyInAnyOrder(
                        "vb-noord MUNICIPALITY CLOSED handed-over",
                        "vb-noord POLICE CLOSED handed-over",
                        "vb-zuid MUNICIPALITY OPEN",
                        "vb-zuid POLICE OPEN");
        assertThat(hub.texts("select distinct (due_at - raised_at)::text from escalation where team_id = 'vb-zuid'"))
                .containsExactly("04:00:00");
    }

    @Test
    void what_rests_on_what_may_not_travel_ends_with_the_hand_over() {
        TestDatabase.empty();
        EscalationHub police = new EscalationHub(rules(
                "id: two, level: 1, to: [MUNICIPALITY], when: 'disciplines30 >= 2', due: P2D, nl: x",
                "id: many, level: 2, to: [MUNICIPALITY], when: 'signals30 >= 2', due: P2D, nl: x"));
        police.send("corporatie-demo", "nuisance.noise", "low", "");
        EscalatedSignal last = police.send(
                "politie-demo",
                "nuisance.noise",
                "low",
                ",\"ground\":{\"article\":\"Wpg20\",\"decision\":\"WPG20-DEMO-1\"}");
        assertThat(police.steps()).containsExactly("MUNICIPALITY 1 two OPEN", "MUNICIPALITY 2 many OPEN");

        police.handOver(last, "vb-zuid");

        assertThat(police.steps())
                .containsExactlyInAnyOrder(
                        "MUNICIPALITY 1 two CLOSED handed-over", "MUNICIPALITY 2 many CLOSED handed-over");
    }

    private List<String> teamSteps() {
        return hub.texts("""
                select team_id || ' ' || seat || ' ' || state || coalesce(' ' || ended_reason, '') from escalation
                """);
    }

    private UUID stepOf(String discipline) {
        return hub.ids("select escalation_id from escalation where seat = '" + discipline + "'")
                .get(0);
    }

    private Optional<Escalations.Notice> look(UUID id, String partner) {
        return hub.database.inTransaction(() -> hub.known.look(id, PARTNERS.get(partner), "release"));
    }

    private static ObjectNode json(Seen seen) {
        return EscalationJson.of(EscalationView.of(seen), seen.step().planId());
    }

    private Optional<Seen> see(Actor actor, UUID id) {
        return hub.database.inTransaction(() -> hub.known.see(id, actor));
    }

    private Optional<Seen> take(Actor actor, UUID id) {
        return hub.database.inTransaction(() -> hub.answers.take(id, actor));
    }

    private Optional<Seen> decline(Actor actor, UUID id, String reason) {
        return hub.database.inTransaction(() -> hub.answers.decline(id, actor, reason));
    }

    private static void conflict(Runnable attempt) {
        assertThatThrownBy(attempt::run)
                .isInstanceOf(Rejected.class)
                .extracting(refused -> ((Rejected) refused).problem())
                .isEqualTo(Problem.STATE_CONFLICT);
    }

    private static Actor member(String user, Discipline discipline) {
        return new Actor(user, Set.of(new Recipient("vb-noord", discipline)), null, TRACE);
    }

    private static Actor member(String user, String team) {
        return new Actor(user, Set.of(new Recipient(team, Discipline.MUNICIPALITY)), null, TRACE);
    }
}
