package nl.wijkhub.plan;

import java.util.List;
import nl.wijkhub.kernel.Coded;

/** How far a subject on the agenda of a neighbourhood is; people move it on. */
public enum AgendaState implements Coded {
    RAISED,
    ON_AGENDA,
    PICKED_UP,
    DONE,
    /** Not picked up, with a reason. */
    DECLINED;

    /** Where one may go from here; nowhere from what is closed, because a new signal opens a new item. */
    public List<AgendaState> next() {
        return switch (this) {
            case RAISED -> List.of(ON_AGENDA, DECLINED);
            case ON_AGENDA -> List.of(PICKED_UP, DECLINED);
            case PICKED_UP -> List.of(DONE, DECLINED);
            case DONE, DECLINED -> List.of();
        };
    }

    public boolean isOpen() {
        return !next().isEmpty();
    }
}
