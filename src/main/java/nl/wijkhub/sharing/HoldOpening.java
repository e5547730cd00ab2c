package nl.wijkhub.sharing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Identifier;

/**
 * Opens the holds that decisions come with, and asks care where one waits for it. Whether care may be asked is decided
 * like anything else; where it may not, nothing waits for it: what was held is decided anew at once.
 */
public final class HoldOpening {
    private final HoldStore holds;
    private final HoldLiftStore lifted;
    private final ConsultationStore consultations;
    private final AgreementInForce inForce;

    public HoldOpening(
            HoldStore holds, HoldLiftStore lifted, ConsultationStore consultations, AgreementInForce inForce) {
        this.holds = holds;
        this.lifted = lifted;
        this.consultations = consultations;
        this.inForce = inForce;
    }

    /** Gathers what one step opens, and writes it at once. */
    final class Opened {
        private final List<HoldStore.Held> held = new ArrayList<>();
        private final List<ConsultationStore.Consultation> asked = new ArrayList<>();
        private final List<HoldStore.Held> unasked = new ArrayList<>();

        /** The holds among these decisions about one signal. */
        void add(
                MatchedSignal matched,
                SharingFacts facts,
                List<Release> decided,
                DecisionTrail.Written written,
                Instant now) {
            HoldStore.Held forCare = null;
            for (Release release : decided) {
                SharingHold hold =
                        inForce.agreement().hold(release.decision().heldBy()).orElse(null);
                if (hold != null) {
                    HoldStore.Held one = HoldStore.Held.of(release, hold, matched, now);
                    held.add(one);
                    forCare = one.kind() == SharingHold.HoldKind.CONSULT_CARE_FIRST ? one : forCare;
                }
            }
            if (forCare != null) {
                ask(forCare, matched, facts, written, now);
            }
        }

        private void ask(
                HoldStore.Held hold,
                MatchedSignal matched,
                SharingFacts facts,
                DecisionTrail.Written written,
                Instant now) {
            Recipient care = Consultations.consulted(hold.recipient().teamId());
            Release question = new Release(
                    Identifier.next(),
                    matched.signalId(),
                    matched.householdId(),
                    care,
                    inForce.policy().decide(facts, care, now),
                    now);
            written.released(matched, facts, List.of(question));
            if (question.decision().releases()) {
                asked.add(ConsultationStore.Consultation.asked(
                        Identifier.next(),
                        hold.signalId(),
                        hold.householdId(),
                        care.teamId(),
                        hold.heldAt(),
                        hold.dueAt()));
            } else {
                unasked.add(hold);
            }
        }

        void write() {
            holds.hold(held);
            asked.forEach(one -> consultations.ask(one, null, null));
            unasked.forEach(one -> lifted.lift(one.signalId(), one.recipient().teamId(), one.kind(), one.heldAt()));
        }
    }

    Opened opened() {
        return new Opened();
    }
}
