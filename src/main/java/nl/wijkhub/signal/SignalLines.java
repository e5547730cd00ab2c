package nl.wijkhub.signal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Unavailable;

/**
 * The signals of one message that holds many, read a handful at a time, so that what is in memory does not grow with the
 * message. Each handful has to be stored before the next is asked for: a signal may supersede one of an earlier line.
 */
public final class SignalLines implements Iterator<List<SignalLine>> {
    /** As many as the stages take at once: one transaction and one send each. */
    static final int AT_ONCE = 64;

    private final LineCut cut;
    private final Function<byte[], SignalDraft> reading;
    private int next;

    SignalLines(LineCut cut, Function<byte[], SignalDraft> reading) {
        this.cut = cut;
        this.reading = reading;
    }

    @Override
    public boolean hasNext() {
        return next < cut.size();
    }

    /** Drafts and failures, in the order in which they stand. */
    @Override
    public List<SignalLine> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<SignalLine> handful = new ArrayList<>();
        boolean isToStore = false;
        while (hasNext() && handful.size() < AT_ONCE) {
            SignalLine line = read(next);
            if (isToStore && namesSomethingUnknown(line)) {
                // perhaps it stands in this handful: once that is stored the line is read again
                return handful;
            }
            isToStore |= line.draft() != null;
            handful.add(line);
            next++;
        }
        return handful;
    }

    private SignalLine read(int index) {
        int number = cut.number(index);
        try {
            return new SignalLine(number, reading.apply(cut.bytes(index)), null);
        } catch (Unavailable away) {
            throw away;
        } catch (RuntimeException failure) {
            return new SignalLine(number, null, failure);
        }
    }

    private static boolean namesSomethingUnknown(SignalLine line) {
        return line.failure() instanceof Rejected rejected
                && rejected.faults().stream().anyMatch(fault -> fault.code().equals("unknown-reference"));
    }
}
