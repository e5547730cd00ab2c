package nl.wijkhub.escalation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.sharing.Recipient;

/** What the ladder asks of a plan beside its signals, per recipient and from what that recipient may see. A port. */
public interface PlanFacts {
    /** Where nobody keeps plans. */
    PlanFacts NOTHING = new PlanFacts() {
        @Override
        public Map<Viewer, Facts> of(Collection<Viewer> viewers, Instant now) {
            return Map.of();
        }

        @Override
        public Collection<UUID> plansToLookAt(Instant now, Instant since, int limit) {
            return List.of();
        }
    };

    /** One recipient of one plan. */
    record Viewer(UUID planId, Recipient recipient) {}

    /**
     * @param reopened the plan was closed before and came back, as far as this recipient may know
     * @param lateAgreements open agreements past their day that this recipient may see
     * @param unansweredHandovers hand-overs past their term without an answer that this recipient may see
     */
    record Facts(boolean reopened, long lateAgreements, long unansweredHandovers) {
        public static final Facts NONE = new Facts(false, 0, 0);
    }

    /** Who is absent in the answer has {@link Facts#NONE}. */
    Map<Viewer, Facts> of(Collection<Viewer> viewers, Instant now);

    /**
     * Plans that are not closed and have an agreement that is late, or a hand-over that nobody answered in time.
     *
     * @param now the moment that what is late is late at
     * @param since those that were looked at after this moment (table {@code escalation_look}) are left out
     * @param limit at most so many, those first that were looked at longest ago
     */
    Collection<UUID> plansToLookAt(Instant now, Instant since, int limit);
}
