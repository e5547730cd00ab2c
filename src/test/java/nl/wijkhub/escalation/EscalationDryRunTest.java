package nl.wijkhub.escalation;

import static nl.wijkhub.escalation.EscalationFixture.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.escalation.EscalationDryRun.Move;
import nl.wijkhub.escalation.PlanFacts.Facts;
import nl.wijkhub.escalation.PlanFacts.Viewer;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;
import org.junit.jupiter.api.Test;

/** Other rules over an invented history. */
class EscalationDryRunTest {
    private static final Instant DAY_1 = Instant.parse("2026-01-01T12:00:00Z");
    private static final Viewer SEAT = new Viewer(new UUID(0, 1), new Recipient("vb-noord", Discipline.MUNICIPALITY));
    private static final String TWO_DISCIPLINES =
            "id: two-disciplines, level: 1, when: 'disciplines30 >= 2', due: P2D, nl: x";

    private final List<SeenSignal> history = new ArrayList<>();

    @Test
    void the_same_rules_under_other_names_open_the_same() {
        seen(1, Discipline.HOUSING, "low", 1);
        seen(2, Discipline.POLICE, "low", 1);

        EscalationDryRun run =
                run(rules(TWO_DISCIPLINES), rules(TWO_DISCIPLINES.replace("id: two-disciplines", "id: other")), 1);

        assertThat(run.sameCount()).isEqualTo(1);
        assertThat(run.more()).isEmpty();
        assertThat(run.less()).isEmpty();
    }

    @Test
    void what_opens_sooner_is_told_as_one_more_and_one_less_with_plan_recipient_rule_level_and_time() {
        seen(1, Discipline.HOUSING, "low", 1);
        seen(2, Discipline.HOUSING, "low", 1);
        seen(3, Discipline.POLICE, "low", 1);

        EscalationDryRun run = run(
                rules(TWO_DISCIPLINES), rules("id: two-signals, level: 1, when: 'signals30 >= 2', due: P2D, nl: x"), 1);

        assertThat(run.more()).containsExactly(new Move(SEAT.planId(), SEAT.recipient(), 1, "two-signals", day(2)));
        assertThat(run.less()).containsExactly(new Move(SEAT.planId(), SEAT.recipient(), 1, "two-disciplines", day(3)));
        assertThat(run.sameCount()).isZero();
    }

    @Test
    void a_storm_opens_one_step_and_what_happened_before_counts_without_being_told() {
        for (int i = 1; i <= 50; i++) {
            seen(i, i % 2 == 0 ? Discipline.POLICE : Discipline.HOUSING, "low", 1);
        }

        EscalationDryRun all =
                run(rules(TWO_DISCIPLINES), rules("id: never, level: 1, when: 'false', due: P1D, nl: x"), 1);
        EscalationDryRun late =
                run(rules(TWO_DISCIPLINES), rules("id: never, level: 1, when: 'false', due: P1D, nl: x"), 3);

        assertThat(all.less()).hasSize(1);
        assertThat(late.less()).isEmpty();
    }

    @Test
    void what_is_tried_first_opens_when_its_time_has_passed_and_it_came_again() {
        seen(1, Discipline.HOUSING, "low", 1);
        seen(5, Discipline.HOUSING, "low", 1);
        seen(60, Discipline.HOUSING, "low", 1);

        EscalationDryRun run = run(
                rules("id: quarrel, level: 1, when: 'severity == \"low\"', due: P2D, nl: x"),
                rules(
                        "id: quarrel, level: 1, when: 'severity == \"low\"', first: mediation, within: P14D, due: P2D, nl: x"),
                1);

        assertThat(run.less()).extracting(Move::at).containsExactly(day(1));
        assertThat(run.more()).extracting(Move::at).containsExactly(day(15));
    }

    @Test
    void what_went_quiet_opens_again() {
        seen(1, Discipline.CARE, "acute", 1);
        seen(50, Discipline.CARE, "acute", 1);

        EscalationDryRun run = run(
                rules("id: acute, level: 1, when: 'severity == \"acute\"', due: PT4H, nl: x"),
                rules("id: acute, level: 1, when: 'severity == \"acute\"', due: PT4H, quiet: P30D, nl: x"),
                1);

        assertThat(run.sameCount()).isEqualTo(1);
        assertThat(run.more()).extracting(Move::at).containsExactly(day(50));
    }

    @Test
    void a_plan_that_came_back_is_told_by_its_next_life() {
        seen(1, Discipline.HOUSING, "low", 1);
        seen(100, Discipline.HOUSING, "low", 2);
        seen(101, Discipline.HOUSING, "low", 2);

        EscalationDryRun run = run(
                rules(TWO_DISCIPLINES),
                rules("id: back, level: 2, when: 'reopened && signals >= 2', due: P5D, nl: x"),
                1);

        assertThat(run.more()).extracting(Move::at).containsExactly(day(101));
    }

    @Test
    void what_is_late_counts_as_it_stands_at_the_end() {
        seen(1, Discipline.HOUSING, "low", 1);
        EscalationDryRun run = new EscalationDryRun(
                rules(TWO_DISCIPLINES),
                rules("id: late, level: 2, when: 'lateAgreements >= 2 && days > 60', due: P5D, nl: x"),
                DAY_1,
                day(90));

        run.add(history, new Facts(false, 2, 0));
        run.add(List.of(), new Facts(false, 9, 9));

        assertThat(run.more()).extracting(Move::at).containsExactly(day(90));
    }

    private EscalationDryRun run(EscalationRules inForce, EscalationRules other, int since) {
        EscalationDryRun run = new EscalationDryRun(inForce, other, day(since), day(200));
        run.add(history, Facts.NONE);
        return run;
    }

    private void seen(int day, Discipline sender, String severity, int epoch) {
        history.add(new SeenSignal(SEAT, new UUID(1, day), epoch, day(day), sender, 0, severity, ""));
    }

    private static Instant day(int number) {
        return DAY_1.plus(Duration.ofDays(number - 1));
    }
}
