package nl.wijkhub.subscription.fhir;

import static nl.wijkhub.sharing.fhir.BaseR4.isValid;
import static nl.wijkhub.subscription.SubscriptionFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import nl.wijkhub.escalation.EscalationAnswerStore.Answer;
import nl.wijkhub.escalation.EscalationStep;
import nl.wijkhub.escalation.EscalationStep.StepState;
import nl.wijkhub.escalation.EscalationView;
import nl.wijkhub.escalation.Escalations.Seen;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.Recipient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step is a Task of how high, by when and how it stands; nothing in it is about anybody. */
class EscalationTaskMapperTest {
    private static final String JSON = "application/fhir+json";

    @ParameterizedTest
    @CsvSource({"OPEN,requested", "TAKEN,accepted", "DECLINED,rejected", "CLOSED,cancelled", "CONSULT,on-hold"})
    void a_step_is_a_valid_task_and_names_nobody(StepState state, String status) {
        String task = EscalationTaskMapper.task(seen(state, List.of()), JSON);

        isValid(task);
        JsonNode read = Json.read(task, JsonNode.class);
        assertThat(read.get("status").asText()).isEqualTo(status);
        assertThat(read.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("resourceType", "id", "text", "status", "intent", "code", "restriction");
        assertThat(read.at("/code/coding/0/code").asText()).isEqualTo("2");
        assertThat(read.at("/restriction/period/end").asText()).isEqualTo("2026-01-15T13:00:00+00:00");
    }

    @Test
    void who_declined_sees_its_own_word_while_others_may_still_take_it() {
        Answer declined = new Answer(Identifier.next(), Answer.DECLINED, "partner:zorg-demo", null, NOON);

        assertThat(EscalationTaskMapper.task(seen(StepState.OPEN, List.of(declined)), JSON))
                .contains("\"rejected\"");
        assertThat(EscalationTaskMapper.task(seen(StepState.TAKEN, List.of(declined)), JSON))
                .contains("\"accepted\"");
    }

    private static EscalationView seen(StepState state, List<Answer> own) {
        EscalationStep step = EscalationStep.builder()
                .id(Identifier.next())
                .planId(Identifier.next())
                .epoch(1)
                .recipient(new Recipient("vb-noord", Discipline.MUNICIPALITY))
                .level(2)
                .ruleId("fake-rule")
                .signalId(Identifier.next())
                .state(state)
                .raisedAt(NOON)
                .dueAt(NOON.plusSeconds(3600))
                .heldAt(NOON)
                .build();
        return EscalationView.of(new Seen(step, false, null, own));
    }
}
