package nl.wijkhub.casework;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.ProcessingRecord;
import nl.wijkhub.casework.HouseholdChanges.Made;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.household.HouseholdChange;
import nl.wijkhub.household.HouseholdChange.Said;
import nl.wijkhub.household.HouseholdLineage;
import nl.wijkhub.household.HouseholdMatchStore;
import nl.wijkhub.household.HouseholdMatchStore.Decision;
import nl.wijkhub.household.HouseholdMatchStore.Match;
import nl.wijkhub.household.HouseholdMatchStore.MatchReason;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.plan.PlanMatchStore;
import nl.wijkhub.plan.PlanMatchStore.PlanMatch;
import nl.wijkhub.sharing.Recipient;

/**
 * What is doubtful about households, for the one seat that may know of both: municipality in the team that has both plans,
 * to which something of each was released. To anyone else nothing of it exists. Everything runs in the caller's transaction
 * and is logged.
 */
public final class HouseholdMatches {
    private static final int MOST_SIGNALS = 10_000;

    /**
     * What came of a decision.
     *
     * @param changeId null where nothing moved
     * @param planId null where nothing moved
     * @param seat the municipality's of the team that has the plan; null where nothing moved
     */
    public record Decided(UUID changeId, UUID planId, Recipient seat) {}

    private final PlanMatchStore planMatches;
    private final HouseholdMatchStore matches;
    private final HouseholdLineage lineage;
    private final HouseholdChanges changes;
    private final PlanLifeStore plans;
    private final ProcessingLogStore processingLog;
    private final Clock clock;

    public HouseholdMatches(
            PlanMatchStore planMatches,
            HouseholdMatchStore matches,
            HouseholdLineage lineage,
            HouseholdChanges changes,
            PlanLifeStore plans,
            ProcessingLogStore processingLog,
            Clock clock) {
        this.planMatches = planMatches;
        this.matches = matches;
        this.lineage = lineage;
        this.changes = changes;
        this.plans = plans;
        this.processingLog = processingLog;
        this.clock = clock;
    }

    /** What waits for a decision of this seat, the oldest first. */
    public List<PlanMatch> waitingFor(Recipient seat, Actor actor, int limit) {
        List<PlanMatch> waiting = planMatches.waitingFor(seat, limit);
        Set<UUID> households = new HashSet<>();
        waiting.forEach(match -> {
            households.add(match.householdId());
            households.add(match.otherHouseholdId());
        });
        log("match-read", households, AccessedBy.reads(actor.user(), seat.clientId()), actor);
        return waiting;
    }

    /** Decides on a proposal. Rejects: one that was decided; to move somebody, or to say where somebody lives, of nobody. */
    public Decided decide(UUID matchId, Actor actor, Decision decision, String reason) {
        seen(matchId, actor);
        Match match = matches.held(matchId).orElseThrow();
        // whoever decided meanwhile was waited for
        PlanMatch seen = seen(matchId, actor);
        if (match.decision() != null) {
            throw decidedAlready();
        }
        if (seen.planId().equals(seen.otherPlanId())) {
            throw Rejected.of(Problem.STATE_CONFLICT, "", "decided-already.one-plan");
        }
        boolean isAboutSomebody =
                match.kind() != MatchReason.BAG && !match.key().isEmpty();
        if (!isAboutSomebody && (decision == Decision.MOVED || decision == Decision.BOTH)) {
            throw Rejected.of(Problem.INVALID_INPUT, "/decision", "about-nobody");
        }
        Said said = said(reason, actor);
        Decided decided =
                switch (decision) {
                    case MERGED -> decided(changes.merge(oldest(seen), youngest(seen), matchId, said, mine(actor)));
                    case MOVED -> decided(changes.move(match, seen.otherPlanId(), seen.planId(), said, mine(actor)));
                    case BOTH -> {
                        lineage.link(List.of(match.household(), match.other()));
                        yield new Decided(null, null, null);
                    }
                    case DIFFERENT -> new Decided(null, null, null);
                };
        if (!matches.decide(matchId, decision, reason, said.user(), said.at())) {
            throw decidedAlready();
        }
        log("match-decide", Set.of(match.household(), match.other()), by(actor, seen.planId()), actor);
        return decided;
    }

    /** Takes a decision back, with what it moved; the same is proposed again. */
    public Decided undo(UUID matchId, Actor actor, String reason) {
        seen(matchId, actor);
        Match match = matches.held(matchId).orElseThrow();
        // whoever decided meanwhile was waited for
        PlanMatch seen = seen(matchId, actor);
        if (match.decision() == null || match.undoneAt() != null) {
            throw Rejected.of(Problem.STATE_CONFLICT, "", "not-decided");
        }
        Said said = said(reason, actor);
        Optional<UUID> change = lineage.standingOf(matchId);
        Decided decided = new Decided(null, null, null);
        if (change.isPresent()) {
            decided = decided(changes.undo(change.get(), said, standing(actor)));
        } else {
            matches.undo(matchId, reason, said.user(), said.at());
        }
        log("match-undo", Set.of(match.household(), match.other()), by(actor, seen.planId()), actor);
        return decided;
    }

