package nl.wijkhub.escalation;

import static nl.wijkhub.escalation.EscalationFixture.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.escalation.EscalationPolicy.Change;
import nl.wijkhub.escalation.EscalationPolicy.Meanwhile;
import nl.wijkhub.escalation.EscalationPolicy.PlanAsSeen;
import nl.wijkhub.escalation.EscalationStep.Ending;
import nl.wijkhub.escalation.EscalationStep.StepState;
import nl.wijkhub.escalation.PlanFacts.Viewer;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;
import org.junit.jupiter.api.Test;

/** The life of a step, without a database. */
class EscalationPolicyTest {
    private static final Instant DAY_1 = Instant.parse("2026-11-01T12:00:00Z");
    private static final Viewer SEAT = new Viewer(new UUID(0, 1), new Recipient("vb-noord", Discipline.MUNICIPALITY));

    private final EscalationPolicy policy = new EscalationPolicy(rules(
            "id: acute, level: 1, when: 'severity == \"acute\"', due: PT4H, quiet: P30D, nl: x",
            "id: quarrel, level: 1, when: 'category == \"quarrel\"', first: mediation, within: P14D, due: P2D, quiet: P30D, nl: x",
            "id: neglect, level: 2, when: 'category == \"neglect\"', first: consult-care, within: P3D, due: P2D, nl: x",
            "id: late, level: 3, when: 'lateAgreements >= 2', due: P5D, quiet: P14D, nl: x",
            "id: top, level: 4, when: 'severity == \"acute\" && level >= 3', due: PT1H, nl: x"));
    private final List<EscalationStep> steps = new ArrayList<>();
    private final Map<UUID, EscalationFacts> saying = new HashMap<>();
    private boolean hasCare = true;
    private int signals;

    @Test
    void what_matches_again_adds_nothing_and_is_remembered() {
        signal("acute", "", DAY_1);
        List<Change> again = signal("acute", "", day(2));

        assertThat(steps).singleElement().satisfies(step -> {
            assertThat(step.state()).isEqualTo(StepState.OPEN);
            assertThat(step.raisedAt()).isEqualTo(DAY_1);
            assertThat(step.dueAt()).isEqualTo(DAY_1.plus(Duration.ofHours(4)));
            assertThat(step.heldAt()).isEqualTo(day(2));
        });
        assertThat(again).noneMatch(Change::isEvent);
    }

    @Test
    void mediation_is_tried_first_and_the_step_ends_when_it_helps() {
        signal("low", "quarrel", DAY_1);
        assertThat(steps.get(0).state()).isEqualTo(StepState.MEDIATION);
        assertThat(steps.get(0).triedUntil()).isEqualTo(day(15));

        assertThat(time(day(14))).isEmpty();
        time(day(15));

        assertThat(steps.get(0).state()).isEqualTo(StepState.CLOSED);
        assertThat(steps.get(0).ending()).isEqualTo(Ending.MEDIATED);
    }

    @Test
    void mediation_that_did_not_help_opens_the_step_when_its_time_has_passed() {
        signal("low", "quarrel", DAY_1);
        signal("low", "quarrel", day(5));
        assertThat(steps).singleElement().extracting(EscalationStep::state).isEqualTo(StepState.MEDIATION);

        time(day(15));

        assertThat(steps.get(0).state()).isEqualTo(StepState.OPEN);
        assertThat(steps.get(0).dueAt()).isEqualTo(day(17));
    }

    @Test
    void what_is_acute_waits_for_nothing() {
        signal("low", "quarrel", DAY_1);
        signal("acute", "", day(2));
        signal("acute", "neglect", day(3));

        assertThat(steps).extracting(EscalationStep::state).containsExactly(StepState.OPEN, StepState.OPEN);
        assertThat(steps).extracting(EscalationStep::ruleId).containsExactlyInAnyOrder("acute", "neglect");
    }

    @Test
    void care_is_heard_and_then_the_step_opens_as_long_as_its_signal_says_so() {
        signal("low", "neglect", DAY_1);
        assertThat(steps.get(0).state()).isEqualTo(StepState.CONSULT);
        assertThat(time(day(2))).isEmpty();

        policyOnTime(day(3), Set.of(steps.get(0).id()));

        assertThat(steps.get(0).state()).isEqualTo(StepState.OPEN);
    }

