package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.audit.DecisionSet;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.sharing.ConsultationStore.Consultation;
import nl.wijkhub.signal.SignalStore;

/** Decides, each time care is told that it is asked something, whether it may be asked (row 28). The caller's transaction. */
public final class ConsultationSharing {
    private final ConsultationStore consultations;
    private final SignalStore signals;
    private final HouseholdMatch match;
    private final SharingInputs inputs;
    private final SharingDecide decide;
    private final RecipientsOfPlace recipients;
    private final DecisionTrail trail;
    private final Clock clock;

    public ConsultationSharing(DecisionContext context, ConsultationStore consultations, SharingDecide decide) {
        this.consultations = consultations;
        this.signals = context.signals();
        this.match = context.match();
        this.inputs = context.inputs();
        this.decide = decide;
        this.recipients = context.recipients();
        this.trail = context.trail();
        this.clock = context.clock();
    }

    /**
     * @param evaluation attempt or pull
     * @return empty for one that may not be asked now, whatever the reason
     */
    public Optional<Consultation> mayAsk(UUID id, String evaluation) {
        Consultation asked = consultations.byId(id).orElse(null);
        if (asked == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        MatchedSignal matched = match.again(signals.byId(asked.signalId()).orElseThrow(), asked.householdId());
        List<Recipient> pairs = recipients.of(matched);
        SharingFacts facts = asked.of(
                decide.known(inputs.of(matched, now), pairs).with(Consultations.hasCare(pairs, asked.teamId())));
        Release look = decide.release(matched, facts, Consultations.consulted(asked.teamId()), now);
        DecisionTrail.Written written = trail.at(now);
        if (evaluation.equals(DecisionSet.RELEASE)) {
            written.released(matched, facts, List.of(look));
        } else {
            written.decidedAgain(matched, facts, evaluation, List.of(look));
        }
        written.write();
        return look.decision().releases() ? Optional.of(asked) : Optional.empty();
    }
}
