package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.audit.DecisionSet;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.SignalStore;

/**
 * Decides, each time it is told or looked at, whether a step up the ladder may be known: to whom it belongs, as long as
 * they may still see what it rests on; to a care provider outside, as row 27 says. Every decision is logged. The caller's
 * transaction.
 */
public final class EscalationSharing {
    private static final String ATTEMPT = "attempt";

    private final AgreementInForce inForce;
    private final ReleaseStore releases;
    private final SignalStore signals;
    private final HouseholdMatch match;
    private final SharingInputs inputs;
    private final SharingDecide decide;
    private final RecipientsOfPlace recipients;
    private final DecisionTrail trail;
    private final Clock clock;

    public EscalationSharing(DecisionContext context, SharingDecide decide) {
        this.inForce = context.inForce();
        this.releases = context.releases();
        this.signals = context.signals();
        this.match = context.match();
        this.inputs = context.inputs();
        this.decide = decide;
        this.recipients = context.recipients();
        this.trail = context.trail();
        this.clock = context.clock();
    }

    /**
     * Whether a pair may still see the signal that a step of its rests on.
     *
     * @param evaluation release, attempt or pull
     */
    public boolean stands(UUID signalId, Recipient pair, String evaluation) {
        Optional<Release> original = releases.of(signalId, pair)
                .filter(release -> release.decision().releases())
                .filter(release -> releases.recalled(release.id()).isEmpty());
        if (original.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        MatchedSignal matched =
                match.again(signals.byId(signalId).orElseThrow(), original.get().householdId());
        SharingFacts facts = decide.known(inputs.of(matched, now), recipients.of(matched))
                .with(recipients.concern(matched, pair))
                .with(Circumstance.RELEASED_BEFORE);
        Release anew =
                decide.release(matched, facts, pair, now).under(original.get().id());
        DecisionTrail.Written written = trail.at(now);
        written.decidedAgain(matched, facts, again(evaluation), List.of(anew));
        written.write();
        return anew.decision().releases();
    }

    /**
     * Whether a step of a team's seat may be told to a partner that subscribed (row 27): that there is one, how high, and
     * how soon somebody is to take it up.
     *
     * @param evaluation release, attempt or pull; a pull is a look by the partner itself
     */
    public boolean tells(UUID household, String teamId, Partner subscriber, String evaluation, Trace trace) {
        Instant now = clock.instant();
        Recipient recipient =
                new Recipient(Recipient.RecipientKind.SUBSCRIBER, teamId, subscriber.discipline(), null, null);
        SharingFacts facts = PlanSharing.tasks(Discipline.MUNICIPALITY, Set.of());
        Decision decision = inForce.policy().decide(facts, recipient, now);
        DecisionTrail.Written written = trail.at(now);
        Release before = releases.lastOfPlan(household, recipient)
                .filter(last -> last.decision().equals(decision))
                .orElse(null);
        Release release = new Release(
                before == null ? Identifier.next() : before.id(), null, household, recipient, decision, now);
        if (before == null) {
            written.released(trace, facts, release);
        } else {
            written.decided(trace, facts, again(evaluation), List.of(release));
        }
        if (decision.releases() && evaluation.equals("pull")) {
            written.processedHousehold(
                    trace, "escalation-read", household, AccessedBy.reads(subscriber.id(), recipient.name()));
        }
        written.write();
        return decision.releases();
    }

    /** Whether the agreement in force lets any step be told to such a partner; about no household, and not logged. */
    public boolean mayEverTell(Partner subscriber) {
        Recipient recipient =
                new Recipient(Recipient.RecipientKind.SUBSCRIBER, null, subscriber.discipline(), null, null);
        return inForce.policy()
                .decide(PlanSharing.tasks(Discipline.MUNICIPALITY, Set.of()), recipient, clock.instant())
                .releases();
    }

    /** Somebody of the pair it belongs to looks at a step, or does something with it. */
    public void looked(UUID household, String what, AccessedBy by, Trace trace) {
        DecisionTrail.Written written = trail.at(clock.instant());
        written.processedHousehold(trace, what, household, by);
        written.write();
    }

    /** A release has one first decision; whatever is decided about it later is another attempt. */
    private static String again(String evaluation) {
        return evaluation.equals(DecisionSet.RELEASE) ? ATTEMPT : evaluation;
    }
}
