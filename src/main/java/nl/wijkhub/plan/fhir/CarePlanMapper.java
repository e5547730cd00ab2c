package nl.wijkhub.plan.fhir;

import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.plan.Agreement;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanPart;
import nl.wijkhub.plan.PlanView;
import nl.wijkhub.sharing.fhir.FhirDocument;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * A plan as FHIR R4, as its viewer may see it. The household is a contained Group without members: who lives there is not
 * the plan's to tell. Source: Plan. Out: CarePlan with its Goals contained, and a Task per agreement.
 *
 * <pre>
 * Plan.id → CarePlan.id 1..1                    Agreement.id → Task.id 1..1
 * Plan.state → CarePlan.status 1..1             Agreement.state → Task.status 1..1
 * Plan.openedAt, closedAt → period 1..1         Agreement.dueOn → Task.restriction.period.end 1..1
 * Plan.coordinator → author 0..1                Agreement.text → Task.description 1..1
 * Plan.participants → contributor 0..*          Agreement.owner → Task.owner 1..1
 * Plan.goals → goal (contained) 0..*            Agreement.rung → Task.code 1..1
 * Plan.agreements → activity.reference 0..*     Plan.id → Task.basedOn 1..1
 * </pre>
 */
public final class CarePlanMapper {
    private static final String HOUSEHOLD = "huishouden";
    private static final Map<Plan.PlanState, CarePlanStatus> STATUS = Map.of(
            Plan.PlanState.PROPOSED, CarePlanStatus.DRAFT,
            Plan.PlanState.ACTIVE, CarePlanStatus.ACTIVE,
            Plan.PlanState.DORMANT, CarePlanStatus.ONHOLD,
            Plan.PlanState.CLOSED, CarePlanStatus.COMPLETED);

    private CarePlanMapper() {}

    /**
     * To a partner how the plan stands is not told: a task of its own is why it is told of the plan.
     *
     * @param known the id by which the viewer knows the plan
     */
    public static String carePlan(PlanView plan, UUID known, String mediaType) {
        CarePlan carePlan = new CarePlan();
        carePlan.setId(known.toString());
        carePlan.setText(FhirDocument.narrative("Plan van een huishouden"));
        carePlan.addContained(household());
        carePlan.setStatus(CarePlanStatus.UNKNOWN)
                .setIntent(CarePlanIntent.PLAN)
                .setSubject(new Reference("#" + HOUSEHOLD));
        plan.participants().stream()
                .filter(one -> one.takesPart() && one.isPartner())
                .forEach(one -> carePlan.addContributor(
                        new Reference().setDisplay(one.pair().clientId())));
        plan.agreements().forEach(one -> carePlan.addActivity()
                .setReference(new Reference("Task/" + one.agreement().id())));
        if (plan instanceof PlanView.OfSeat seat) {
            toSeat(carePlan, seat);
        }
        return FhirDocument.text(carePlan, mediaType);
    }

    private static void toSeat(CarePlan carePlan, PlanView.OfSeat plan) {
        PlanView.Standing standing = plan.standing();
        carePlan.setStatus(STATUS.get(standing.state()));
        Period period = new Period().setStart(Date.from(standing.openedAt()));
        carePlan.setPeriod(standing.closedAt() == null ? period : period.setEnd(Date.from(standing.closedAt())));
        if (plan.coordinator() != null) {
            carePlan.setAuthor(new Reference()
                    .setDisplay(plan.coordinator().user() + " ("
                            + plan.coordinator().seat().clientId() + ")"));
        }
        for (PlanPart.Goal goal : plan.goals()) {
            carePlan.addContained(goal(goal));
            carePlan.addGoal(new Reference("#" + goal.id()));
        }
    }

    private static Group household() {
        Group group = new Group().setType(GroupType.PERSON).setActual(true);
        group.setId(HOUSEHOLD);
        return group;
    }

    private static Goal goal(PlanPart.Goal goal) {
        Goal one = new Goal();
        one.setId(goal.id().toString());
        one.setLifecycleStatus(
                switch (goal.state()) {
                    case OPEN -> GoalLifecycleStatus.ACTIVE;
                    case REACHED -> GoalLifecycleStatus.COMPLETED;
                    case DROPPED -> GoalLifecycleStatus.CANCELLED;
                });
        one.setDescription(new CodeableConcept().setText(goal.text()));
        one.addCategory(coded("zrm-2017", goal.lifeDomain()));
        one.setSubject(new Reference("#" + HOUSEHOLD));
        return one;
    }

    /**
     * @param known the id by which the viewer knows the plan
     * @param of one of the agreements of this view
     */
    public static String task(PlanView plan, UUID known, PlanView.Task of, String mediaType) {
        Agreement agreement = of.agreement();
        Task task = new Task();
        task.setId(agreement.id().toString());
        task.setText(FhirDocument.narrative("Afspraak uit een plan"));
        task.addContained(household());
        task.addBasedOn(new Reference("CarePlan/" + known));
        task.setStatus(
                switch (agreement.state()) {
                    case OPEN -> TaskStatus.ACCEPTED;
                    case DONE -> TaskStatus.COMPLETED;
                    case DROPPED -> TaskStatus.CANCELLED;
                });
        task.setIntent(TaskIntent.PLAN);
        task.setCode(coded("rung", agreement.rung().code()));
        if (of.isLate()) {
            task.setBusinessStatus(new CodeableConcept().setText("late"));
        }
        task.setDescription(agreement.text());
        task.setFor(new Reference("#" + HOUSEHOLD));
        task.setAuthoredOn(Date.from(agreement.madeAt()));
        task.setOwner(new Reference().setDisplay(owner(plan, agreement)));
        if (agreement.reason() != null) {
            task.setStatusReason(new CodeableConcept().setText(agreement.reason()));
        }
        Period term = new Period();
        term.setEndElement(new DateTimeType(agreement.dueOn().toString()));
        task.getRestriction().setPeriod(term);
        return FhirDocument.text(task, mediaType);
    }

    private static String owner(PlanView plan, Agreement agreement) {
        Optional<PlanView.Member> owner = plan.participants().stream()
                .filter(one -> one.id().equals(agreement.participantId()))
                .findFirst();
        return owner.map(one -> one.isPartner() ? one.pair().clientId() : one.name())
                .orElse(agreement.owner().code());
    }

    private static CodeableConcept coded(String system, String code) {
        return new CodeableConcept()
                .addCoding(new Coding()
                        .setSystem("urn:wijkhub:codesystem:" + system)
                        .setCode(code));
    }
}
