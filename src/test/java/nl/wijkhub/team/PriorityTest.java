package nl.wijkhub.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.sharing.Disclosure;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityTest {
    @ParameterizedTest
    @CsvSource({"LOW, NORMAL", "ELEVATED, NORMAL", "HIGH, HIGH", "ACUTE, ACUTE"})
    void a_severity_that_passes_decides(Severity severity, Priority expected) {
        assertThat(Priority.of(decision(null, "severity"), signal(severity))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"HIGH", "ACUTE"})
    void a_severity_that_does_not_pass_moves_nothing(Severity severity) {
        assertThat(Priority.of(decision(null, "contact"), signal(severity))).isEqualTo(Priority.NORMAL);
    }

    @ParameterizedTest
    @CsvSource({"LOW", "ACUTE"})
    void a_sentence_that_tells_of_danger_does_whatever_passes_beside_it(Severity severity) {
        assertThat(Priority.of(decision(Severity.ACUTE, "contact"), signal(severity)))
                .isEqualTo(Priority.ACUTE);
        assertThat(Priority.of(decision(Severity.ACUTE, "severity"), signal(severity)))
                .isEqualTo(Priority.ACUTE);
    }

    private static CaseSignal signal(Severity severity) {
        return Json.read("{\"reference\":\"fake\",\"severity\":\"" + severity + "\"}", CaseSignal.class);
    }

    private static Decision decision(Severity urgency, String field) {
        return Decision.builder()
                .disclosure(Disclosure.NOTICE)
                .ruleId("row-fake")
                .ground("FAKE")
                .policyVersion("fake/1")
                .fields(List.of(field))
                .says("fake-sentence")
                .urgency(urgency)
                .purpose("household-help")
                .build();
    }
}
