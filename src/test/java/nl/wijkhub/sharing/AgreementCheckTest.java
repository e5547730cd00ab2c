package nl.wijkhub.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.signal.SignalFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The agreement that is shipped, with one thing wrong at a time. */
@Tag("sharing")
class AgreementCheckTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

    @Test
    void the_shipped_agreement_is_sound_and_says_nothing_in_vain() {
        AgreementCheck.Findings findings = AgreementCheck.of(
                SharingFixture.AGREEMENT, SignalFixture.VOCABULARY, Path.of(SharingAgreement.FILE), TODAY);

        assertThat(findings.faults()).isEmpty();
        assertThat(findings.idle()).isEmpty();
    }

    @Test
    void a_police_rule_without_its_decision_is_a_fault_on_its_line() throws IOException {
        String text =
                shipped().replaceFirst("(?s)(row-8-wpg20\\n.*?)    when: \\[decision-names-recipient\\]\\n", "$1");

        List<ConfigFault> faults = check(text).faults();

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).reason()).contains("'row-8-wpg20'", "without a decision");
        assertThat(shipped().lines().toList().get(faults.get(0).line() - 1)).contains("row-8-wpg20");
    }

    @Test
    void police_data_without_never_onward_or_without_an_article_are_faults() throws IOException {
        assertThat(reasons(check(shipped().replaceFirst("(?s)(row-7\\n.*?)never-onward, ", "$1"))
                        .faults()))
                .anyMatch(reason -> reason.contains("'row-7'") && reason.contains("never-onward"));
        assertThat(reasons(check(shipped().replaceFirst("(?s)(row-7\\n.*?)    articles: \\[Wpg16\\]\\n", "$1"))
                        .faults()))
                .anyMatch(reason -> reason.contains("'row-7'") && reason.contains("article"));
    }

    @Test
    void danger_is_no_ground_for_the_police_and_a_decision_names_its_receiver() throws IOException {
        assertThat(reasons(check(shipped()
                                .replaceFirst("(?s)(row-10-wpg19-acute\\n.*?)    articles: \\[Wpg19\\]\\n", "$1"))
                        .faults()))
                .anyMatch(reason -> reason.contains("'row-10-wpg19-acute'") && reason.contains("article"));
        assertThat(reasons(check(shipped()
                                .replaceFirst(
                                        "(?s)(row-10-wpg20\\n.*?when: )\\[decision-names-recipient\\]",
                                        "$1[decision-valid]"))
                        .faults()))
                .anyMatch(reason -> reason.contains("'row-10-wpg20'") && reason.contains("decision-names-recipient"));
    }

    @Test
    void what_passes_because_it_is_acute_alone_says_so() throws IOException {
        assertThat(reasons(check(shipped().replaceFirst("(?s)(row-12-acute\\n.*?)    says: danger\\n", "$1"))
                        .faults()))
                .anyMatch(reason -> reason.contains("'row-12-acute'") && reason.contains("severity: acute"));
    }

    @Test
    void every_rule_that_tells_danger_or_is_there_for_it_asks_to_be_taken_up_at_once() {
        List<SharingRule> urgent = SharingFixture.AGREEMENT.rules().stream()
                .filter(rule -> rule.permit() && rule.parties().kinds().contains(Recipient.RecipientKind.TEAM))
                .filter(rule -> "danger".equals(rule.effect().says())
                        || rule.terms().when().contains(SharingRule.Condition.ACUTE))
                .toList();

        assertThat(urgent).hasSizeGreaterThanOrEqualTo(3);
        assertThat(urgent).allSatisfy(rule -> assertThat(
                        SharingFixture.AGREEMENT.urgencyOf(rule.effect().says()))
                .as(rule.id())
                .isEqualTo(Severity.ACUTE));
    }

    @Test
    void two_equally_specific_permits_that_disagree_are_a_fault() throws IOException {
        String second = """
                  - id: row-2-too
                    row: 2
                    effect: permit
                    from: [HOUSING]
                    to: {disciplines: [MUNICIPALITY]}
                    classes: [N]
                    disclosure: NOTICE
                    purposes: [household-help]
                    ground: AVG-6-1-f
                """.indent(0);

        assertThat(reasons(check(with(second)).faults()))
                .anyMatch(reason -> reason.contains("'row-2-too'") && reason.contains("overlaps 'row-2'"));
    }

    @Test
    void a_prohibition_that_leaves_nothing_of_a_permit_is_a_contradiction() throws IOException {
        String second = """
                  - id: row-99
                    row: 31
                    effect: prohibition
                    from: [HOUSING, WELFARE]
                    to: {disciplines: [POLICE, CARE]}
                    ground: NO-GROUND
                """.indent(0);

        assertThat(reasons(check(with(second)).faults()))
                .anyMatch(reason -> reason.contains("'row-3'") && reason.contains("contradicts 'row-99'"));
    }

    @Test
    void what_has_ended_and_what_nothing_can_meet_is_told_and_keeps_nothing_from_starting() throws IOException {
        String ended = shipped()
                .replaceFirst("(?s)(row-32\\n.*?    disclosure: NOTICE\\n)", "$1    validUntil: 2026-06-30\n")
                .replace("validUntil: 2026-12-31}", "validUntil: 2026-10-31}");
        String unmet = shipped().replaceFirst("(?s)(row-8-wpg20-e33\\n.*?)classes: \\[N, P, H\\]", "$1classes: [N, P]");

        assertThat(check(ended).faults()).isEmpty();
        assertThat(reasons(check(ended).idle()))
                .anyMatch(reason -> reason.contains("'row-32' ended on 2026-06-30"))
                .anyMatch(reason -> reason.contains("'WPG19-DEMO-1' ended on 2026-10-31"));
        assertThat(reasons(check(unmet).idle()))
                .anyMatch(reason -> reason.contains("'row-8-wpg20-e33' is unreachable") && reason.contains("[H]"));
        assertThat(reasons(AgreementCheck.of(
                                SharingFixture.AGREEMENT,
                                SignalFixture.VOCABULARY,
                                Path.of(SharingAgreement.FILE),
                                LocalDate.parse("2031-01-01"))
                        .idle()))
                .anyMatch(reason -> reason.contains("the agreement ended on 2030-12-31"));
    }

    @Test
    void a_typing_error_is_a_fault_with_its_line() throws IOException {
        List<ConfigFault> faults = new ArrayList<>();
        String text = shipped().replaceFirst("disclosure: SUMMARY", "disclosure: SUMARY");
        SharingAgreement.of(SharingAgreement.FILE, text, SignalFixture.VOCABULARY.codes(), faults);

        assertThat(faults).isNotEmpty();
        assertThat(text.lines().toList().get(faults.get(0).line() - 1)).contains("SUMARY");
    }

    private static AgreementCheck.Findings check(String text) {
        List<ConfigFault> faults = new ArrayList<>();
        SharingAgreement agreement =
                SharingAgreement.of(SharingAgreement.FILE, text, SignalFixture.VOCABULARY.codes(), faults);
        assertThat(faults).isEmpty();
        return AgreementCheck.of(agreement, SignalFixture.VOCABULARY, Path.of(SharingAgreement.FILE), TODAY);
    }

    private static List<String> reasons(List<ConfigFault> faults) {
        return faults.stream().map(ConfigFault::reason).toList();
    }

    private static String with(String rule) throws IOException {
        return shipped() + rule;
    }

    private static String shipped() throws IOException {
        return Files.readString(Path.of("config", SharingAgreement.FILE));
    }
}
