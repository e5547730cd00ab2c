package nl.wijkhub.sharing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.SignalStore;

/**
 * What stage 40 held, decided anew once a care professional answered, somebody consented, an objection was weighed, or
 * the time for it passed. What may go now goes the way of any other signal, from here on.
 */
public final class SharingHolds {
    private static final int AT_ONCE = 100;
    private static final long SPACING_SECONDS = 30;

    private final HoldStore holds;
    private final SignalStore signals;
    private final HouseholdMatch match;
    private final ConsentStore consents;
    private final SharingInputs inputs;
    private final SharingDecide decide;
    private final RecipientsOfPlace recipients;
    private final AgreementInForce inForce;
    private final DecisionTrail trail;
    private final Timeline timeline;
    private final Clock clock;
    private volatile HoldStore.Counts counts = new HoldStore.Counts(0, 0);

    public SharingHolds(
            HoldStore holds,
            SignalStore signals,
            HouseholdMatch match,
            ConsentStore consents,
            SharingInputs inputs,
            SharingDecide decide,
            RecipientsOfPlace recipients,
            AgreementInForce inForce,
            DecisionTrail trail,
            Timeline timeline,
            MeterRegistry meters,
            Clock clock) {
        this.holds = holds;
        this.signals = signals;
        this.match = match;
        this.consents = consents;
        this.inputs = inputs;
        this.decide = decide;
        this.recipients = recipients;
        this.inForce = inForce;
        this.trail = trail;
        this.timeline = timeline;
        this.clock = clock;
        Gauge.builder(Meters.HOLD_OPEN, this, h -> h.counts.open()).register(meters);
        Gauge.builder(Meters.HOLD_OVERDUE, this, h -> h.counts.overdue()).register(meters);
    }

    /** The signals of which something is to be decided anew, each in a transaction of its own. */
    public List<UUID> ready() {
        Instant now = clock.instant();
        counts = holds.counts(now);
        return holds.takeReady(now, SPACING_SECONDS, AT_ONCE);
    }

    /** In: a signal of which something waits. Out: the same with the releases that were made now. */
    public List<DecidedSignal> decide(UUID signalId) {
        Instant now = clock.instant();
        AcceptedSignal accepted = signals.byId(signalId).orElseThrow();
        MatchedSignal matched =
                match.locked(accepted, holds.householdOf(signalId).orElse(null));
        consents.hold(Set.of(), ConsentStore.keysOf(List.of(matched)));
        List<HoldStore.Held> open = holds.ofSignal(signalId);
        List<Recipient> pairs = recipients.of(matched.place());
        SharingFacts facts = decide.known(inputs.of(matched, now), pairs);
        if (holds.careHeard(signalId, now)) {
            facts = facts.with(Circumstance.CARE_HEARD);
        }
        DecisionTrail.Written written = trail.at(now);
        List<Release> made = new ArrayList<>();
        List<HoldStore.Held> heldOn = new ArrayList<>();
        for (HoldStore.Held hold : open) {
            SharingFacts own = facts.with(pairs.contains(hold.recipient()));
            Release release = decide.release(matched, own, hold.recipient(), now);
            boolean isHeldStill = hold.name().equals(release.decision().heldBy());
            boolean isOver = hold.kind() == SharingHold.Kind.PENDING_CONSENT
                    && !hold.dueAt().isAfter(now);
            if (isHeldStill && isOver) {
                end(hold, "expired", now);
            } else if (isHeldStill) {
                holds.putBack(hold.id());
            } else {
                made.add(release);
                written.released(matched, own, List.of(release));
                inForce.agreement()
                        .hold(release.decision().heldBy())
                        .ifPresent(other -> heldOn.add(HoldStore.Held.of(release, other, matched, now)));
                end(hold, outcome(release.decision()), now);
            }
        }
        DecidedSignal decided = new DecidedSignal(matched, made, List.of());
        if (!decided.released().isEmpty()) {
            written.processed(matched, SharingDecide.STAGE, now, null);
            timeline.passed(SharingDecide.STAGE, signalId, "released", now);
        }
        written.write();
        holds.hold(heldOn);
        return List.of(decided);
    }

    private void end(HoldStore.Held hold, String outcome, Instant now) {
        holds.end(hold.id(), outcome, now);
        timeline.count(SharingDecide.STAGE, "hold-" + outcome);
    }

    private static String outcome(Decision decision) {
        if (decision.releases()) {
            return "released";
        }
        return decision.heldBy() == null ? "denied" : "held-otherwise";
    }
}
