package nl.wijkhub.sharing;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Explains what was decided about a release, in the words of the agreement in force. */
public final class Explanations {
    private final ReleaseStore releases;
    private final AgreementInForce inForce;
    private final Organisations organisations;

    public Explanations(ReleaseStore releases, AgreementInForce inForce, Organisations organisations) {
        this.releases = releases;
        this.inForce = inForce;
        this.organisations = organisations;
    }

    /** All of a decision, for the privacy officer; also of one that was recalled. */
    public Optional<Explanation> whole(UUID releaseId) {
        return find(releaseId)
                .map(release -> explained(release, releases.recalled(releaseId).orElse(null)));
    }

    /**
     * What passed and on what ground, for its recipient: nothing tells whether there was more. Empty for anybody else, for
     * what was recalled and for what let nothing pass.
     *
     * @param pairs as whom the caller looks
     */
    public Optional<Explanation.Received> received(UUID releaseId, Collection<Recipient> pairs) {
        return find(releaseId)
                .filter(release -> releases.recalled(releaseId).isEmpty())
                .filter(release -> pairs.contains(release.recipient())
                        && release.decision().releases())
                .map(this::received);
    }

    private Optional<Release> find(UUID releaseId) {
        return releases.byIds(List.of(releaseId)).stream().findFirst();
    }

    private Explanation explained(Release release, String recalled) {
        Decision decision = release.decision();
        SharingAgreement agreement = inForce.agreement();
        String textNl = outcomeNl(release, agreement) + ". Regel " + decision.ruleId() + " van "
                + decision.policyVersion() + ". Grondslag: " + agreement.groundNl(decision.ground()) + ". Doel: "
                + (decision.purpose() == null ? "geen" : agreement.purposeNl(decision.purpose())) + "."
                + (recalled == null ? "" : " Later ingetrokken: " + recalled + ".");
        return new Explanation(release, recalled, textNl);
    }

    private String outcomeNl(Release release, SharingAgreement agreement) {
        Decision decision = release.decision();
        String organisation = organisations.of(release.recipient()).name();
        String seat = release.recipient().clientId();
        String recipient = organisation == null ? seat : organisation + " (" + seat + ")";
        return decision.releases()
                ? "Gedeeld met " + recipient + " als " + decision.disclosure() + ": "
                        + String.join(", ", decision.fields())
                : "Niet gedeeld met " + recipient
                        + agreement
                                .holdNl(decision.heldBy())
                                .map(nl -> "; het wacht: " + nl)
                                .orElse("");
    }

    private Explanation.Received received(Release release) {
        Decision decision = release.decision();
        return new Explanation.Received(
                release.id(),
                decision.disclosure(),
                decision.ground(),
                decision.fields(),
                "U ontving dit op deze grondslag: " + inForce.agreement().groundNl(decision.ground()) + ".");
    }
}
