package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.ConsentStore.Incoming;
import nl.wijkhub.signal.CaseSignal.ConsentClaim;

/**
 * Takes in what people say about sharing, and takes back what does not rest on it any more: whatever passed about their
 * households on consent is decided anew, and recalled where the answer is no.
 */
public final class ConsentRegister {
    private static final String REASON = "consent-withdrawn";

    private final ConsentStore consents;
    private final KeptConsentStore kept;
    private final HouseholdMatch match;
    private final HoldLiftStore holds;
    private final ReleaseRecall recall;
    private final Clock clock;

    public ConsentRegister(
            ConsentStore consents,
            KeptConsentStore kept,
            HouseholdMatch match,
            HoldLiftStore holds,
            ReleaseRecall recall,
            Clock clock) {
        this.consents = consents;
        this.kept = kept;
        this.match = match;
        this.holds = holds;
        this.recall = recall;
        this.clock = clock;
    }

    /**
     * Registers what came with these signals, before any of them is decided.
     *
     * @return what is taken back, by the signal that brought the change
     */
    Map<UUID, List<Release>> register(Collection<MatchedSignal> batch, Instant now) {
        List<Incoming> incoming = new ArrayList<>();
        Map<UUID, Set<UUID>> changed = new HashMap<>();
        for (MatchedSignal matched : batch) {
            // about a neighbourhood nobody can consent
            if (matched.householdId() != null) {
                for (ConsentClaim claim : matched.accepted().signal().consents()) {
                    incoming.add(incoming(matched, claim));
                    changed.computeIfAbsent(matched.signalId(), id -> new HashSet<>())
                            .add(matched.personIds().get(claim.person()));
                }
            }
        }
        consents.hold(keys(incoming), ConsentStore.keysOf(batch));
        consents.register(incoming, now);
        Map<UUID, List<Release>> recalled = new HashMap<>();
        Set<UUID> done = new HashSet<>();
        changed.forEach((signal, persons) -> recalled.put(
                signal,
                takeBack(match.householdsOf(persons), now).stream()
                        .filter(release -> done.add(release.id()))
                        .toList()));
        return recalled;
    }

    /**
     * What became of a consent that came by itself.
     *
     * @param created whether its id is new
     * @param recalled what does not stand any more because of it
     */
    public record Registered(UUID id, boolean created, List<Release> recalled) {}

    /**
     * Registers one that came by itself, in the transaction of its route.
     * Rejects: the reference of another consent; an update of what is not this partner's, or of another person's.
     */
    public Registered register(ConsentDraft draft) {
        Instant now = clock.instant();
        HouseholdMatch.Subject subject = match.subject(draft.household());
        // two at once under one reference come one after the other
        consents.hold(subject.keys(), Set.of());
        Optional<KeptConsentStore.Kept> before = draft.id() == null
                ? Optional.ofNullable(draft.reference()).flatMap(r -> kept.byReference(draft.partnerId(), r))
                : Optional.of(
                        kept.byId(draft.id(), draft.partnerId()).orElseThrow(() -> new Rejected(Problem.NOT_FOUND)));
        if (before.filter(one -> one.resource().equals(draft.resource())).isPresent()) {
            return new Registered(before.get().id(), false, List.of());
        }
        if (before.isPresent() && draft.id() == null) {
            throw new Rejected(Problem.REFERENCE_CONFLICT);
        }
        if (before.isPresent() && Collections.disjoint(before.get().keys(), subject.keys())) {
            throw Rejected.of(Problem.INVALID_INPUT, "/patient", "other-patient");
        }
        UUID id = Identifier.next();
        // an update stays under the reference of what it changes, whatever identifier it carries
        String reference = before.map(KeptConsentStore.Kept::referenceKey)
                .orElseGet(() -> consents.referenceKey(
                        draft.partnerId(), draft.reference() == null ? "fhir|" + id : draft.reference()));
        Incoming incoming = new Incoming(
                id, null, draft.partnerId(), reference, draft.consent(), draft.resource(), subject.keys(), now);
        consents.register(List.of(incoming), now);
        UUID resourceId = before.map(KeptConsentStore.Kept::id).orElse(id);
        // whoever decided meanwhile was waited for, and may have made a household known
        Set<UUID> households = match.subject(draft.household()).households();
        return new Registered(resourceId, before.isEmpty(), takeBack(households, now));
    }

    private static Set<String> keys(List<Incoming> incoming) {
        return incoming.stream().flatMap(one -> one.keys().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private Incoming incoming(MatchedSignal matched, ConsentClaim claim) {
        return new Incoming(
                Identifier.next(),
                matched.signalId(),
                matched.accepted().partnerId(),
                consents.referenceKey(matched.accepted().partnerId(), claim.reference()),
                claim.consent(),
                claim.resource(),
                matched.subjectKeys().get(claim.person()),
                matched.accepted().acceptedAt());
    }

    /** What rested on consent and does not pass any more is recalled; what waits for consent is decided anew. */
    private List<Release> takeBack(Collection<UUID> households, Instant now) {
        holds.liftOf(households, SharingHold.HoldKind.PENDING_CONSENT, now);
        return recall.ofConsent(households, REASON, now);
    }
}
