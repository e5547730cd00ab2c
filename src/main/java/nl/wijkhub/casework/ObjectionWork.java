package nl.wijkhub.casework;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.ProcessingRecord;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.PlanAttach;
import nl.wijkhub.sharing.ObjectionStore;
import nl.wijkhub.sharing.Objections;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.team.Delivery;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.TeamQueue;

/**
 * The privacy officer's work on objections: raises and weighs them, and takes what may not stand any more out of plans and
 * queues. Every step and every look is logged. Each step is a transaction of its own.
 */
public final class ObjectionWork {
    private static final int LARGEST_LIST = 200;
    private static final String ROLE = Role.PRIVACY_OFFICER.code();

    private final Database database;
    private final Objections objections;
    private final ObjectionStore raised;
    private final PlanAttach plans;
    private final TeamQueue queue;
    private final ProcessingLogStore processingLog;
    private final Clock clock;

    public ObjectionWork(
            Database database,
            Objections objections,
            ObjectionStore raised,
            PlanAttach plans,
            TeamQueue queue,
            ProcessingLogStore processingLog,
            Clock clock) {
        this.database = database;
        this.objections = objections;
        this.raised = raised;
        this.plans = plans;
        this.queue = queue;
        this.processingLog = processingLog;
        this.clock = clock;
    }

    /**
     * Raises one, as {@link Objections#raise}.
     *
     * @param user the privacy officer
     */
    public ObjectionStore.Objection raise(CaseSignal.Person person, String reason, String user, Trace trace) {
        return database.inTransaction(() -> {
            ObjectionStore.Objection objection = objections.raise(person, reason, user);
            log("objection-raise", List.of(objection.id()), AccessedBy.changes(user, ROLE), trace);
            return objection;
        });
    }

    /** The latest, those nobody weighed first. */
    public List<ObjectionStore.Objection> latest(String user, Trace trace) {
        List<ObjectionStore.Objection> latest = raised.latest(LARGEST_LIST);
        log(
                "objection-read",
                latest.stream().map(ObjectionStore.Objection::id).toList(),
                AccessedBy.reads(user, ROLE),
                trace);
        return latest;
    }

    /**
     * Weighs one, as {@link Objections#decide}.
     *
     * @return how many releases were recalled
     */
    public int decide(UUID id, boolean isUpheld, String reason, String user, Trace trace) {
        List<Delivery> recalls = database.inTransaction(() -> {
            List<Release> recalled = objections.decide(id, isUpheld, reason, user);
            log("objection-decide", List.of(id), AccessedBy.changes(user, ROLE), trace);
            plans.takeBack(recalled);
            return queue.recall(recalled);
        });
        // what does not get away now is a stored delivery, for the sweep
        queue.send(recalls);
        return recalls.size();
    }

    private void log(String what, List<UUID> ids, AccessedBy by, Trace trace) {
        Instant now = clock.instant();
        processingLog.insert(ids.stream()
                .map(id -> new ProcessingRecord(trace, what, now, now, null, id, "objection", by))
                .toList());
    }
}
