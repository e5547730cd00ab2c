package nl.wijkhub.sharing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.SignalStore;

/** Decides anew about what passed before, and recalls what does not pass any more; the caller's transaction. */
public final class ReleaseRecall {
    private final ReleaseStore releases;
    private final SignalStore signals;
    private final HouseholdMatch match;
    private final SharingInputs inputs;
    private final AgreementInForce inForce;
    private final DecisionTrail trail;

    public ReleaseRecall(
            ReleaseStore releases,
            SignalStore signals,
            HouseholdMatch match,
            SharingInputs inputs,
            AgreementInForce inForce,
            DecisionTrail trail) {
        this.releases = releases;
        this.signals = signals;
        this.match = match;
        this.inputs = inputs;
        this.inForce = inForce;
        this.trail = trail;
    }

    /** What rests on what these households consented to. */
    List<Release> ofConsent(Collection<UUID> households, String reason, Instant now) {
        return households.isEmpty() ? List.of() : recall(releases.restingOnConsent(households), reason, now);
    }

    /** Whatever passed about these households. */
    List<Release> ofHouseholds(Collection<UUID> households, String reason, Instant now) {
        return households.isEmpty() ? List.of() : recall(releases.standing(households), reason, now);
    }

    private List<Release> recall(List<Release> standing, String reason, Instant now) {
        return decideAnew(standing, "recall", false, reason, now);
    }

    /** Before a message is sent once more: what of these may not go any more. Every decision is logged. */
    public List<Release> beforeAttempt(Collection<UUID> releaseIds, Instant now) {
        return decideAnew(releases.byIds(releaseIds), "attempt", true, "not-permitted-any-more", now);
    }

    private List<Release> decideAnew(
            List<Release> standing, String evaluation, boolean logAll, String reason, Instant now) {
        Map<UUID, List<Release>> bySignal = standing.stream().collect(Collectors.groupingBy(Release::signalId));
        List<MatchedSignal> known = new ArrayList<>();
        for (AcceptedSignal accepted : signals.byIds(bySignal.keySet())) {
            known.add(match.again(accepted, bySignal.get(accepted.id()).get(0).householdId()));
        }
        Map<UUID, SharingFacts> gathered = inputs.of(known, now);
        SharingPolicy policy = inForce.policy();
        DecisionTrail.Written written = trail.at(now);
        List<Release> denied = new ArrayList<>();
        for (MatchedSignal matched : known) {
            SharingFacts facts =
                    policy.known(gathered.get(matched.signalId())).with(true).with(Circumstance.RELEASED_BEFORE);
            List<Release> logged = new ArrayList<>();
            for (Release release : bySignal.get(matched.signalId())) {
                Decision anew = policy.decide(facts, release.recipient(), now);
                if (!anew.releases()) {
                    denied.add(release);
                }
                if (logAll || !anew.releases()) {
                    logged.add(new Release(
                            release.id(), release.signalId(), release.householdId(), release.recipient(), anew, now));
                }
            }
            written.decidedAgain(matched, facts, evaluation, logged);
        }
        written.write();
        return releases.recall(denied, reason, now);
    }
}