    @Test
    void care_that_does_not_answer_is_not_waited_for_for_ever() {
        signal("low", "neglect", DAY_1);
        time(day(4));

        assertThat(steps.get(0).state()).isEqualTo(StepState.OPEN);
    }

    @Test
    void a_team_without_care_does_not_wait() {
        hasCare = false;
        signal("low", "neglect", DAY_1);

        assertThat(steps.get(0).state()).isEqualTo(StepState.OPEN);
    }

    @Test
    void what_went_quiet_ends_and_what_somebody_took_up_does_not() {
        signal("acute", "", DAY_1);
        assertThat(time(day(30))).isEmpty();
        EscalationStep open = steps.get(0);
        steps.set(0, as(open, StepState.TAKEN, null));
        assertThat(time(day(31))).isEmpty();
        steps.set(0, open);
        time(day(31));

        assertThat(steps.get(0).ending()).isEqualTo(Ending.DE_ESCALATED);
    }

    @Test
    void a_step_that_rests_on_nothing_any_more_is_recalled() {
        signal("acute", "", DAY_1);
        saying.clear();
        time(day(2));

        assertThat(steps.get(0).ending()).isEqualTo(Ending.RECALLED);
    }

    @Test
    void a_step_whose_signal_is_gone_rests_on_another_that_says_the_same() {
        signal("acute", "", DAY_1);
        UUID first = steps.get(0).signalId();
        signal("acute", "", day(2));
        saying.remove(steps.get(0).signalId());
        time(day(3));

        assertThat(steps).singleElement().satisfies(step -> {
            assertThat(step.state()).isEqualTo(StepState.OPEN);
            assertThat(step.signalId()).isEqualTo(first);
        });
    }

    @Test
    void a_recipient_who_may_see_nothing_any_more_has_no_step() {
        signal("low", "quarrel", DAY_1);
        List<Change> changes = policy.onNothingSeen(view("", "", 0, 1), day(2));

        assertThat(changes)
                .singleElement()
                .extracting(change -> change.after().ending())
                .isEqualTo(Ending.RECALLED);
    }

    @Test
    void what_stood_in_an_earlier_life_ends_with_it_and_a_new_one_begins() {
        signal("acute", "", DAY_1);
        List<Change> changes = policy.onSignal(view("acute", "", 0, 2), day(40));

        assertThat(changes).hasSize(2);
        assertThat(changes.get(0).after().ending()).isEqualTo(Ending.PLAN_CLOSED);
        assertThat(changes.get(1).after().epoch()).isEqualTo(2);
        assertThat(changes.get(1).isOpening()).isTrue();
    }

    @Test
    void a_declined_step_keeps_its_rule_quiet_for_thirty_days_unless_it_is_acute() {
        late(DAY_1);
        steps.set(0, as(steps.get(0), StepState.DECLINED, day(2)));

        late(day(20));
        assertThat(steps).hasSize(1);
        late(day(32));
        assertThat(steps).hasSize(2);

        steps.set(1, as(steps.get(1), StepState.DECLINED, day(33)));
        apply(policy.onSignal(view("acute", "", 2, 1), day(34)));
        assertThat(steps).extracting(EscalationStep::ruleId).containsExactly("late", "late", "late", "acute");
    }

    @Test
    void time_raises_what_it_meets_and_ends_it_when_it_is_over() {
        late(DAY_1);
        assertThat(steps).singleElement().extracting(EscalationStep::state).isEqualTo(StepState.OPEN);
        late(day(10));
        assertThat(steps).hasSize(1);
        assertThat(time(day(23))).isEmpty();
        time(day(24));

        assertThat(steps.get(0).ending()).isEqualTo(Ending.DE_ESCALATED);
    }

    @Test
    void the_fourth_level_needs_an_open_third() {
        signal("acute", "", DAY_1);
        assertThat(steps).extracting(EscalationStep::level).containsExactly(1);
        late(day(2));
        signal("acute", "", day(3));

        assertThat(steps).extracting(EscalationStep::level).containsExactlyInAnyOrder(1, 3, 4);
    }

