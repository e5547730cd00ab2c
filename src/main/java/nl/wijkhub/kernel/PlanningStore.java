package nl.wijkhub.kernel;

import org.jdbi.v3.core.Handle;

/** How the server plans the statements of one transaction. */
final class PlanningStore {
    // compiling pays for statements that read much, and these do not
    private static final String BY_INDEX =
            "select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)";

    private PlanningStore() {}

    static String byIndex(Handle handle) {
        return handle.createQuery(BY_INDEX).mapTo(String.class).one();
    }
}
