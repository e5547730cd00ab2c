package nl.wijkhub.escalation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.escalation.PlanFacts.Viewer;
import nl.wijkhub.plan.AttachedSignal;
import nl.wijkhub.plan.PlanTallyStore;
import nl.wijkhub.plan.PlanTallyStore.PlanTally;
import nl.wijkhub.sharing.Recipient;

/**
 * The tallies of the plans of a batch, one for each recipient: as an earlier batch kept them where they hold, counted anew where
 * they do not. The signals of the batch are added as they come, and the next batch finds the result.
 */
final class PlanTallies {
    private final PlanTallyStore kept;
    private final Instant since;
    private final Map<UUID, Counted> plans = new HashMap<>();

    /**
     * @param since when the window begins
     */
    PlanTallies(List<AttachedSignal> batch, SeenSignalStore seen, PlanTallyStore kept, Instant since) {
        this.kept = kept;
        this.since = since;
        Set<UUID> own = new HashSet<>();
        for (AttachedSignal attached : batch) {
            own.add(attached.signalId());
            if (attached.planId() != null) {
                plans.computeIfAbsent(attached.planId(), plan -> new Counted(attached.epoch()))
                        .join(attached.joinedAt());
            }
        }
        Set<UUID> anew = new HashSet<>(plans.keySet());
        for (PlanTally tally : kept.of(plans.keySet())) {
            Counted plan = plans.get(tally.planId());
            plan.voids = tally.voids();
            if (tally.holds(plan.epoch, since)) {
                plan.take(tally);
                anew.remove(tally.planId());
            }
        }
        seen.counts(anew, since, own)
                .forEach(counts -> plans.get(counts.viewer().planId()).take(counts));
    }

    Set<UUID> plans() {
        return plans.keySet();
    }

    /** To which the signals of the batch are added as they come. */
    Tally of(Viewer viewer) {
        return plans.get(viewer.planId()).tally(viewer.recipient());
    }

    /** Keeps what holds with the signals of the batch, now that they are added. */
    void keep() {
        kept.keep(plans.entrySet().stream()
                .filter(plan -> plan.getValue().isKept)
                .map(plan -> plan.getValue().kept(plan.getKey(), since))
                .toList());
    }

    /** One plan. */
    private static final class Counted {
        private final int epoch;
        private final Map<Recipient, Tally> tallies = new HashMap<>();
        private int voids;
        private Instant oldest = Instant.MAX;
        private boolean isKept = true;

        private Counted(int epoch) {
            this.epoch = epoch;
        }

        /**
         * A signal of the batch.
         *
         * @param at null for one that was in the plan before, of which this batch adds only what is new
         */
        private void join(Instant at) {
            if (at == null) {
                isKept = false;
            } else {
                oldest = earlier(oldest, at);
            }
        }

        private void take(SeenSignalStore.Counts counts) {
            tally(counts.viewer().recipient()).add(counts);
            if (counts.oldest30() != null) {
                oldest = earlier(oldest, counts.oldest30());
            }
        }

        private void take(PlanTally tally) {
            oldest = earlier(oldest, tally.until());
            try (DataInputStream counts = new DataInputStream(new ByteArrayInputStream(tally.counts()))) {
                while (counts.available() > 0) {
                    String team = counts.readUTF();
                    tallies.put(Recipient.at(team, counts.readUTF()), Tally.read(counts));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Tally tally(Recipient recipient) {
            return tallies.computeIfAbsent(recipient, one -> new Tally());
        }

        private PlanTally kept(UUID planId, Instant since) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
            try (DataOutputStream counts = new DataOutputStream(bytes)) {
                for (Map.Entry<Recipient, Tally> one : tallies.entrySet()) {
                    counts.writeUTF(one.getKey().teamId());
                    counts.writeUTF(one.getKey().seatName());
                    one.getValue().write(counts);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new PlanTally(planId, voids, epoch, since, oldest, bytes.toByteArray());
        }

        private static Instant earlier(Instant one, Instant other) {
            return one.isBefore(other) ? one : other;
        }
    }
}
