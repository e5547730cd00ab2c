package nl.wijkhub.end2end;

import java.util.concurrent.atomic.AtomicInteger;

/** A route step that ends the process at once, like a kill, the second time it is reached. */
public final class Halt {
    private static final AtomicInteger CALLS = new AtomicInteger();

    /** Named in a copy of a route. */
    public void now() {
        if (CALLS.incrementAndGet() == 2) {
            Runtime.getRuntime().halt(137);
        }
    }
}