    /** Merges two households by hand: the plan that is named first goes on, unless the other has more to go on with. */
    public Decided merge(UUID planId, UUID otherId, Actor actor, String reason) {
        Plan plan = mine(planId, actor);
        if (!mine(otherId, actor).teamId().equals(plan.teamId())) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        Made made = changes.merge(planId, otherId, null, said(reason, actor), mine(actor));
        log(
                "household-merge",
                made.households(),
                AccessedBy.changes(actor.user(), plan.seat().clientId()),
                actor);
        return decided(made);
    }

    /** The signals of a plan that its seat may name. */
    public Set<UUID> signalsOf(UUID planId, Actor actor) {
        Plan plan = mine(planId, actor);
        return Set.copyOf(plans.signalsOf(planId, plan.seat(), MOST_SIGNALS));
    }

    /** Splits these signals off, which the seat may name. */
    public Decided split(UUID planId, Set<UUID> signals, Actor actor, String reason) {
        Plan plan = mine(planId, actor);
        Made made = changes.split(planId, signals, said(reason, actor), mine(actor));
        log(
                "household-split",
                made.households(),
                AccessedBy.changes(actor.user(), plan.seat().clientId()),
                actor);
        return decided(made);
    }

    /** Undoes a change that was made by hand, or by a decision. */
    public Decided undoChange(UUID changeId, Actor actor, String reason) {
        HouseholdChange change = lineage.held(changeId).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        // a plan that goes on as part of the other is with whoever has that one
        List<Plan> standing = Stream.of(change.fromPlan(), change.toPlan())
                .map(id -> plans.find(id).orElseThrow())
                .filter(plan -> plan.outcome() != Plan.Outcome.MERGED)
                .map(plan -> mine(plan.id(), actor))
                .toList();
        if (standing.stream().map(Plan::teamId).distinct().count() != 1) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        Made made = changes.undo(changeId, said(reason, actor), standing(actor));
        String seat = standing.get(0).seat().clientId();
        log("household-undo", made.households(), AccessedBy.changes(actor.user(), seat), actor);
        return decided(made);
    }

    /** The proposal as one of the actor's seats sees it. */
    private PlanMatch seen(UUID matchId, Actor actor) {
        return actor.pairs().stream()
                .filter(HouseholdMatches::isSeat)
                .flatMap(seat -> planMatches.find(matchId, seat).stream())
                .findFirst()
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private Plan mine(UUID planId, Actor actor) {
        return plans.find(planId)
                .filter(plan -> isMine(plan, actor))
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private boolean isMine(Plan plan, Actor actor) {
        return actor.pairs().contains(plan.seat())
                && plan.outcome() != Plan.Outcome.MERGED
                && plans.isSeenBy(plan.id(), plan.seat());
    }

    /** What is asked again of plans once they are held: all of one team, and of the actor's seat in it. */
    private Predicate<Collection<Plan>> mine(Actor actor) {
        return all -> all.stream().map(Plan::teamId).distinct().count() == 1
                && all.stream().allMatch(plan -> isMine(plan, actor));
    }

    /** The same of those that do not go on as part of another. */
    private Predicate<Collection<Plan>> standing(Actor actor) {
        return all -> mine(actor)
                .test(all.stream()
                        .filter(plan -> plan.outcome() != Plan.Outcome.MERGED)
                        .toList());
    }

    /** Whether this pair is the coordinator's seat of its team. */
    public static boolean isSeat(Recipient pair) {
        return pair.equals(new Recipient(pair.teamId(), Discipline.MUNICIPALITY));
    }

    private UUID oldest(PlanMatch match) {
        Plan plan = plans.find(match.planId()).orElseThrow();
        Plan other = plans.find(match.otherPlanId()).orElseThrow();
        return plan.openedAt().isBefore(other.openedAt()) ? plan.id() : other.id();
    }

    private UUID youngest(PlanMatch match) {
        return oldest(match).equals(match.planId()) ? match.otherPlanId() : match.planId();
    }

    private AccessedBy by(Actor actor, UUID planId) {
        return AccessedBy.changes(
                actor.user(), plans.find(planId).orElseThrow().seat().clientId());
    }

    private Said said(String reason, Actor actor) {
        return new Said(reason, actor.user(), clock.instant());
    }

    private Decided decided(Made made) {
        return new Decided(
                made.changeId(),
                made.planId(),
                plans.find(made.planId()).orElseThrow().seat());
    }

    private static Rejected decidedAlready() {
        return Rejected.of(Problem.STATE_CONFLICT, "", "decided-already.match");
    }

    private void log(String name, Collection<UUID> households, AccessedBy by, Actor actor) {
        Instant now = clock.instant();
        processingLog.insert(households.stream()
                .map(household -> new ProcessingRecord(actor.trace(), name, now, now, null, household, "household", by))
                .toList());
    }
}
