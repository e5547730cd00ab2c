package nl.wijkhub.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.plan.PlanPart.Agreement;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Owner;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Rung;
import nl.wijkhub.sharing.Recipient;

/** Plans of nobody. */
public final class PlanFixture {
    public static final Instant NOON = Instant.parse("2026-11-20T11:00:00Z");
    public static final LocalDate TODAY = LocalDate.parse("2026-11-20");

    private PlanFixture() {}

    public static Plan aProposedPlan() {
        return new Plan(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "vb-noord",
                Plan.PlanState.PROPOSED,
                1,
                null,
                null,
                List.of(),
                null,
                NOON,
                null,
                PlanParts.NONE);
    }

    public static Plan anActivePlan() {
        return aProposedPlan().coordinatedBy(aCoordinator(), TODAY);
    }

    public static Coordinator aCoordinator() {
        return new Coordinator(Coordinator.CoordinatorKind.USER, "fake-user", null, null);
    }

    public static Participant aPartner(Discipline discipline) {
        return new Participant(Identifier.next(), new Recipient("vb-noord", discipline), null, null, null, NOON, null);
    }

    public static Participant aHelper(int loadLimit) {
        return new Participant(Identifier.next(), null, "Fake Buurvrouw", null, loadLimit, NOON, null);
    }

    public static Agreement anAgreementOf(Participant owner) {
        return agreement(owner == null ? Owner.COORDINATOR : Owner.PARTICIPANT, owner, TODAY.plusDays(7));
    }

    static Agreement agreement(Owner kind, Participant owner, LocalDate dueOn) {
        return new Agreement(
                Identifier.next(),
                null,
                "Fictieve afspraak",
                kind,
                owner == null ? null : owner.id(),
                Rung.OWN_NETWORK,
                null,
                dueOn,
                Agreement.AgreementState.OPEN,
                null,
                NOON,
                null);
    }
}
