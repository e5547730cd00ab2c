package nl.wijkhub.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
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
        return Plan.builder()
                .id(UUID.randomUUID())
                .householdId(UUID.randomUUID())
                .teamId("vb-noord")
                .state(Plan.PlanState.PROPOSED)
                .epoch(1)
                .openedAt(NOON)
                .parts(PlanParts.NONE)
                .build();
    }

    public static Plan anActivePlan() {
        return aProposedPlan().coordinatedBy(aCoordinator(), TODAY);
    }

    public static Coordinator aCoordinator() {
        return new Coordinator(
                Coordinator.CoordinatorKind.USER,
                "fake-user",
                new Recipient("vb-noord", Discipline.MUNICIPALITY),
                null,
                null);
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
        return Agreement.builder()
                .id(Identifier.next())
                .text("Fictieve afspraak")
                .owner(kind)
                .participantId(owner == null ? null : owner.id())
                .rung(Rung.OWN_NETWORK)
                .dueOn(dueOn)
                .state(Agreement.AgreementState.OPEN)
                .madeAt(NOON)
                .build();
    }
}
