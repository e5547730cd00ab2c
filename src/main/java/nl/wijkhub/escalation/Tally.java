package nl.wijkhub.escalation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import nl.wijkhub.kernel.Discipline;

/** What one recipient saw of one plan, counted. */
final class Tally {
    static final Duration WINDOW = Duration.ofDays(30);
    private static final long NEVER = Long.MIN_VALUE;

    /** A bit for each discipline, at its place in the enum. */
    private int senders30;

    private int senders;
    private long signals30;
    private long signals;
    private long children;
    private Instant first;

    /**
     * @param epoch the life of the plan to count
     */
    static Tally of(Collection<SeenSignal> seen, int epoch, Instant now) {
        Tally tally = new Tally();
        for (SeenSignal signal : seen) {
            if (signal.at().isAfter(now.minus(WINDOW))) {
                tally.addToWindow(signal.sender());
            }
            if (signal.epoch() == epoch) {
                tally.addToLife(signal.sender(), signal.children(), signal.at());
            }
        }
        return tally;
    }

    /** All that came of one sender. */
    void add(SeenSignalStore.Counts counts) {
        signals30 += counts.signals30();
        signals += counts.signals();
        children = Math.max(children, counts.children());
        if (counts.signals30() > 0) {
            senders30 |= bit(counts.sender());
        }
        if (counts.signals() > 0) {
            senders |= bit(counts.sender());
        }
        if (counts.first() != null && (first == null || counts.first().isBefore(first))) {
            first = counts.first();
        }
    }

    /**
     * One more, of this window and this life.
     *
     * @param sender null where it does not pass
     */
    void add(Discipline sender, long itsChildren, Instant at) {
        addToWindow(sender);
        addToLife(sender, itsChildren, at);
    }

    private void addToWindow(Discipline sender) {
        signals30++;
        senders30 |= bit(sender);
    }

    private void addToLife(Discipline sender, long itsChildren, Instant at) {
        signals++;
        senders |= bit(sender);
        children = Math.max(children, itsChildren);
        first = first == null || at.isBefore(first) ? at : first;
    }

    private static int bit(Discipline sender) {
        return sender == null ? 0 : 1 << sender.ordinal();
    }

    /** As {@link #read} reads it: what stands in the database is read by the next release too. */
    void write(DataOutput to) throws IOException {
        to.writeShort(senders30);
        to.writeShort(senders);
        to.writeInt((int) signals30);
        to.writeInt((int) signals);
        to.writeInt((int) children);
        to.writeLong(first == null ? NEVER : ChronoUnit.MICROS.between(Instant.EPOCH, first));
    }

    static Tally read(DataInput from) throws IOException {
        Tally tally = new Tally();
        tally.senders30 = from.readUnsignedShort();
        tally.senders = from.readUnsignedShort();
        tally.signals30 = from.readInt();
        tally.signals = from.readInt();
        tally.children = from.readInt();
        long first = from.readLong();
        tally.first = first == NEVER ? null : Instant.EPOCH.plus(first, ChronoUnit.MICROS);
        return tally;
    }

    /**
     * @param severity empty where it does not pass, or where no signal asks
     * @param category likewise
     */
    EscalationFacts facts(String severity, String category, PlanFacts.Facts plan, long level, Instant now) {
        return EscalationFacts.builder()
                .severity(severity)
                .category(category)
                .disciplines30(Integer.bitCount(senders30))
                .signals30(signals30)
                .disciplines(Integer.bitCount(senders))
                .signals(signals)
                .days(
                        first == null
                                ? 0
                                : Math.max(0, Duration.between(first, now).toDays()))
                .reopened(plan.reopened())
                .children(children)
                .lateAgreements(plan.lateAgreements())
                .unansweredHandovers(plan.unansweredHandovers())
                .level(level)
                .build();
    }
}
