package nl.wijkhub.plan;

import static nl.wijkhub.plan.PlanFixture.NOON;
import static nl.wijkhub.plan.PlanFixture.TODAY;
import static nl.wijkhub.plan.PlanFixture.aHelper;
import static nl.wijkhub.plan.PlanFixture.aPartner;
import static nl.wijkhub.plan.PlanFixture.aProposedPlan;
import static nl.wijkhub.plan.PlanFixture.agreement;
import static nl.wijkhub.plan.PlanFixture.anActivePlan;
import static nl.wijkhub.plan.PlanFixture.anAgreementOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Moment;
import nl.wijkhub.plan.PlanPart.Owner;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Position;
import nl.wijkhub.plan.PlanPart.Score;
import nl.wijkhub.plan.PlanPart.Side;
import nl.wijkhub.plan.PlanPart.Weighing;
import nl.wijkhub.sharing.Recipient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a plan lets happen and what it refuses, and why. */
class PlanTest {
    @Test
    void every_state_can_be_reached_and_left() {
        Map<Plan.PlanState, Set<Plan.PlanState>> from = new EnumMap<>(Plan.PlanState.class);
        for (Plan.PlanState state : Plan.PlanState.values()) {
            assertThat(state.mayBecome()).isNotEmpty();
            state.mayBecome().forEach(next -> from.computeIfAbsent(next, s -> EnumSet.noneOf(Plan.PlanState.class))
                    .add(state));
        }
        // a plan begins as proposed; the others are reached from another
        assertThat(from.keySet()).contains(Plan.PlanState.ACTIVE, Plan.PlanState.DORMANT, Plan.PlanState.CLOSED);
    }

    @Test
    void nothing_is_agreed_in_a_plan_that_nobody_coordinates() {
        refused("no-coordinator", () -> aProposedPlan().agrees(anAgreementOf(null), TODAY));
        refused("illegal-transition", () -> aProposedPlan().sleeps());
    }

    @Test
    void welfare_and_community_work_of_the_team_coordinate_it_too_and_nobody_else() {
        for (Discipline one : List.of(Discipline.MUNICIPALITY, Discipline.WELFARE, Discipline.COMMUNITY_WORK)) {
            Recipient seat = new Recipient("vb-noord", one);
            Plan plan = aProposedPlan().coordinatedBy(of(seat), TODAY);
            assertThat(plan.coordinatingSeat()).isEqualTo(seat);
            assertThat(plan.seats()).containsOnly(plan.seat(), seat);
            assertThat(plan.closes(Plan.Outcome.PREVENTED, NOON).seats()).containsOnly(plan.seat());
        }
        for (Discipline one : List.of(Discipline.HOUSING, Discipline.POLICE, Discipline.CARE)) {
            refused("not-at-seat", () -> aProposedPlan().coordinatedBy(of(new Recipient("vb-noord", one)), TODAY));
        }
        refused("not-at-seat", () -> aProposedPlan()
                .coordinatedBy(of(new Recipient("vb-zuid", Discipline.WELFARE)), TODAY));
    }

    @Test
    void a_plan_of_welfare_goes_to_the_municipality_of_another_team() {
        Plan there = aProposedPlan()
                .coordinatedBy(of(new Recipient("vb-noord", Discipline.WELFARE)), TODAY)
                .goesTo("vb-zuid", seat -> Optional.empty(), "fake-other", NOON);
        assertThat(there.seats()).containsOnly(new Recipient("vb-zuid", Discipline.MUNICIPALITY));
    }

    private static Coordinator of(Recipient seat) {
        return new Coordinator(Coordinator.CoordinatorKind.USER, "fake-user", seat, null, null);
    }

    @Test
    void a_household_that_coordinates_itself_is_looked_in_on() {
        Coordinator itself = new Coordinator(
                Coordinator.CoordinatorKind.HOUSEHOLD,
                "fake-user",
                PlanFixture.aCoordinator().seat(),
                "Fictief: het gaat weer goed",
                TODAY.plusMonths(3));
        assertThat(aProposedPlan().coordinatedBy(itself, TODAY).state()).isEqualTo(Plan.PlanState.ACTIVE);
        refused("out-of-range", () -> aProposedPlan()
                .coordinatedBy(
                        new Coordinator(
                                Coordinator.CoordinatorKind.HOUSEHOLD,
                                "fake-user",
                                PlanFixture.aCoordinator().seat(),
                                "Fictieve reden",
                                TODAY.plusYears(2)),
                        TODAY));
    }

    @Test
    void a_helper_carries_no_more_than_it_said() {
        Participant helper = aHelper(1);
        Plan plan = anActivePlan().joinedBy(helper).agrees(anAgreementOf(helper), TODAY);
        refused("load-limit", () -> plan.agrees(anAgreementOf(helper), TODAY));
        Plan done = plan.endsAgreement(plan.agreements().get(0).id(), Agreement.AgreementState.DONE, null, NOON);
        assertThat(done.agrees(anAgreementOf(helper), TODAY).openOf(helper)).isEqualTo(1);
    }

