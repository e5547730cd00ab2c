package nl.wijkhub.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.wijkhub.escalation.EscalationRules.First;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Discipline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscalationRulesTest {
    private final List<ConfigFault> faults = new ArrayList<>();
    private final EscalationRules rules = EscalationRules.read(Path.of("config"), faults);

    @TempDir
    Path folder;

    @Test
    void acute_severity_is_a_step_for_who_may_see_it() {
        assertThat(ids(signal("acute", "nuisance.noise", 1, 1))).containsExactly("acute-severity");
        assertThat(ids(signal("", "", 1, 1))).isEmpty();
        assertThat(ids(signal("high", "nuisance.noise", 1, 9))).isEmpty();
    }

    @Test
    void two_disciplines_within_thirty_days_are_a_step() {
        assertThat(ids(signal("low", "nuisance.noise", 2, 2))).containsExactly("two-disciplines");
        assertThat(ids(signal("low", "nuisance.noise", 1, 12))).isEmpty();
    }

    @Test
    void two_rules_of_one_level_are_one_step() {
        assertThat(ids(signal("acute", "nuisance.noise", 3, 3))).hasSize(1);
    }

    @Test
    void rules_that_remember_give_the_answers_of_rules_that_do_not() {
        EscalationRules remembering = rules.remembering();
        for (String severity : List.of("", "low", "acute")) {
            for (String category : List.of("", "nuisance.neighbour-dispute", "housing.neglect", "safety.threat")) {
                for (long facts = 0; facts < 256; facts++) {
                    EscalationFacts seen = EscalationFacts.builder()
                            .severity(severity)
                            .category(category)
                            .disciplines30(1 + (facts & 1))
                            .signals30(1 + (facts >> 1 & 1))
                            .disciplines(2 + (facts >> 2 & 1))
                            .signals(1 + (facts >> 3 & 1))
                            .days(60 + (facts >> 4 & 1))
                            .reopened((facts >> 5 & 1) == 1)
                            .children(facts >> 6 & 1)
                            .level(2 + (facts >> 7 & 1))
                            .build();
                    assertThat(remembering.matching(seen, Discipline.MUNICIPALITY, Set.of()))
                            .isEqualTo(rules.matching(seen, Discipline.MUNICIPALITY, Set.of()));
                }
            }
        }
    }

    @Test
    void a_rule_knows_what_it_looks_at() {
        assertThat(rules.find("acute-at-the-safety-house").orElseThrow().when().looksAt())
                .containsExactlyInAnyOrder("severity", "level");
    }

    @ParameterizedTest
    @CsvSource({
        // severity, category, disciplines30, signals30, disciplines, signals, days, reopened, children, late, waiting,
        // level
        "low, nuisance.neighbour-dispute, 1, 2, 1, 2, 3, false, 0, 0, 0, 0, neighbour-dispute-again",
        "low, nuisance.neighbour-dispute, 1, 1, 1, 9, 90, false, 0, 0, 0, 0, ",
        "elevated, safety.police-contact, 1, 2, 1, 2, 3, false, 0, 0, 0, 0, confused-or-neglected-again",
        "elevated, housing.neglect, 1, 1, 1, 1, 0, false, 0, 0, 0, 0, ",
        "low, nuisance.noise, 1, 1, 1, 2, 0, true, 0, 0, 0, 0, recurrence",
        "low, nuisance.noise, 1, 1, 1, 1, 0, true, 0, 0, 0, 0, ",
        "low, nuisance.noise, 1, 2, 1, 2, 0, false, 0, 0, 0, 0, ",
        "high, safety.violence-at-home, 1, 1, 1, 1, 0, false, 1, 0, 0, 0, children-and-violence",
        "high, safety.violence-at-home, 1, 1, 1, 1, 0, false, 0, 0, 0, 0, ",
        "'', '', 1, 1, 1, 1, 0, false, 0, 2, 0, 0, late-agreements",
        "'', '', 1, 1, 1, 1, 0, false, 0, 1, 0, 0, ",
        "'', '', 1, 1, 1, 1, 0, false, 0, 0, 1, 0, unanswered-handover",
        "low, nuisance.noise, 1, 1, 3, 3, 61, false, 0, 0, 0, 0, three-disciplines-two-months",
        "low, nuisance.noise, 1, 1, 3, 3, 60, false, 0, 0, 0, 0, ",
        "low, nuisance.noise, 1, 1, 2, 3, 61, false, 0, 0, 0, 0, ",
        "acute, nuisance.noise, 1, 1, 1, 1, 0, false, 0, 0, 0, 3, acute-at-the-safety-house acute-severity",
        "acute, nuisance.noise, 1, 1, 1, 1, 0, false, 0, 0, 0, 2, acute-severity",
    })
    void each_fact_counts(
            String severity,
            String category,
            long disciplines30,
            long signals30,
            long disciplines,
            long signals,
            long days,
            boolean reopened,
            long children,
            long late,
            long waiting,
            long level,
            String expected) {
        EscalationFacts facts = EscalationFacts.builder()
                .severity(severity)
                .category(category)
                .disciplines30(disciplines30)
                .signals30(signals30)
                .disciplines(disciplines)
                .signals(signals)
                .days(days)
                .reopened(reopened)
                .children(children)
                .lateAgreements(late)
                .unansweredHandovers(waiting)
                .level(level)
                .build();

        assertThat(ids(facts)).containsExactly(expected == null ? new String[0] : expected.split(" "));
    }

    @Test
    void a_rule_runs_for_whom_it_is_and_counts_unless_it_is_left_out() {
        EscalationFacts late = EscalationFacts.builder()
                .severity("")
                .category("")
                .disciplines30(1)
                .signals30(1)
                .disciplines(1)
                .signals(1)
                .lateAgreements(2)
                .build();

        assertThat(rules.matching(late, Discipline.POLICE, Set.of())).isEmpty();
        assertThat(rules.matching(late, Discipline.MUNICIPALITY, Set.of("late-agreements")))
                .isEmpty();
    }

    @Test
    void what_opens_at_once_goes_before_what_is_tried_first() {
        EscalationFacts facts = EscalationFacts.builder()
                .severity("acute")
                .category("nuisance.neighbour-dispute")
                .disciplines30(1)
                .signals30(2)
                .disciplines(1)
                .signals(2)
                .build();

        assertThat(ids(facts)).containsExactly("acute-severity");
    }

    @Test
    void what_is_shipped_is_sound_and_says_what_is_tried_first_and_when_it_ends() {
        EscalationRules.Rule dispute = rules.find("neighbour-dispute-again").orElseThrow();
        EscalationRules.Rule neglect = rules.find("confused-or-neglected-again").orElseThrow();

        assertThat(faults).isEmpty();
        assertThat(rules.version()).isEqualTo("2");
        assertThat(rules.ids()).contains("acute-severity", "two-disciplines").doesNotHaveDuplicates();
        assertThat(dispute.first()).isEqualTo(First.MEDIATION);
        assertThat(dispute.within()).isEqualTo(Duration.ofDays(14));
        assertThat(dispute.quiet()).isEqualTo(Duration.ofDays(30));
        assertThat(dispute.to()).containsExactly(Discipline.MUNICIPALITY);
        assertThat(neglect.first()).isEqualTo(First.CONSULT_CARE);
        assertThat(rules.find("two-disciplines").orElseThrow().first()).isNull();
    }

    @Test
    void an_expression_over_facts_nobody_declared_is_a_fault_with_its_line() throws IOException {
        read("""
                version: "1"
                rules:
                  - {id: a, level: 1, when: 'shoeSize > 42', due: PT4H, nl: "x"}
                  - {id: b, level: 9, when: 'signals30 + 1', due: PT4H, nl: "x"}
                  - {id: c, level: 1, when: 'severity ==', due: soon, nl: "x"}
                  - {id: d, level: 1, when: 'reopened > 1', due: PT4H, nl: "x"}
                """);

        assertThat(faults).extracting(ConfigFault::line).contains(3, 4, 5, 6);
        assertThat(faults).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void an_expression_that_fails_on_nothing_at_all_is_a_fault_at_the_start() throws IOException {
        read("""
                version: "1"
                rules:
                  - {id: a, level: 1, when: 'signals30 / disciplines30 > 1', due: PT4H, nl: "x"}
                """);

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(3);
            assertThat(fault.reason()).contains("cannot be evaluated");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "first: mediation | go together",
                "within: P14D | go together",
                "first: talk, within: P14D | 'first' is 'talk', expected mediation or consult-care",
                "first: mediation, within: fortnight | 'within' is 'fortnight'",
                "first: mediation, within: PT0S | 'within' must be longer than nothing",
                "quiet: -P1D | 'quiet' must be longer than nothing",
                "quiet: never | 'quiet' is 'never'",
                "to: [FIRE_BRIGADE] | 'to' is not a discipline",
                "to: [] | 'to' names no discipline",
                "shoeSize: 42 | unknown key 'shoeSize'",
            })
    void whatever_else_is_wrong_is_a_fault_with_its_line(String key, String reason) throws IOException {
        read("""
                version: "1"
                rules:
                  - {id: a, level: 1, when: 'signals30 > 1', due: PT4H, nl: "x"}
                  - {id: b, level: 1, when: 'signals30 > 1', due: PT4H, nl: "x", %s}
                """.formatted(key));

        assertThat(faults).isNotEmpty().extracting(ConfigFault::line).containsOnly(4);
        assertThat(faults).extracting(ConfigFault::reason).anyMatch(told -> told.contains(reason));
    }

    private void read(String text) throws IOException {
        Files.writeString(folder.resolve(EscalationRules.FILE), text);
        EscalationRules.read(folder, faults);
    }

    private List<String> ids(EscalationFacts facts) {
        return rules.matching(facts, Discipline.MUNICIPALITY, Set.of()).stream()
                .map(EscalationRules.Rule::id)
                .toList();
    }

    private static EscalationFacts signal(String severity, String category, long disciplines30, long signals30) {
        return EscalationFacts.builder()
                .severity(severity)
                .category(category)
                .disciplines30(disciplines30)
                .signals30(signals30)
                .disciplines(disciplines30)
                .signals(signals30)
                .build();
    }
}
