package nl.wijkhub.signal;

/** What became of something that a partner keeps under an id of its own. */
public enum PutOutcome {
    CREATED,
    UPDATED,
    REMOVED
}
