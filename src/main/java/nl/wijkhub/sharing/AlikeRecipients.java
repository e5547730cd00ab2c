package nl.wijkhub.sharing;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient.RecipientKind;

/**
 * The decisions about one signal at one moment, those alike made once: of several seats of a discipline most are no concern
 * of it in the same way.
 */
final class AlikeRecipients {
    /** All of a recipient that a decision looks at; the organisation only where a consent names one. */
    private record Looks(
            RecipientKind kind,
            String teamId,
            Discipline discipline,
            String act,
            boolean isUnconcerned,
            boolean isUndesignated,
            String organisation) {
        static Looks of(Recipient recipient, SharingFacts facts) {
            String seat = recipient.clientId();
            return new Looks(
                    recipient.kind(),
                    recipient.teamId(),
                    recipient.discipline(),
                    recipient.act(),
                    facts.unconcerned().contains(seat),
                    facts.undesignated().contains(seat),
                    facts.organisations().get(seat));
        }
    }

    private final SharingPolicy policy;
    private final SharingFacts facts;
    private final Instant at;
    private final Map<Looks, Decision> made = new HashMap<>();

    AlikeRecipients(SharingPolicy policy, SharingFacts facts, Instant at) {
        this.policy = policy;
        this.facts = facts;
        this.at = at;
    }

    Decision decision(Recipient recipient) {
        return made.computeIfAbsent(Looks.of(recipient, facts), looks -> policy.decide(facts, recipient, at));
    }
}
