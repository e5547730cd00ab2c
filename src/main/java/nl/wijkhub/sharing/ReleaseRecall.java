package nl.wijkhub.sharing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.SignalStore;

/** Decides anew about what passed before, and recalls what does not pass any more; the caller's transaction. */
public final class ReleaseRecall {
    private static final int SIGNALS_AT_ONCE = 32;

    private final ReleaseStore releases;
    private final SignalStore signals;
    private final HouseholdMatch match;
    private final SharingInputs inputs;
    private final RecipientsOfPlace recipients;
    private final AgreementInForce inForce;
    private final DecisionTrail trail;

    public ReleaseRecall(DecisionContext context) {
        this.releases = context.releases();
        this.signals = context.signals();
        this.match = context.match();
        this.inputs = context.inputs();
        this.recipients = context.recipients();
        this.inForce = context.inForce();
        this.trail = context.trail();
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
        List<Release> recalled = new ArrayList<>();
        for (List<Release> piece : pieces(standing)) {
            recalled.addAll(releases.recall(decideAnew(piece, "recall", now).denied(), reason, now));
        }
        return recalled;
    }

    /** All releases of a few signals each: what is in memory at once does not grow with what was ever said of somebody. */
    private static List<List<Release>> pieces(List<Release> standing) {
        Map<UUID, List<Release>> bySignal = standing.stream()
                .collect(Collectors.groupingBy(Release::signalId, LinkedHashMap::new, Collectors.toList()));
        List<List<Release>> pieces = new ArrayList<>();
        int signals = 0;
        for (List<Release> ofOne : bySignal.values()) {
            if (signals++ % SIGNALS_AT_ONCE == 0) {
                pieces.add(new ArrayList<>());
            }
            pieces.get(pieces.size() - 1).addAll(ofOne);
        }
        return pieces;
    }

    /**
     * What may still go, and what does not stand any more since this moment.
     *
     * @param permitted ids of releases; what is not among them does not go
     */
    public record Attempt(Set<UUID> permitted, List<Release> recalled) {}

    /** Before messages are sent once more. Every decision is logged. */
    public Attempt beforeAttempt(Collection<UUID> releaseIds, Instant now) {
        Set<UUID> permitted = new HashSet<>();
        List<Release> recalled = new ArrayList<>();
        for (List<Release> piece : pieces(releases.byIds(releaseIds))) {
            Anew anew = decideAnew(piece, "attempt", now);
            anew.permitted().forEach(release -> permitted.add(release.id()));
            recalled.addAll(releases.recall(anew.denied(), "not-permitted-any-more", now));
        }
        return new Attempt(permitted, recalled);
    }

    private record Anew(List<Release> permitted, List<Release> denied) {}

    private Anew decideAnew(List<Release> standing, String evaluation, Instant now) {
        Map<UUID, List<Release>> bySignal = standing.stream().collect(Collectors.groupingBy(Release::signalId));
        List<MatchedSignal> known = new ArrayList<>();
        for (AcceptedSignal accepted : signals.byIds(bySignal.keySet())) {
            known.add(match.again(accepted, bySignal.get(accepted.id()).get(0).householdId()));
        }
        Map<UUID, SharingFacts> gathered = inputs.of(known, now);
        SharingPolicy policy = inForce.policy();
        DecisionTrail.Written written = trail.at(now);
        Anew anew = new Anew(new ArrayList<>(), new ArrayList<>());
        for (MatchedSignal matched : known) {
            SharingFacts facts = policy.known(gathered.get(matched.signalId())).with(Circumstance.RELEASED_BEFORE);
            for (Release release : bySignal.get(matched.signalId())) {
                Recipient to = release.recipient();
                SharingFacts own = facts.with(recipients.concern(matched, to.seat()));
                Decision decision = policy.decide(own, to, now);
                (decision.releases() ? anew.permitted() : anew.denied()).add(release);
                written.decidedAgain(
                        matched,
                        own,
                        evaluation,
                        List.of(new Release(
                                release.id(), release.signalId(), release.householdId(), to, decision, now)));
            }
        }
        written.write();
        return anew;
    }
}
