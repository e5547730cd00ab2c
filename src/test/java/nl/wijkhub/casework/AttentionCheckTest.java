package nl.wijkhub.casework;

import static nl.wijkhub.casework.AttentionFixture.MEMBER;
import static nl.wijkhub.casework.AttentionFixture.OTHER_SEAT;
import static nl.wijkhub.casework.AttentionFixture.POLICE;
import static nl.wijkhub.casework.AttentionFixture.SEAT;
import static nl.wijkhub.casework.AttentionFixture.WORDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wijkhub.escalation.Escalations;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.QueueItem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What nobody does is found the moment after its limit, not a moment before, and is over when somebody does it. */
class AttentionCheckTest {
    private static final Set<String> FOUND = new TreeSet<>();
    private static final Pattern KIND = Pattern.compile("select '([a-z-]+)'");

    private final AttentionFixture town = new AttentionFixture();

    @AfterAll
    static void every_kind_that_the_store_knows_was_found() throws ReflectiveOperationException {
        Field look = AttentionStore.class.getDeclaredField("LOOK");
        look.setAccessible(true);
        Set<String> kinds = new TreeSet<>();
        Matcher matcher = KIND.matcher((String) look.get(null));
        while (matcher.find()) {
            kinds.add(matcher.group(1));
        }
        assertThat(kinds).hasSizeGreaterThan(5);
        assertThat(FOUND).isEqualTo(kinds);
    }

    @Test
    void a_plan_that_nobody_coordinates_for_five_days() {
        town.noise();
        town.pass("P5D");
        town.none();

        town.aMoment();
        found("no-coordinator");

        town.coordinatedBy(MEMBER);
        town.over("no-coordinator");
    }

    @Test
    void a_coordinator_who_is_gone_from_the_team() {
        town.noise();
        town.coordinatedBy(MEMBER);
        town.none();

        town.coordinatedBy("teamleider-zuid");
        found("coordinator-left");
        town.change("slept", plan -> plan.sleeps());
        assertThat(town.asks(SEAT)).containsExactly("coordinator-left");

        town.coordinatedBy(MEMBER);
        town.over("coordinator-left");

        // who coordinated it sits at another seat of the team now
        town.coordinatedBy("welzijn-lid-demo");
        found("coordinator-left");
    }

    @Test
    void a_household_that_does_it_itself_and_is_looked_in_on_today() {
        town.noise();
        town.reviewedIn(10);
        town.pass("P9D");
        town.none();

        town.pass("P1D");
        found("review-due");
        town.change("slept", plan -> plan.sleeps());
        assertThat(town.asks(SEAT)).containsExactly("review-due");

        town.reviewedIn(10);
        town.over("review-due");
    }

    @Test
    void a_plan_that_nobody_touches_for_thirty_days_whatever_the_hub_does_to_it() {
        town.noise();
        town.coordinatedBy(MEMBER);
        town.pass("P30D");
        town.none();

        town.aMoment();
        found("unattended");
        town.noise();
        assertThat(town.aMoment().asks(SEAT)).containsExactly("unattended");

        town.change("strengths-told", plan -> plan.strong(List.of(WORDS)));
        town.over("unattended");
        town.change("slept", plan -> plan.sleeps());
        assertThat(town.pass("P31D").asks(SEAT)).isEmpty();
    }

    @Test
    void an_agreement_the_day_after_its_last_day() {
        town.noise();
        town.coordinatedBy(MEMBER);
        UUID agreement = town.agreed(null, 3);
        town.pass("P3D");
        town.none();

        town.pass("P1D");
        found("agreement-late", agreement);

        town.done(agreement);
        town.over("agreement-late");
    }

    @Test
    void a_partner_that_agreed_to_something_and_is_silent_for_fourteen_days() {
        town.noise();
        town.coordinatedBy(MEMBER);
        Participant partner = town.joined(Discipline.WELFARE);
        UUID first = town.agreed(partner, 60);
        UUID second = town.agreed(partner, 60);
        town.pass("P14D");
        town.none();

        town.aMoment();
        found("silent-partner", partner.id());

        town.done(first);
        town.over("silent-partner");
        town.pass("P14D");
        town.none();
        town.aMoment();
        found("silent-partner", partner.id());
        town.done(second);
        town.none();
        // of a partner that is asked nothing nobody expects a word, and of one that was asked just now not yet
        town.pass("P15D");
        town.none();
        town.agreed(partner, 60);
        town.pass("P14D");
        town.none();
        town.aMoment();
        assertThat(town.asks(SEAT)).contains("silent-partner " + partner.id());
    }

