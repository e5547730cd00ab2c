package nl.wijkhub.sharing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.sharing.ConsultationStore.Consultation;
import nl.wijkhub.sharing.Consultations.Released;

/** Shows a household to a care professional who says that it may be theirs, as far as a rule lets it pass. */
final class ConsultationClaim {
    private final ReleaseStore releases;
    private final SharingDecide decide;
    private final DecisionTrail trail;

    ConsultationClaim(DecisionContext context, SharingDecide decide) {
        this.releases = context.releases();
        this.decide = decide;
        this.trail = context.trail();
    }

    /**
     * Decides what a rule lets pass to the seat of a professional who says that it may be theirs. It is decided on
     * what holds at this moment: somebody may have consented since the signal came. What passes for the first time is a
     * release like any other, to be found again and recalled.
     *
     * @param known what the decision is made on
     * @param care the seat of the professional
     */
    Optional<Released> released(
            Consultation asked,
            MatchedSignal matched,
            SharingFacts known,
            Recipient care,
            String professional,
            Instant now) {
        Optional<Release> last = releases.of(asked.signalId(), care);
        Optional<Release> standing = last.filter(release -> release.decision().releases())
                .filter(release -> releases.recalled(release.id()).isEmpty());
        SharingFacts facts = known.with(Circumstance.MAY_BE_THEIRS);
        facts = standing.isPresent() ? facts.with(Circumstance.RELEASED_BEFORE) : facts;
        Release anew = decide.release(matched, facts, care, now);
        DecisionTrail.Written written = trail.at(now);
        if (standing.isEmpty() && (last.isEmpty() || anew.decision().releases())) {
            written.released(matched, facts, List.of(anew));
        } else {
            anew = anew.under(standing.or(() -> last).orElseThrow().id());
            written.decidedAgain(matched, facts, "pull", List.of(anew));
        }
        if (anew.decision().releases()) {
            written.processed(matched, "consultation-identity", now, AccessedBy.reads(professional, care.clientId()));
        }
        written.write();
        return anew.decision().releases() ? Optional.of(new Released(anew, matched)) : Optional.empty();
    }
}
