package nl.wijkhub.subscription.fhir;

import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.TimeZone;
import nl.wijkhub.escalation.EscalationStep.StepState;
import nl.wijkhub.escalation.EscalationView;
import nl.wijkhub.sharing.fhir.FhirDocument;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * A step up the ladder as FHIR R4 Task, for who was told of it: how high, by when, and how it stands. Of whom it is, what
 * it rests on and who else was asked is not in it (row 27).
 *
 * <pre>
 * EscalationView.id → Task.id 1..1              EscalationView.level → Task.code 1..1
 * EscalationView.state → Task.status 1..1       EscalationView.dueAt → Task.restriction.period.end 1..1
 * </pre>
 */
public final class EscalationTaskMapper {
    private static final String LEVELS = "urn:wijkhub:codesystem:escalation-level";

    private EscalationTaskMapper() {}

    public static String task(EscalationView step, String mediaType) {
        Task task = new Task();
        task.setId(step.id().toString());
        task.setText(FhirDocument.narrative("Opschaling"));
        task.setStatus(status(step.state()));
        task.setIntent(TaskIntent.PROPOSAL);
        task.setCode(
                new CodeableConcept().addCoding(new Coding().setSystem(LEVELS).setCode(String.valueOf(step.level()))));
        Period term = new Period();
        DateTimeType due = new DateTimeType(Date.from(step.dueAt().truncatedTo(ChronoUnit.SECONDS)));
        due.setTimeZone(TimeZone.getTimeZone("UTC"));
        term.setEndElement(due);
        task.getRestriction().setPeriod(term);
        return FhirDocument.text(task, mediaType);
    }

    private static TaskStatus status(StepState state) {
        return switch (state) {
            case OPEN -> TaskStatus.REQUESTED;
            case TAKEN -> TaskStatus.ACCEPTED;
            case DECLINED -> TaskStatus.REJECTED;
            case CLOSED -> TaskStatus.CANCELLED;
            // its own pair alone sees these: something else is tried first
            case MEDIATION, CONSULT -> TaskStatus.ONHOLD;
        };
    }
}
