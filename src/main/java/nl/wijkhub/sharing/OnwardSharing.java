package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.SignalStore;

/**
 * Decides anew about signals that a receiver passes on: with a plan that is handed over, or a step up the ladder. What
 * may not travel, such as what the police brought (row 9), is denied here whatever was decided for the first receiver.
 */
public final class OnwardSharing {
    private final SignalStore signals;
    private final HouseholdMatch match;
    private final SharingInputs inputs;
    private final SharingDecide decide;
    private final RecipientsOfPlace recipients;
    private final HoldStore holds;
    private final HoldOpening opening;
    private final DecisionTrail trail;
    private final Clock clock;

    public OnwardSharing(DecisionContext context, SharingDecide decide, HoldStore holds, HoldOpening opening) {
        this.signals = context.signals();
        this.match = context.match();
        this.inputs = context.inputs();
        this.decide = decide;
        this.recipients = context.recipients();
        this.holds = holds;
        this.opening = opening;
        this.trail = context.trail();
        this.clock = context.clock();
    }

    /**
     * What waits before it is released, for whom the household goes to: it waits there from now on. The caller's
     * transaction.
     *
     * @return the signals that waited, to be decided anew with the rest
     */
    public List<UUID> endHolds(UUID household) {
        return holds.endOfHousehold(household, "handed-over", clock.instant());
    }

    /** The team it goes to, which has a care professional or has not; outside a team, the one it comes from. */
    private List<Recipient> around(MatchedSignal matched, Collection<Recipient> to) {
        List<Recipient> team = to.stream()
                .filter(recipient -> recipient.kind() == Recipient.RecipientKind.TEAM)
                .toList();
        return team.isEmpty() ? recipients.of(matched) : team;
    }

    /**
     * A release per signal and recipient, denials included, written with its logs; the caller's transaction.
     *
     * @param householdOf signal → its household
     * @param purpose by its id in the agreement; null for what each kind of recipient is for
     * @param circumstances what else holds of this step, such as a weighed triage
     */
    public List<DecidedSignal> decide(
            Map<UUID, UUID> householdOf,
            Collection<Recipient> to,
            String purpose,
            Set<Circumstance> circumstances,
            String step) {
        Instant now = clock.instant();
        List<MatchedSignal> known = new ArrayList<>();
        for (AcceptedSignal accepted : signals.byIds(householdOf.keySet())) {
            known.add(match.again(accepted, householdOf.get(accepted.id())));
        }
        Map<UUID, SharingFacts> gathered = inputs.of(known, to, now);
        DecisionTrail.Written written = trail.at(now);
        HoldOpening.Opened opened = opening.opened();
        List<DecidedSignal> decided = new ArrayList<>();
        for (MatchedSignal matched : known) {
            // whoever it is passed on to, the place is that of the household: the step says who comes in
            SharingFacts facts = decide.known(gathered.get(matched.signalId()), around(matched, to))
                    .with(true)
                    .onwardFor(purpose);
            for (Circumstance circumstance : circumstances) {
                facts = facts.with(circumstance);
            }
            List<Release> own = new ArrayList<>();
            for (Recipient recipient : to) {
                own.add(decide.release(matched, facts, recipient, now));
            }
            written.released(matched, facts, own);
            opened.add(matched, facts, own, written, now);
            if (own.stream().anyMatch(release -> release.decision().releases())) {
                written.processed(matched, step, now, null);
            }
            decided.add(new DecidedSignal(matched, own, List.of()));
        }
        written.write();
        opened.write();
        return decided;
    }
}
