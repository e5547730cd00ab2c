package nl.wijkhub.sharing;

/** What else holds of a sharing, found out by whoever asks for the decision and never by the policy. */
public enum Circumstance {
    /** At least ten distinct households stand behind a count, and no complement gives one away. */
    K_ANONYMOUS,
    /** The household agreed to the plan. */
    PLAN_AGREED,
    /** The criteria of a Zorg- en Veiligheidshuis were weighed and met. */
    TRIAGED,
    /** A step of the Meldcode was taken. */
    MELDCODE_STEP,
    /** A named professional, a reason and a second pair of eyes. */
    CONFLICT_OF_DUTIES,
    /** The professional took part in the care, or was told by the person to be involved. */
    DIRECTLY_INVOLVED,
    /** The consulted professional says this may be somebody of theirs. */
    MAY_BE_THEIRS,
    /** It is welfare or community work that asks care, as the coordinator of the plan. */
    WELFARE_ASKS,
    /** An agreement of the household rests on it, of which status alone is told. */
    STATUS_ALONE,
    /** A care professional answered before anybody acts, or the time for it passed. */
    CARE_HEARD,
    /** There is no care professional in the team to ask. */
    NO_CARE_SEAT,
    /** It was released to this recipient before: a hold is about the first time. */
    RELEASED_BEFORE
}
