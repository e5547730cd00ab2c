package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.signal.DataClass;

/** Decides, at each look, whether a plan's partner may see its own tasks and whom to call (row 17); logs that it looked. */
public final class PlanSharing {
    private final AgreementInForce inForce;
    private final ReleaseStore releases;
    private final DecisionTrail trail;
    private final Clock clock;

    public PlanSharing(AgreementInForce inForce, ReleaseStore releases, DecisionTrail trail, Clock clock) {
        this.inForce = inForce;
        this.releases = releases;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * A plan that a partner is told of.
     *
     * @param from the discipline of its coordinator, who tells it
     * @param isAgreed whether the household agreed to the plan
     */
    public record Told(UUID household, Discipline from, boolean isAgreed) {}

    /**
     * The caller's transaction.
     *
     * @return the ground it rests on; empty when nothing passes
     */
    public Optional<String> look(Told plan, Recipient pair, String user, Trace trace) {
        UUID household = plan.household();
        Instant now = clock.instant();
        Recipient partner = pair.as(Recipient.RecipientKind.PLAN_PARTNER);
        SharingFacts facts = tasks(plan.from(), plan.isAgreed() ? Set.of(Circumstance.PLAN_AGREED) : Set.of());
        Decision decision = inForce.policy().decide(facts, partner, now);
        DecisionTrail.Written written = trail.at(now);
        Release before = releases.lastOfPlan(household, partner)
                .filter(last -> last.decision().equals(decision))
                .orElse(null);
        Release release =
                new Release(before == null ? Identifier.next() : before.id(), null, household, partner, decision, now);
        if (before == null) {
            written.released(trace, facts, release);
        } else {
            written.decided(trace, facts, "pull", List.of(release));
        }
        if (decision.releases()) {
            written.processedHousehold(trace, "plan-read", household, AccessedBy.reads(user, pair.clientId()));
        }
        written.write();
        return decision.releases() ? Optional.of(decision.ground()) : Optional.empty();
    }

    /**
     * Whether a partner of an agreed plan may see its tasks at all: for a list of them, which is no look at a plan.
     *
     * @param from the discipline of the coordinator
     */
    public boolean mayList(Discipline from, Recipient pair) {
        Recipient partner = pair.as(Recipient.RecipientKind.PLAN_PARTNER);
        return inForce.policy()
                .decide(tasks(from, Set.of(Circumstance.PLAN_AGREED)), partner, clock.instant())
                .releases();
    }

    /**
     * A plan, as far as anybody outside its seats hears of it.
     *
     * @param from the discipline of who tells it
     */
    static SharingFacts tasks(Discipline from, Set<Circumstance> circumstances) {
        return SharingFacts.builder()
                .from(from)
                .classes(Set.of(DataClass.T))
                .reporterAllows(true)
                .drawnFor(true)
                .circumstances(circumstances)
                .build();
    }
}
