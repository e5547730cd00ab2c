package nl.wijkhub.escalation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.escalation.EscalationPolicy.Change;
import nl.wijkhub.escalation.EscalationStep.StepState;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.OnwardSharing;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.RecipientsOfPlace;
import nl.wijkhub.signal.SignalStore;

/**
 * What a step brings when it begins. One that waits for care asks care, without a name; where care may not be asked, it
 * does not wait. One that opens above the team decides sharing anew for who comes in there: it is
 * the coordinator's seat that carries a plan up, what others see brings in nobody.
 */
public final class EscalationOpening {
    private static final Map<Integer, Recipient.RecipientKind> COMES_IN = Map.of(
            2, Recipient.RecipientKind.MULTI_PROBLEM_TABLE,
            3, Recipient.RecipientKind.SAFETY_HOUSE,
            4, Recipient.RecipientKind.MAYOR_AND_PROSECUTOR);

    private final SeenSignalStore seen;
    private final OnwardSharing onward;
    private final Consultations consultations;
    private final SignalStore signals;
    private final HouseholdMatch match;
    private final RecipientsOfPlace recipients;

    public EscalationOpening(
            SeenSignalStore seen,
            OnwardSharing onward,
            Consultations consultations,
            SignalStore signals,
            HouseholdMatch match,
            RecipientsOfPlace recipients) {
        this.seen = seen;
        this.onward = onward;
        this.consultations = consultations;
        this.signals = signals;
        this.match = match;
        this.recipients = recipients;
    }

    /** Whether a team has a care professional to consult. */
    boolean hasCare(String teamId) {
        return recipients.ofTeam(teamId).stream().anyMatch(seat -> seat.discipline() == Discipline.CARE);
    }

    /** In the transaction of the change, once it is written. */
    void begun(Change change, UUID household) {
        EscalationStep step = change.after();
        boolean isOfSeat = step.recipient().discipline() == Discipline.MUNICIPALITY;
        if (change.isEvent() && step.state() == StepState.CONSULT) {
            MatchedSignal matched = match.again(signals.byId(step.signalId()).orElseThrow(), household);
            consultations.ask(
                    matched, step.recipient().teamId(), EscalationDecide.STAGE, isOfSeat ? step.recipient() : null);
        }
        if (change.isOpening() && step.level() > 1 && isOfSeat) {
            comesIn(step, household);
        }
    }

    /** Over what the seat still sees of this life of the plan; row 18 asks for a triage, which nobody here has done. */
    private void comesIn(EscalationStep step, UUID household) {
        PlanFacts.Viewer viewer = new PlanFacts.Viewer(step.planId(), step.recipient());
        Map<UUID, UUID> householdOf = new LinkedHashMap<>();
        seen.of(List.of(step.planId())).stream()
                .filter(signal -> signal.viewer().equals(viewer) && signal.epoch() == step.epoch())
                .forEach(signal -> householdOf.put(signal.signalId(), household));
        if (!householdOf.isEmpty()) {
            Recipient newcomer = new Recipient(
                    COMES_IN.get(step.level()), step.recipient().teamId(), Discipline.MUNICIPALITY, null, null);
            onward.decide(householdOf, List.of(newcomer), null, Set.of(), EscalationDecide.STAGE);
        }
    }
}
