package nl.wijkhub.kernel;

/** Somebody we depend on is away. Not a failed attempt: the work is rolled back and waits. The adapter says who. */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String who;

    /**
     * @param who {@code database}, {@code broker} or {@code identity}
     * @param cause what the adapter saw
     */
    public Unavailable(String who, Throwable cause) {
        super(who + " is away", cause);
        this.who = who;
    }

    public String who() {
        return who;
    }

    /** The first Unavailable among the causes, or null. */
    public static Unavailable in(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof Unavailable unavailable) {
                return unavailable;
            }
        }
        return null;
    }
}
