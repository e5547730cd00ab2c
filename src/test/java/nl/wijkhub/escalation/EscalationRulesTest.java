package nl.wijkhub.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.kernel.ConfigFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EscalationRulesTest {
    private final List<ConfigFault> faults = new ArrayList<>();
    private final EscalationRules rules = EscalationRules.read(Path.of("config"), faults);

    @Test
    void acute_severity_is_a_step_for_who_may_see_it() {
        assertThat(ids(new EscalationFacts("acute", "nuisance.noise", 1, 1))).containsExactly("acute-severity");
        assertThat(ids(new EscalationFacts("", "", 1, 1))).isEmpty();
        assertThat(ids(new EscalationFacts("high", "nuisance.noise", 1, 9))).isEmpty();
    }

    @Test
    void two_disciplines_within_thirty_days_are_a_step() {
        assertThat(ids(new EscalationFacts("low", "nuisance.noise", 2, 2))).containsExactly("two-disciplines");
        assertThat(ids(new EscalationFacts("low", "nuisance.noise", 1, 12))).isEmpty();
    }

    @Test
    void two_rules_of_one_level_are_one_step() {
        assertThat(ids(new EscalationFacts("acute", "nuisance.noise", 3, 3))).hasSize(1);
    }

    @Test
    void an_expression_over_facts_nobody_declared_is_a_fault_with_its_line(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(EscalationRules.FILE), """
                version: "1"
                rules:
                  - {id: a, level: 1, when: 'shoeSize > 42', due: PT4H, nl: "x"}
                  - {id: b, level: 9, when: 'signals30 + 1', due: PT4H, nl: "x"}
                  - {id: c, level: 1, when: 'severity ==', due: soon, nl: "x"}
                """);

        EscalationRules.read(folder, faults);

        assertThat(faults).extracting(ConfigFault::line).contains(3, 4, 5);
        assertThat(faults).hasSizeGreaterThanOrEqualTo(5);
    }

    private List<String> ids(EscalationFacts facts) {
        return rules.matching(facts).stream().map(EscalationRules.Rule::id).toList();
    }
}
