package nl.wijkhub.plan.fhir;

import static nl.wijkhub.plan.PlanFixture.NOON;
import static nl.wijkhub.plan.PlanFixture.TODAY;
import static nl.wijkhub.plan.PlanFixture.aHelper;
import static nl.wijkhub.plan.PlanFixture.aPartner;
import static nl.wijkhub.plan.PlanFixture.anActivePlan;
import static nl.wijkhub.plan.PlanFixture.anAgreementOf;
import static nl.wijkhub.sharing.fhir.BaseR4.isValid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.plan.Agreement;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanPart.Goal;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Writer;
import nl.wijkhub.plan.PlanView;
import org.junit.jupiter.api.Test;

/** A plan as FHIR R4 is valid by the base specification, whoever sees it and however it stands. */
class CarePlanMapperTest {
    private static final String JSON = "application/fhir+json";

    private final Participant welfare = aPartner(Discipline.WELFARE);
    private final Participant helper = aHelper(2);
    private final Plan plan = plan();

    @Test
    void a_plan_is_valid_in_every_state() {
        Plan closed = plan.endsAgreement(plan.agreements().get(0).id(), Agreement.AgreementState.DONE, null, NOON)
                .endsAgreement(plan.agreements().get(1).id(), Agreement.AgreementState.DROPPED, "Fictieve reden", NOON)
                .closes(Plan.Outcome.PREVENTED, NOON);
        for (Plan one : List.of(anActivePlan(), plan, plan.sleeps(), closed)) {
            isValid(CarePlanMapper.carePlan(PlanView.ofSeat(one, TODAY), one.id(), JSON));
            tasksOf(PlanView.ofSeat(one, TODAY));
        }
        isValid(CarePlanMapper.carePlan(PlanView.ofSeat(plan, TODAY), plan.id(), "application/fhir+xml"));
        tasksOf(PlanView.ofSeat(plan, TODAY.plusYears(1)));
    }

    @Test
    void a_partner_finds_its_own_task_alone_and_nothing_of_how_the_plan_stands() {
        PlanView view = PlanView.ofPartner(plan, welfare, "fake-contact", "fake-ground", TODAY);
        String seen = CarePlanMapper.carePlan(view, view.id(), JSON);

        isValid(seen);
        assertThat(seen)
                .contains("Task/" + plan.agreements().get(0).id())
                .doesNotContain(plan.agreements().get(1).id().toString())
                .doesNotContain("Fictief doel", "active", "fake-user", "2026");
    }

    private static void tasksOf(PlanView view) {
        view.agreements().forEach(task -> isValid(CarePlanMapper.task(view, view.id(), task, JSON)));
    }

    private Plan plan() {
        Goal goal = new Goal(
                Identifier.next(), "financien", "Fictief doel", Writer.RESIDENT, Goal.GoalState.OPEN, null, NOON, null);
        return anActivePlan()
                .joinedBy(welfare)
                .joinedBy(helper)
                .aimedAt(goal)
                .agrees(anAgreementOf(welfare), TODAY)
                .agrees(anAgreementOf(helper), TODAY);
    }
}