    @Test
    void an_agreement_has_an_owner_who_takes_part_and_a_term_to_come() {
        Participant stranger = aPartner(Discipline.WELFARE);
        assertThatThrownBy(
                        () -> anActivePlan().agrees(agreement(Owner.PARTICIPANT, stranger, TODAY.minusDays(1)), TODAY))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        e -> assertThat(e.faults()).extracting("pointer").containsExactly("/dueOn", "/owner"));
    }

    @Test
    void help_that_comes_from_further_away_says_why() {
        Agreement near = anAgreementOf(null);
        Agreement far = near.toBuilder().rung(PlanPart.Rung.INDIVIDUAL).build();
        refused("missing", () -> anActivePlan().agrees(far, TODAY));
    }

    @Test
    void a_plan_closes_when_nothing_is_left_open_and_opens_again_in_another_life() {
        Plan plan = anActivePlan().agrees(anAgreementOf(null), TODAY);
        refused("agreement-open", () -> plan.closes(Plan.Outcome.PREVENTED, NOON));
        Plan closed = plan.endsAgreement(
                        plan.agreements().get(0).id(), Agreement.AgreementState.DROPPED, "Fictieve reden", NOON)
                .closes(Plan.Outcome.PREVENTED, NOON);
        refused("plan-closed", () -> closed.agrees(anAgreementOf(null), TODAY));
        Plan again = closed.wakes();
        assertThat(again.state()).isEqualTo(Plan.PlanState.ACTIVE);
        assertThat(again.epoch()).isEqualTo(2);
        assertThat(again.outcome()).isNull();
        assertThat(aProposedPlan().closes(Plan.Outcome.DECLINED, NOON).wakes().state())
                .isEqualTo(Plan.PlanState.PROPOSED);
    }

    @Test
    void what_was_measured_at_the_start_is_measured_at_the_end_on_the_same_scale() {
        Plan plan = anActivePlan().scored(score(Moment.START, Map.of("financien", 2, "huisvesting", 3)), TODAY);
        refused("scored-already", () -> plan.scored(score(Moment.START, Map.of("financien", 2)), TODAY));
        refused("other-domains", () -> plan.scored(score(Moment.END, Map.of("financien", 4)), TODAY));
        refused("end-score-missing", () -> plan.closes(Plan.Outcome.GOALS_REACHED, NOON));
        Plan scored = plan.scored(score(Moment.END, Map.of("financien", 4, "huisvesting", 4)), TODAY);
        assertThat(scored.closes(Plan.Outcome.GOALS_REACHED, NOON).state()).isEqualTo(Plan.PlanState.CLOSED);
    }

    @Test
    void after_the_decision_a_partner_may_still_say_it_does_not_go_along() {
        Weighing weighing = new Weighing(Identifier.next(), "Fictieve vraag", NOON, null, null, null, null, List.of());
        Plan plan = anActivePlan().weighs(weighing);
        refused("weighing-open", () -> plan.closes(Plan.Outcome.DECLINED, NOON));
        Plan decided = plan.decided(weighing.id(), Side.PERSON, "Fictieve reden", "fake-user", NOON);
        refused("decided-already", () -> decided.positioned(weighing.id(), position(false)));
        assertThat(decided.positioned(weighing.id(), position(true))
                        .weighings()
                        .get(0)
                        .positions())
                .hasSize(1);
    }

    @Test
    void partners_of_another_team_make_place_when_the_plan_goes_there() {
        Participant welfare = aPartner(Discipline.WELFARE);
        Participant community = aPartner(Discipline.COMMUNITY_WORK);
        Plan plan = anActivePlan()
                .joinedBy(welfare)
                .joinedBy(community)
                .agrees(anAgreementOf(welfare), TODAY)
                .agrees(anAgreementOf(community), TODAY);
        Recipient there = new Recipient("vb-zuid", Discipline.WELFARE);
        Plan gone = plan.goesTo(
                "vb-zuid",
                one -> Optional.of(there).filter(to -> to.discipline() == one.discipline()),
                "fake-other",
                NOON);
        assertThat(gone.coordinator().user()).isEqualTo("fake-other");
        assertThat(gone.partner(there)).isPresent();
        assertThat(gone.agreements())
                .extracting(Agreement::owner)
                .containsExactly(Owner.PARTICIPANT, Owner.COORDINATOR);
    }

    @Test
    void what_another_team_said_and_scored_stays_there() {
        Weighing weighing = new Weighing(Identifier.next(), "Fictieve vraag", NOON, null, null, null, null, List.of());
        Plan there = anActivePlan()
                .scored(score(Moment.START, Map.of("financien", 2, "huisvesting", 4, "justitie", 1)), TODAY)
                .weighs(weighing)
                .positioned(weighing.id(), position(false))
                .goesTo("vb-zuid", one -> Optional.empty(), "fake-other", NOON.plusSeconds(60));

        Plan known = there.asKnownTo(there.seat(), NOON.plusSeconds(30), NOON.plusSeconds(60));

        assertThat(known.openedAt()).isEqualTo(NOON.plusSeconds(30));
        assertThat(known.scores().get(0).values()).isEqualTo(Map.of("financien", 1, "huisvesting", 5));
        assertThat(known.weighings().get(0).positions()).isEmpty();
        // what it may not know of it need not score; what was never scored it may not add
        Plan scored = there.scored(score(Moment.END, Map.of("financien", 4, "huisvesting", 5)), TODAY);
        assertThat(scored.scores()).hasSize(2);
        refused("other-domains", () -> there.scored(score(Moment.END, Map.of("financien", 4)), TODAY));
    }

    private static Position position(boolean dissents) {
        return new Position(
                new Recipient("vb-noord", Discipline.POLICE),
                Side.NEIGHBOURHOOD,
                "Fictieve reden",
                dissents,
                "fake",
                NOON);
    }

    private static Score score(Moment moment, Map<String, Integer> values) {
        return new Score(Identifier.next(), 1, moment, TODAY, values, NOON);
    }

    private static void refused(String code, ThrowingCallable command) {
        assertThatThrownBy(command).isInstanceOfSatisfying(Rejected.class, e -> assertThat(e.faults())
                .extracting("code")
                .contains(code));
    }
}
