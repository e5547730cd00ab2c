package nl.wijkhub.kernel;

import org.jdbi.v3.core.Handle;

/** How the server plans the statements of one transaction. */
final class PlanningStore {
    private static final String BY_INDEX = "set local enable_seqscan to off";

    private PlanningStore() {}

    static int byIndex(Handle handle) {
        return handle.execute(BY_INDEX);
    }
}
