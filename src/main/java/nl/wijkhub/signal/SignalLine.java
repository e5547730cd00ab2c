package nl.wijkhub.signal;

/**
 * One of many signals in one message, read.
 *
 * @param number of the line in NDJSON, blank ones counted; of the event in a batch; from 1
 * @param draft null when it could not be read
 * @param failure a {@code Rejected} says what is wrong with it, anything else is our own fault; null with a draft
 */
public record SignalLine(int number, SignalDraft draft, RuntimeException failure) {}
