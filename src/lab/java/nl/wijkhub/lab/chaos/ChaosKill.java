package nl.wijkhub.lab.chaos;

/**
 * One kill.
 *
 * @param aimed while the hub stood in the planted step; else at a random moment
 * @param acknowledged signals acknowledged since the kill before
 * @param inHand requests that were not answered yet
 */
record ChaosKill(Victim victim, boolean aimed, int acknowledged, int inHand) {
    /** Who is killed. */
    enum Victim {
        HUB,
        DATABASE
    }

    @Override
    public String toString() {
        return "killed the %s%s: %d signals acknowledged since the kill before, %d requests in hand"
                .formatted(
                        victim == Victim.HUB ? "hub" : "database",
                        aimed ? ", which stood in the planted step" : "",
                        acknowledged,
                        inHand);
    }
}
