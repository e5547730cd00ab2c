package nl.wijkhub.signal;

/** What a partner put under an id of its own. {@code isNew} when nothing stood there before. */
public record PutOutcome(boolean isNew) {}
