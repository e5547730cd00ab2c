package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.signal.SignalStore;

/**
 * Stage 40: decides, per recipient, what may be shared of each signal and on what ground.
 * In: matched signals. Out: the same, each with a release per (team, discipline) pair of its place, denials included.
 * Consents that came with a signal are registered first, so that they count for it and for whatever comes after it.
 * Writes the decision log and, per person, the processing log, in the transaction of the batch. What is held is denied,
 * and waits in {@link SharingHolds}.
 */
public final class SharingDecide {
    public static final String STAGE = "sharing-decide";
    private static final String BREAK_GLASS = "vital-interest";

    private final AgreementInForce inForce;
    private final RecipientsOfPlace recipients;
    private final ReleaseStore releases;
    private final SharingInputs inputs;
    private final ConsentRegister register;
    private final HoldLiftStore holds;
    private final HoldOpening opening;
    private final SignalStore signals;
    private final DecisionTrail trail;
    private final Timeline timeline;
    private final Clock clock;

    public SharingDecide(
            DecisionContext context,
            ConsentRegister register,
            HoldLiftStore holds,
            HoldOpening opening,
            Timeline timeline) {
        this.inForce = context.inForce();
        this.recipients = context.recipients();
        this.releases = context.releases();
        this.inputs = context.inputs();
        this.register = register;
        this.holds = holds;
        this.opening = opening;
        this.signals = context.signals();
        this.trail = context.trail();
        this.timeline = timeline;
        this.clock = context.clock();
    }

    public List<DecidedSignal> decide(List<MatchedSignal> batch) {
        Instant now = clock.instant();
        Map<UUID, List<Release>> recalled = recall(batch, now);
        Map<UUID, List<Release>> takenBack = register.register(batch, now);
        // after the locks on what people say: the same order as whoever changes it
        holds.liftOfSignals(
                batch.stream()
                        .map(m -> m.accepted().supersededId())
                        .filter(id -> id != null)
                        .toList(),
                now);
        Map<UUID, SharingFacts> gathered = inputs.ofNew(batch, now);
        DecisionTrail.Written written = trail.at(now);
        HoldOpening.Opened opened = opening.opened();
        List<DecidedSignal> decided = new ArrayList<>();
        for (MatchedSignal matched : batch) {
            List<Recipient> pairs = recipients.of(matched);
            SharingFacts facts = known(gathered.get(matched.signalId()), pairs);
            AlikeRecipients alike = new AlikeRecipients(inForce.policy(), facts, now);
            List<Release> own = new ArrayList<>();
            for (Recipient recipient : pairs) {
                own.add(release(matched, recipient, alike.decision(recipient), now));
            }
            written.released(matched, facts, own);
            opened.add(matched, facts, own, written, now);
            written.processed(matched, STAGE, matched.accepted().acceptedAt(), null);
            List<Release> back = new ArrayList<>(recalled.getOrDefault(matched.signalId(), List.of()));
            back.addAll(takenBack.getOrDefault(matched.signalId(), List.of()));
            decided.add(new DecidedSignal(matched, own, back));
        }
        written.write();
        opened.write();
        timeline.passed(decided.stream()
                .map(d -> new Timeline.Entry(
                        d.signalId(), STAGE, d.isReleased() ? "released" : "released-to-nobody", now))
                .toList());
        return decided;
    }

    /** The facts without what the agreement does not ask for, for recipients of the place itself. */
    SharingFacts known(SharingFacts facts, List<Recipient> pairs) {
        SharingFacts known = inForce.policy().known(facts).with(true);
        boolean hasCare = pairs.stream().anyMatch(pair -> pair.discipline() == Discipline.CARE);
        return hasCare ? known : known.with(Circumstance.NO_CARE_SEAT);
    }

    Release release(MatchedSignal matched, SharingFacts facts, Recipient recipient, Instant now) {
        return release(matched, recipient, inForce.policy().decide(facts, recipient, now), now);
    }

    private static Release release(MatchedSignal matched, Recipient recipient, Decision decision, Instant now) {
        return new Release(Identifier.next(), matched.signalId(), matched.householdId(), recipient, decision, now);
    }

    /**
     * Decides anew what a recipient may see of a signal it was once decided for, and logs that it looked.
     *
     * @param user who looks; a system's client id otherwise
     * @return the new decision under the id of the original release; empty when nothing was ever released to it: what is
     *     held, or denied, is released by its stage and not by asking for it
     */
    public Optional<Release> decideAnew(MatchedSignal matched, Recipient recipient, String user) {
        Instant now = clock.instant();
        Optional<Release> last = releases.of(matched.signalId(), recipient);
        // asked for what was denied: it stays denied, and the log shows who tried
        boolean isDenied =
                last.filter(release -> !release.decision().releases()).isPresent();
        return last.map(original -> {
            DecisionTrail.Written written = trail.at(now);
            List<Recipient> pairs = recipients.of(matched);
            SharingFacts facts = known(inputs.of(matched, now), pairs).with(recipients.concern(matched, recipient));
            facts = isDenied ? facts : facts.with(Circumstance.RELEASED_BEFORE);
            Release anew = new Release(
                    original.id(),
                    original.signalId(),
                    original.householdId(),
                    recipient,
                    isDenied ? original.decision() : inForce.policy().decide(facts, recipient, now),
                    now);
            written.decidedAgain(matched, facts, isDenied ? "refused" : "pull", List.of(anew));
            if (anew.decision().releases()) {
                written.processed(
                        matched,
                        "signal-pull",
                        matched.accepted().acceptedAt(),
                        AccessedBy.reads(user, recipient.clientId()));
            }
            written.write();
            return anew;
        });
    }

    /**
     * Decides for somebody who breaks the glass what may be seen of these signals now, and logs it with the user; the
     * caller's transaction.
     */
    List<Release> breakGlass(List<MatchedSignal> known, Recipient pair, String user) {
        Recipient recipient = pair.as(Recipient.RecipientKind.BREAK_GLASS);
        Instant now = clock.instant();
        Map<UUID, SharingFacts> gathered = inputs.of(known, now);
        DecisionTrail.Written written = trail.at(now);
        List<Release> seen = new ArrayList<>();
        for (MatchedSignal matched : known) {
            SharingFacts facts = inForce.policy()
                    .known(gathered.get(matched.signalId()))
                    .with(recipients.concern(matched, pair))
                    .onwardFor(BREAK_GLASS);
            Release release = release(matched, facts, recipient, now);
            seen.add(release);
            written.released(matched, facts, List.of(release));
            if (release.decision().releases()) {
                written.processed(
                        matched,
                        "break-glass",
                        matched.accepted().acceptedAt(),
                        AccessedBy.reads(user, recipient.clientId()));
            }
        }
        written.write();
        return seen;
    }

    private Map<UUID, List<Release>> recall(List<MatchedSignal> batch, Instant now) {
        Map<UUID, UUID> successorOf = batch.stream()
                .filter(m -> m.accepted().supersededId() != null)
                .collect(Collectors.toMap(m -> m.accepted().supersededId(), MatchedSignal::signalId, (a, b) -> a));
        if (successorOf.isEmpty()) {
            return Map.of();
        }
        signals.markSuperseded(successorOf.keySet(), now);
        releases.withdraw(successorOf.keySet(), "superseded", now);
        return releases.recall(releases.passedOf(successorOf.keySet()), "superseded", now).stream()
                .collect(Collectors.groupingBy(release -> successorOf.get(release.signalId())));
    }
}
