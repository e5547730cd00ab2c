package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.SignalStore;

/**
 * Somebody of the discipline that wrote a narrative reads it and says what classes of data are in it. Only then may it
 * go to another discipline, and only where a rule covers every class that was found. Reading is decided, and logged with
 * the reader, like any other look.
 */
public final class Narratives {
    /** A narrative and on what ground it is read. */
    public record Text(UUID signalId, String narrative, String ground) {}

    private final SignalStore signals;
    private final ReleaseStore releases;
    private final HouseholdMatch match;
    private final SharingInputs inputs;
    private final SharingDecide decide;
    private final RecipientsOfPlace recipients;
    private final NarrativeStore narratives;
    private final DecisionTrail trail;
    private final Clock clock;

    public Narratives(DecisionContext context, SharingDecide decide, NarrativeStore narratives) {
        this.signals = context.signals();
        this.releases = context.releases();
        this.match = context.match();
        this.inputs = context.inputs();
        this.decide = decide;
        this.recipients = context.recipients();
        this.narratives = narratives;
        this.trail = context.trail();
        this.clock = context.clock();
    }

    /**
     * The narrative of a signal, for somebody who is to classify it; the caller's transaction.
     *
     * @param pairs as whom the user looks
     * @return empty for whoever may not read it, and for a signal without one
     */
    public Optional<Text> read(UUID signalId, Collection<Recipient> pairs, String user) {
        return look(signalId, pairs, "narrative-read", role -> AccessedBy.reads(user, role));
    }

    /** Says what is in it; false for whoever may not read it. The caller's transaction. */
    public boolean classify(UUID signalId, Set<DataClass> classes, Collection<Recipient> pairs, String user) {
        boolean mayRead = look(signalId, pairs, "narrative-classify", role -> AccessedBy.changes(user, role))
                .isPresent();
        if (mayRead) {
            narratives.classify(signalId, classes, user, clock.instant());
        }
        return mayRead;
    }

    private Optional<Text> look(
            UUID signalId, Collection<Recipient> pairs, String what, Function<String, AccessedBy> by) {
        Instant now = clock.instant();
        AcceptedSignal accepted = signals.byId(signalId).orElse(null);
        if (accepted == null || accepted.signal().narrative() == null) {
            return Optional.empty();
        }
        // only who was released something of it knows that it exists
        Optional<Release> original = pairs.stream()
                .flatMap(pair -> releases.of(signalId, pair).stream())
                .filter(release -> release.decision().releases()
                        && releases.recalled(release.id()).isEmpty())
                // of several organisations of its discipline only the one that wrote it reads it
                .filter(release -> accepted.partnerId().equals(recipients.organisationOf(release.recipient())))
                .findFirst();
        return original.flatMap(release -> {
            MatchedSignal matched = match.again(accepted, release.householdId());
            Recipient reader = release.recipient().as(Recipient.RecipientKind.CLASSIFIER);
            List<Recipient> drawn = recipients.of(matched);
            SharingFacts facts = decide.known(inputs.of(matched, now), drawn).with(drawn.contains(release.recipient()));
            Release look = decide.release(matched, facts, reader, now);
            DecisionTrail.Written written = trail.at(now);
            written.released(matched, facts, List.of(look));
            boolean passes = look.decision().passes("narrative");
            if (passes) {
                written.processed(matched, what, now, by.apply(reader.clientId()));
            }
            written.write();
            return passes
                    ? Optional.of(new Text(
                            signalId,
                            accepted.signal().narrative(),
                            look.decision().ground()))
                    : Optional.empty();
        });
    }
}
