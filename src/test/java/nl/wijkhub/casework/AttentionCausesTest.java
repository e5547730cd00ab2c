package nl.wijkhub.casework;

import static nl.wijkhub.casework.AttentionFixture.MEMBER;
import static nl.wijkhub.casework.AttentionFixture.POLICE;
import static nl.wijkhub.casework.AttentionFixture.SEAT;
import static nl.wijkhub.casework.AttentionFixture.WORDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Side;
import nl.wijkhub.plan.PlanPart.Weighing;
import org.junit.jupiter.api.Test;

/** What counts as the cause of what nobody does, and what does not. */
class AttentionCausesTest {
    private final AttentionFixture town = new AttentionFixture();

    @Test
    void what_its_seat_knows_of_for_less_than_five_days_does_not_wait_for_a_coordinator_yet() {
        // acute violence that care reports reaches the police alone
        town.signal("zorg-demo", "safety.violence-at-home", "acute");
        assertThat(town.pass("P6D").asks(SEAT)).isEmpty();
        town.noise();
        town.pass("P5D");
        town.none();

        town.aMoment();
        town.found("no-coordinator");

        // one that was split off begins anew, whatever it took along
        town.execute("update plan set opened_at = '%s'".formatted(town.now()));
        town.over("no-coordinator");
        town.pass("P5D");
        town.none();
        town.aMoment();
        town.found("no-coordinator");
    }

    @Test
    void a_late_agreement_of_a_plan_that_was_merged_shows_on_the_plan_it_goes_on_in() {
        town.noise();
        town.coordinatedBy(MEMBER);
        UUID agreement = town.agreed(null, 3);
        town.pass("P4D");
        UUID merged = UUID.randomUUID();
        town.execute("""
                insert into plan (plan_id, household_id, team_id, state, opened_at, outcome, closed_at, merged_into_id)
                select '%s', household_id, team_id, 'CLOSED', opened_at, 'MERGED', opened_at, plan_id from plan
                """.formatted(merged));
        town.execute("update plan_agreement set plan_id = '%s'".formatted(merged));

        town.found("agreement-late", agreement);
        assertThat(town.texts("select plan_id::text from attention"))
                .containsExactlyElementsOf(town.texts("select plan_id::text from plan where state = 'ACTIVE'"));

        town.execute("update plan set state = 'CLOSED', outcome = 'PREVENTED', closed_at = opened_at");
        town.none();
    }

    @Test
    void a_partner_that_does_not_say_where_it_stands_for_fourteen_days() {
        town.noise();
        town.coordinatedBy(MEMBER);
        Participant partner = town.joined(Discipline.WELFARE);
        town.pass("P1D");
        Weighing weighing = town.weighing();
        town.pass("P1D");
        Participant later = town.joined(Discipline.CARE);
        town.pass("P13D");
        town.none();

        town.aMoment();
        town.found("silent-partner", partner.id());
        // whoever came in when it was asked already has the same time
        town.change("position-given", plan -> plan.positioned(weighing.id(), town.position(later)));

        town.change("position-given", plan -> plan.positioned(weighing.id(), town.position(partner)));
        town.over("silent-partner");
        // who spoke is heard, whatever else is asked
        UUID agreement = town.agreed(partner, 60);
        town.pass("P14D");
        town.none();
        town.aMoment();
        town.found("silent-partner", partner.id());
        town.done(agreement);
        town.none();
        // it said where it stands: that nothing was decided yet is not its silence
        town.pass("P15D");
        town.none();
    }

    @Test
    void a_partner_that_spoke_of_one_thing_is_heard_of_another() {
        town.noise();
        town.coordinatedBy(MEMBER);
        Participant partner = town.joined(Discipline.WELFARE);
        town.agreed(partner, 60);
        Weighing weighing = town.weighing();
        town.pass("P13D");
        town.change("position-given", plan -> plan.positioned(weighing.id(), town.position(partner)));
        town.pass("P14D");
        town.none();

        town.aMoment();
        town.found("silent-partner", partner.id());
        town.change("slept", plan -> plan.sleeps());
        town.over("silent-partner");
    }

    @Test
    void nobody_is_silent_about_what_was_decided_or_once_it_takes_part_no_more() {
        town.noise();
        town.coordinatedBy(MEMBER);
        Participant partner = town.joined(Discipline.WELFARE);
        Weighing first = town.weighing();
        town.pass("P14D").aMoment();
        town.found("silent-partner", partner.id());
        town.change("weighing-decided", plan -> plan.decided(first.id(), Side.BOTH, WORDS, MEMBER, town.now()));
        town.over("silent-partner");

        town.weighing();
        town.pass("P14D").aMoment();
        town.found("silent-partner", partner.id());
        town.change("participant-left", plan -> plan.leftBy(partner.id(), town.now()));
        town.over("silent-partner");
    }

    @Test
    void a_step_that_everybody_outside_declined_asks_before_its_time() {
        town.signal("corporatie-demo", "nuisance.noise", "acute");
        UUID step = town.step(Discipline.MUNICIPALITY);
        town.none();

        town.execute("update escalation set surfaced_at = '%s' where escalation_id = '%s'".formatted(town.now(), step));

        town.found("escalation-unanswered", step);
        assertThat(town.asks(POLICE)).isEmpty();
    }

    @Test
    void what_was_asked_of_a_plan_that_closed_waits_for_nobody() {
        UUID question = town.asked(town.noise(), true);
        town.pass("P2D").aMoment();
        town.found("consult-unanswered", question);

        town.execute("update plan set state = 'CLOSED', outcome = 'PREVENTED', closed_at = opened_at");
        town.over("consult-unanswered");
    }

    @Test
    void a_question_that_is_not_the_seat_s_or_is_about_what_it_sees_no_more_asks_nothing_of_it() {
        UUID signal = town.noise();
        town.asked(signal, false);
        town.pass("P2D").aMoment();
        town.none();

        UUID question = town.asked(signal, true);
        town.found("consult-unanswered", question);
        town.execute("update consultation set closed_at = now()");
        town.over("consult-unanswered");
        town.execute("update consultation set closed_at = null");
        town.found("consult-unanswered", question);
        town.execute("update plan set team_id = 'vb-zuid'");
        town.over("consult-unanswered");
        town.execute("update plan set team_id = 'vb-noord'");
        town.found("consult-unanswered", question);
        town.execute("delete from plan_signal_seen");
        town.over("consult-unanswered");
    }

    @Test
    void what_was_recalled_is_past_nobody_s_term() {
        town.noise();
        town.pass("P5D").aMoment();
        assertThat(town.overdue(SEAT)).hasSize(1);

        town.execute("""
                insert into recall (release_id, reason, recalled_at)
                select release_id, 'fake-reason', now() from release where seat = 'MUNICIPALITY'
                """);

        assertThat(town.overdue(SEAT)).isEmpty();
    }
}