    @Test
    void a_hand_over_that_nobody_answers_in_time_at_both_seats() {
        town.noise();
        town.coordinatedBy(MEMBER);
        UUID handover = town.stages.database.inTransaction(() -> town.stages
                .handovers
                .ask(town.plan(), AttentionFixture.actor(SEAT), "vb-zuid", WORDS)
                .id());
        town.pass("PT12H");
        town.none();
        assertThat(town.history()).isEmpty();
        town.aMoment();
        town.none();
        town.none();
        assertThat(town.history()).containsExactly("handover-reminded");
        town.pass("PT11H59M59S");
        town.none();
        assertThat(town.asks(OTHER_SEAT)).isEmpty();

        town.aMoment();
        found("handover-unanswered", handover);
        assertThat(town.asks(OTHER_SEAT)).containsExactly("handover-unanswered " + handover);

        town.stages.database.inTransaction(
                () -> town.stages.handovers.refuse(town.plan(), AttentionFixture.actor(OTHER_SEAT), WORDS));
        assertThat(town.asks(SEAT)).isEmpty();
        assertThat(town.asks(OTHER_SEAT)).isEmpty();
        assertThat(town.history())
                .containsExactly("handover-reminded", "handover-unanswered-raised", "handover-unanswered-over");
    }

    @Test
    void a_step_that_nobody_takes_in_time_asks_the_pair_it_is_of() {
        town.signal("corporatie-demo", "nuisance.noise", "acute");
        UUID ofSeat = town.step(Discipline.MUNICIPALITY);
        UUID ofPolice = town.step(Discipline.POLICE);
        town.pass("PT4H");
        town.none();
        assertThat(town.asks(POLICE)).isEmpty();

        town.aMoment();
        found("escalation-unanswered", ofSeat);
        assertThat(town.asks(POLICE)).containsExactly("escalation-unanswered " + ofPolice);
        assertThat(town.texts("select kind from escalation_event where kind = 'unanswered'"))
                .hasSize(2);

        town.stages.database.inTransaction(() -> town.stages.answers.take(
                ofSeat, new Escalations.Actor(MEMBER, List.of(SEAT), null, Trace.continuing(null))));
        town.over("escalation-unanswered");
        assertThat(town.asks(POLICE)).containsExactly("escalation-unanswered " + ofPolice);
    }

    @Test
    void a_question_of_the_seat_that_care_does_not_answer_in_time() {
        UUID question = town.asked(town.noise(), true);
        town.pass("P2D");
        town.none();

        town.aMoment();
        found("consult-unanswered", question);

        town.stages.database.inTransaction(() -> town.stages.consultations.answer(
                question,
                Map.of("vb-noord", new Recipient("vb-noord", Discipline.CARE)),
                "no-objection",
                null,
                "fake-care"));
        town.over("consult-unanswered");
    }

    @Test
    void what_is_past_its_term_in_a_queue_until_it_is_done() {
        town.noise();
        UUID item = UUID.fromString(town.texts("select queue_item_id::text from queue_item where seat = 'MUNICIPALITY'")
                .get(0));
        town.pass("P5D");
        assertThat(town.overdue(SEAT)).isEmpty();

        town.aMoment();
        assertThat(town.overdue(SEAT)).containsExactly("item-overdue " + item);
        assertThat(town.overdue(OTHER_SEAT)).isEmpty();
        town.stages.items.move(item, QueueItem.ItemState.TAKEN_UP, MEMBER, "taken", MEMBER, null, town.now());
        assertThat(town.overdue(SEAT)).containsExactly("item-overdue " + item);

        town.stages.items.move(item, QueueItem.ItemState.DONE, null, "done", MEMBER, null, town.now());
        assertThat(town.overdue(SEAT)).isEmpty();
    }

    private void found(String kind, UUID... parts) {
        town.found(kind, parts);
        FOUND.add(kind);
    }
}
