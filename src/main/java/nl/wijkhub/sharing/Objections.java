package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.CaseSignal;

/**
 * Somebody objects to the sharing of what is said about them (AVG art. 21). Until the privacy officer weighed it what
 * is new is held; when it is upheld nothing about the person passes any more, and what passed is recalled.
 */
public final class Objections {
    static final String UPHELD = "UPHELD";
    private static final String REJECTED = "REJECTED";
    private static final Duration ONE_MONTH = Duration.ofDays(30);

    private final ObjectionStore objections;
    private final ConsentStore consents;
    private final HoldLiftStore holds;
    private final ReleaseRecall recall;
    private final HouseholdMatch match;
    private final AgreementInForce inForce;
    private final Clock clock;

    public Objections(
            ObjectionStore objections,
            ConsentStore consents,
            HoldLiftStore holds,
            ReleaseRecall recall,
            HouseholdMatch match,
            AgreementInForce inForce,
            Clock clock) {
        this.objections = objections;
        this.consents = consents;
        this.holds = holds;
        this.recall = recall;
        this.match = match;
        this.inForce = inForce;
        this.clock = clock;
    }

    /**
     * Raises one, or returns the one that waits already; the caller's transaction. Rejects: a name and birth date that no household, or more than one, knows.
     *
     * @param reason in the person's words; sealed when stored
     */
    public ObjectionStore.Objection raise(CaseSignal.Person person, String reason, String user) {
        Instant now = clock.instant();
        HouseholdMatch.Person subject = match.everywhere(person);
        if (subject.keys().isEmpty()) {
            throw Rejected.of(Problem.INVALID_INPUT, "/name", "not-known.person");
        }
        if (person.bsn() == null && match.apart(subject.households()) > 1) {
            throw Rejected.of(Problem.INVALID_INPUT, "/name", "ambiguous");
        }
        // whoever decides about this person now is done first, and sees it next time
        consents.hold(subject.keys(), Set.of());
        Optional<ObjectionStore.Objection> before = objections.open(subject.keys());
        if (before.isPresent()) {
            return before.get();
        }
        List<SharingHold> rules = inForce.agreement().holds().stream()
                .filter(hold -> hold.kind() == SharingHold.HoldKind.OBJECTION)
                .toList();
        Set<Discipline> senders = EnumSet.noneOf(Discipline.class);
        rules.forEach(hold -> senders.addAll(hold.from()));
        if (senders.isEmpty()) {
            senders.addAll(EnumSet.allOf(Discipline.class));
        }
        Duration within = rules.stream()
                .map(SharingHold::within)
                .min(Comparator.naturalOrder())
                .orElse(ONE_MONTH);
        ObjectionStore.Objection objection = new ObjectionStore.Objection(
                Identifier.next(), senders, subject.keys(), subject.personKeys(), reason, now, now.plus(within), null);
        objections.raise(objection, user);
        return objection;
    }

    /**
     * Weighs one; the caller's transaction. The same outcome a second time changes nothing.
     * Rejects: one that nobody knows, or that was weighed otherwise.
     *
     * @param weighing why; sealed when stored
     * @return what does not stand any more because of it
     */
    public List<Release> decide(UUID id, boolean upheld, String weighing, String user) {
        Instant now = clock.instant();
        ObjectionStore.Objection objection = objections.byId(id).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        String outcome = upheld ? UPHELD : REJECTED;
        if (Optional.ofNullable(objection.outcome())
                .filter(other -> !other.equals(outcome))
                .isPresent()) {
            throw new Rejected(Problem.STATE_CONFLICT);
        }
        if (objection.outcome() != null) {
            return List.of();
        }
        consents.hold(objection.keys(), Set.of());
        objections.decide(id, outcome, weighing, user, now);
        // the person may be known elsewhere by now: each is decided anew, and put back when it is about somebody else
        holds.liftAll(SharingHold.HoldKind.OBJECTION, now);
        return upheld
                ? recall.ofHouseholds(match.householdsOfKeys(objection.personKeys()), "objection-upheld", now)
                : List.of();
    }
}
