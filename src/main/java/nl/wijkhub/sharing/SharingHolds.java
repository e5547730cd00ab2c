package nl.wijkhub.sharing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
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
    private static final int AT_ONCE = 500;
    private static final long SPACING_SECONDS = 30;
    private static final Duration COUNT_EVERY = Duration.ofSeconds(30);

    private final HoldStore holds;
    private final SignalStore signals;
    private final HouseholdMatch match;
    private final ConsentStore consents;
    private final SharingInputs inputs;
    private final SharingDecide decide;
    private final RecipientsOfPlace recipients;
    private final HoldOpening opening;
    private final DecisionTrail trail;
    private final Timeline timeline;
    private final Clock clock;
    private Instant countedAt;
    private volatile HoldStore.Counts counts = new HoldStore.Counts(0, 0);

    public SharingHolds(
            DecisionContext context,
            HoldStore holds,
            ConsentStore consents,
            SharingDecide decide,
            HoldOpening opening,
            Timeline timeline,
            MeterRegistry meters) {
        this.holds = holds;
        this.signals = context.signals();
        this.match = context.match();
        this.consents = consents;
        this.inputs = context.inputs();
        this.decide = decide;
        this.recipients = context.recipients();
        this.opening = opening;
        this.trail = context.trail();
        this.timeline = timeline;
        this.clock = context.clock();
        Gauge.builder(Meters.HOLD_OPEN, this, h -> h.counts.open()).register(meters);
        Gauge.builder(Meters.HOLD_OVERDUE, this, h -> h.counts.overdue()).register(meters);
    }

    /**
     * The signals of which something is to be decided anew, each taken when its turn comes: one that fails ends the round
     * and comes later, those behind it come with the next.
     */
    public Iterator<UUID> ready() {
        Instant now = clock.instant();
        if (countedAt == null || countedAt.plus(COUNT_EVERY).isBefore(now)) {
            counts = holds.counts(now);
            countedAt = now;
        }
        return Stream.generate(() -> holds.takeReady(clock.instant(), SPACING_SECONDS))
                .limit(AT_ONCE)
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .iterator();
    }

    /** In: a signal of which something waits. Out: the same with the releases that were made now. */
    public List<DecidedSignal> decide(UUID signalId) {
        Instant now = clock.instant();
        AcceptedSignal accepted = signals.byId(signalId).orElseThrow();
        MatchedSignal matched =
                match.locked(accepted, holds.householdOf(signalId).orElse(null));
        consents.hold(Set.of(), ConsentStore.keysOf(List.of(matched)));
        List<HoldStore.Held> open = holds.ofSignal(signalId);
        List<Recipient> pairs = recipients.of(matched);
        SharingFacts facts = decide.known(inputs.of(matched, now), pairs);
        if (holds.careHeard(signalId, now)) {
            facts = facts.with(Circumstance.CARE_HEARD);
        }
        DecisionTrail.Written written = trail.at(now);
        List<Release> made = new ArrayList<>();
        HoldOpening.Opened opened = opening.opened();
        for (HoldStore.Held hold : open) {
            SharingFacts own = facts.with(pairs.contains(hold.recipient()));
            Release release = decide.release(matched, own, hold.recipient(), now);
            boolean isHeldStill = hold.name().equals(release.decision().heldBy());
            boolean isOver = hold.kind() == SharingHold.HoldKind.PENDING_CONSENT
                    && !hold.dueAt().isAfter(now);
            if (isHeldStill) {
                written.decidedAgain(matched, own, "hold", List.of(release.under(hold.releaseId())));
                if (isOver) {
                    end(hold, "expired", now);
                } else {
                    holds.putBack(hold.id());
                }
            } else {
                made.add(release);
                written.released(matched, own, List.of(release));
                // ended first: one open hold per signal and recipient
                end(hold, outcome(release.decision()), now);
                opened.add(matched, own, List.of(release), written, now);
            }
        }
        DecidedSignal decided = new DecidedSignal(matched, made, List.of());
        if (decided.isReleased()) {
            written.processed(matched, SharingDecide.STAGE, now, null);
            timeline.passed(SharingDecide.STAGE, signalId, "released", now);
        }
        written.write();
        opened.write();
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
