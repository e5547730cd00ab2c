package nl.wijkhub.casework;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import nl.wijkhub.plan.PlanTaskStore;
import nl.wijkhub.plan.PlanTaskStore.Tasks;
import nl.wijkhub.sharing.PlanSharing;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.SharingPolicy;

/** The open tasks of a seat in plans that others coordinate, as far as it may be told of them. */
public final class PlanTasks {
    private static final int MOST = 100;

    private final PlanTaskStore tasks;
    private final PlanSharing sharing;
    private final Clock clock;

    public PlanTasks(PlanTaskStore tasks, PlanSharing sharing, Clock clock) {
        this.tasks = tasks;
        this.sharing = sharing;
        this.clock = clock;
    }

    /** By plan, what is late first, at most {@value #MOST}. */
    public List<Tasks> of(Recipient seat) {
        LocalDate today = SharingPolicy.today(clock);
        return tasks.ofPair(seat, today, MOST).stream()
                .filter(task -> sharing.mayList(task.from(), seat))
                .toList();
    }
}
