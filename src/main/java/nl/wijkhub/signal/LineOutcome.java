package nl.wijkhub.signal;

/**
 * What became of one of many signals in one message.
 *
 * @param number of the line, or of the event in a batch; from 1
 * @param receipt null when it was refused
 * @param failure a {@code Rejected} says why, anything else is our own fault; null with a receipt
 */
public record LineOutcome(int number, Receipt receipt, RuntimeException failure) {
    /** The same for whoever may not have the code of its receipt. */
    public LineOutcome withoutCode() {
        return receipt == null ? this : new LineOutcome(number, receipt.withoutCode(), failure);
    }
}