    @Test
    void what_stood_in_another_team_goes_on_as_far_as_a_rule_holds_for_what_is_seen_here() {
        EscalationStep acute = stood("", "acute", DAY_1, StepState.TAKEN);
        EscalationStep dirt = stood("neglect", "low", DAY_1, StepState.CONSULT);

        handOver(List.of(acute, dirt), "low", "neglect", day(2));
        assertThat(steps).singleElement().satisfies(step -> {
            assertThat(step.ruleId()).isEqualTo("neglect");
            assertThat(step.state()).isEqualTo(StepState.CONSULT);
            // three days in all, of which one has passed
            assertThat(step.triedUntil()).isEqualTo(day(4));
            assertThat(step.dueAt()).isEqualTo(day(6));
        });

        steps.clear();
        handOver(List.of(acute, dirt), "acute", "neglect", day(2));
        assertThat(steps).extracting(EscalationStep::state).containsExactly(StepState.OPEN, StepState.OPEN);
        assertThat(steps).extracting(EscalationStep::level).containsExactly(1, 2);
    }

    @Test
    void a_level_that_rests_on_the_one_below_goes_on_with_it() {
        EscalationStep late = stood("", "low", DAY_1, StepState.OPEN, 3);
        EscalationStep top = stood("", "acute", DAY_1, StepState.OPEN, 4);

        apply(policy.onHandover(
                view("", "", 2, 1),
                List.of(top, late),
                level -> Map.of(new UUID(1, 1), facts("acute", "", 2, level)),
                day(2)));

        assertThat(steps).extracting(EscalationStep::level).containsExactly(3, 4);
    }

    private void handOver(List<EscalationStep> stood, String severity, String category, Instant at) {
        apply(policy.onHandover(
                view("", "", 0, 1), stood, level -> Map.of(new UUID(1, 1), facts(severity, category, 0, level)), at));
    }

    /** A step of the other team's seat: the rule of its category, or of its severity. */
    private EscalationStep stood(String category, String severity, Instant at, StepState state) {
        return stood(category, severity, at, state, category.equals("neglect") ? 2 : 1);
    }

    private EscalationStep stood(String category, String severity, Instant at, StepState state, int level) {
        boolean isTried = state == StepState.CONSULT;
        return EscalationStep.builder()
                .id(new UUID(2, level))
                .planId(SEAT.planId())
                .epoch(1)
                .recipient(new Recipient("vb-zuid", Discipline.MUNICIPALITY))
                .level(level)
                .ruleId(category + severity)
                .signalId(new UUID(1, 1))
                .state(state)
                .raisedAt(at)
                .dueAt(at)
                .triedUntil(isTried ? at.plus(Duration.ofDays(3)) : null)
                .heldAt(at)
                .build();
    }

    private static EscalationFacts facts(String severity, String category, long late, long level) {
        return EscalationFacts.builder()
                .severity(severity)
                .category(category)
                .disciplines30(1)
                .signals30(1)
                .disciplines(1)
                .signals(1)
                .lateAgreements(late)
                .level(level)
                .build();
    }

    private List<Change> signal(String severity, String category, Instant at) {
        PlanAsSeen view = view(severity, category, 0, 1);
        saying.put(view.signalId(), view.facts());
        return apply(policy.onSignal(view, at));
    }

    private List<Change> time(Instant at) {
        return policyOnTime(at, Set.of());
    }

    private List<Change> policyOnTime(Instant at, Set<UUID> answered) {
        return apply(policy.onTime(view("", "", 0, 1), new Meanwhile(saying, answered), at));
    }

    /** Two agreements are late, and time asks. */
    private void late(Instant at) {
        PlanAsSeen view = view("", "", 2, 1);
        saying.put(view.signalId(), view.facts());
        apply(policy.onTime(view, new Meanwhile(saying, Set.of()), at));
    }

    private List<Change> apply(List<Change> changes) {
        for (Change change : changes) {
            steps.removeIf(step -> step.id().equals(change.after().id()));
            steps.add(change.after());
        }
        return changes;
    }

    private PlanAsSeen view(String severity, String category, long late, int epoch) {
        long level = new Ladder(steps).level(epoch);
        signals++;
        return new PlanAsSeen(
                SEAT, epoch, facts(severity, category, late, level), List.copyOf(steps), new UUID(1, signals), hasCare);
    }

    private static EscalationStep as(EscalationStep step, StepState state, Instant endedAt) {
        return step.toBuilder().state(state).endedAt(endedAt).ending(null).build();
    }

    private static Instant day(int number) {
        return DAY_1.plus(Duration.ofDays(number - 1));
    }
}
