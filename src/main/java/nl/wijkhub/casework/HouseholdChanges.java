package nl.wijkhub.casework;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import nl.wijkhub.escalation.StepMoveStore;
import nl.wijkhub.household.HouseholdChange;
import nl.wijkhub.household.HouseholdChange.ChangeKind;
import nl.wijkhub.household.HouseholdChange.Former;
import nl.wijkhub.household.HouseholdChange.Said;
import nl.wijkhub.household.HouseholdLineage;
import nl.wijkhub.household.HouseholdMatchStore;
import nl.wijkhub.household.HouseholdMatchStore.Match;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanEvent;
import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.plan.PlanMoveStore;
import nl.wijkhub.team.ItemMoveStore;

/**
 * Merges two households with their plans, moves somebody from one to the other, splits one; and undoes each of these. What
 * went goes back, and what came since with it. The caller's transaction; the caller is asked who may, once the plans are
 * held.
 */
public final class HouseholdChanges {
    /**
     * What was made.
     *
     * @param planId of what is left of both, of where somebody went, of what was split off
     */
    public record Made(UUID changeId, UUID planId, Set<UUID> households) {}

    private final HouseholdLineage lineage;
    private final HouseholdMatchStore matches;
    private final PlanLifeStore plans;
    private final PlanMoveStore moves;
    private final PlanEventStore events;
    private final ItemMoveStore items;
    private final StepMoveStore steps;
    private final HandoverStore handovers;

    public HouseholdChanges(
            HouseholdLineage lineage,
            HouseholdMatchStore matches,
            PlanLifeStore plans,
            PlanMoveStore moves,
            PlanEventStore events,
            ItemMoveStore items,
            StepMoveStore steps,
            HandoverStore handovers) {
        this.lineage = lineage;
        this.matches = matches;
        this.plans = plans;
        this.moves = moves;
        this.events = events;
        this.items = items;
        this.steps = steps;
        this.handovers = handovers;
    }

    /**
     * Two households are one: the plan that was named first goes on, unless the other is the only open one, or the only
     * open one that somebody coordinates. Rejects: plans of one household, a plan that is on its way to another team.
     *
     * @param matchId the proposal that is decided so; null for none
     * @param may whether these plans are, now that they are held, the caller's to change
     */
    Made merge(UUID one, UUID other, UUID matchId, Said said, Predicate<Collection<Plan>> may) {
        Map<UUID, Plan> held = held(List.of(one, other), may);
        boolean turned = weight(held.get(other)) > weight(held.get(one));
        Plan stays = held.get(turned ? other : one);
        Plan goes = held.get(turned ? one : other);
        if (stays.householdId().equals(goes.householdId())) {
            throw conflict("same-household");
        }
        Former former = new Former(
                goes.state().name(),
                goes.epoch(),
                goes.outcome() == null ? null : goes.outcome().name(),
                goes.closedAt());
        HouseholdChange change = change(ChangeKind.MERGE, goes, stays.householdId(), stays.id(), matchId, former, said);
        Map<UUID, Integer> moved = moves.signalsOf(goes.id());
        lineage.merge(change, moved, said);
        go(goes.id(), stays.id(), inLife(moved.keySet(), stays.epoch()), said.at());
        moves.merge(goes.id(), stays.id(), said.at());
        steps.move(change.id(), goes.id(), stays.id(), stays.epoch());
        boolean hasPartners = goes.participants().stream().anyMatch(part -> part.isPartner() && part.takesPart());
        if (stays.agreedOn() != null && goes.agreedOn() == null && hasPartners) {
            // the household agreed to a plan without them
            moves.notAgreed(stays.id());
        }
        tell(change, "household-merged", said, held.values());
        return made(change);
    }

    /**
     * Somebody lives elsewhere: what is about that person alone goes along, and what comes about the person without an
     * address. Rejects: a plan to go to that is closed.
     *
     * @param match where the person is now, and the other household
     * @param may whether these plans are, now that they are held, the caller's to change
     */
    Made move(Match match, UUID fromPlan, UUID toPlan, Said said, Predicate<Collection<Plan>> may) {
        Map<UUID, Plan> held = held(List.of(fromPlan, toPlan), may);
        Plan from = held.get(fromPlan);
        Plan to = held.get(toPlan);
        if (!to.isOpen()) {
            throw conflict("plan-closed.target");
        }
        HouseholdLineage.Part part = lineage.ofPerson(match, moves.ownOf(from.householdId(), from.id()));
        HouseholdChange change = change(ChangeKind.MOVE, from, to.householdId(), to.id(), match.id(), null, said);
        lineage.part(change, lives(part.signals(), moves.signalsOf(from.id())), part.aliases(), said);
        go(from.id(), to.id(), inLife(part.signals(), to.epoch()), said.at());
        tell(change, "resident-moved", said, held.values());
        return made(change);
    }

    /**
     * These signals of a plan are of another household: it gets a plan of its own, proposed to the same team. Rejects: a plan
     * that is closed, or does not have them any more.
     *
     * @param may whether this plan is, now that it is held, the caller's to change
     */
    Made split(UUID planId, Set<UUID> chosen, Said said, Predicate<Collection<Plan>> may) {
        Plan plan = held(List.of(planId), may).get(planId);
        Map<UUID, Integer> inPlan = moves.signalsOf(planId);
        if (!plan.isOpen()) {
            throw conflict("plan-closed.split");
        }
        if (!inPlan.keySet().containsAll(chosen)) {
            throw conflict("signals-changed");
        }
        Set<UUID> others = new HashSet<>(moves.ownOf(plan.householdId(), planId));
        others.removeAll(chosen);
        HouseholdLineage.Part part = lineage.ofSignals(chosen, others);
        UUID household = lineage.apart(plan.householdId(), said);
        UUID own = moves.open(household, plan.teamId(), said.at());
        HouseholdChange change = change(ChangeKind.SPLIT, plan, household, own, null, null, said);
        lineage.part(change, lives(chosen, inPlan), part.aliases(), said);
        go(planId, own, inLife(chosen, 1), said.at());
        tell(change, "household-split", said, List.of(plan));
        return made(change);
    }

    /**
     * Rejects: what was undone already, what was changed on, and what would give a household a second open plan.
     *
     * @param may whether these plans are, now that they are held, the caller's to change
     */
    Made undo(UUID changeId, Said said, Predicate<Collection<Plan>> may) {
        HouseholdChange change = lineage.held(changeId).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        Map<UUID, Plan> held = held(List.of(change.fromPlan(), change.toPlan()), may);
        Plan from = held.get(change.fromPlan());
        Plan to = held.get(change.toPlan());
        lineage.mayBeUndone(change);
        Map<UUID, Integer> back = lineage.undo(change, said);
        int epoch = change.kind() == ChangeKind.MERGE ? change.former().epoch() : from.epoch();
        if (change.kind() == ChangeKind.MERGE) {
            standsByItself(change, from, to);
        }
        Map<UUID, Integer> epochs = new LinkedHashMap<>();
        back.forEach((signal, life) -> epochs.put(signal, life == null ? epoch : life));
        go(to.id(), from.id(), epochs, said.at());
        if (change.kind() == ChangeKind.MERGE) {
            steps.moveBack(change.id(), from.id(), to.id());
        }
        if (change.kind() == ChangeKind.SPLIT) {
            moves.merge(to.id(), from.id(), said.at());
            steps.move(change.id(), to.id(), from.id(), from.epoch());
        }
        if (change.matchId() != null) {
            matches.undo(change.matchId(), said.reason(), said.user(), said.at());
        }
        tell(change, "household-change-undone", said, held.values());
        return made(change);
    }

    private void standsByItself(HouseholdChange change, Plan from, Plan to) {
        Former former = change.former();
        if (!former.state().equals(Plan.PlanState.CLOSED.name()) && moves.hasOtherOpen(change.from(), from.id())) {
            throw conflict("second-open-plan.other");
        }
        moves.restore(from.id(), former, to.teamId());
        moves.mergedBack(from.id(), to.id());
        if (!from.teamId().equals(to.teamId())) {
            // handed over as one since: both are with that team
            lineage.handOver(change.from(), to.teamId());
        }
    }

    /** Which of two plans rather goes on: one that is open, and of those one that somebody coordinates. */
    private static int weight(Plan plan) {
        if (!plan.isOpen()) {
            return 0;
        }
        return plan.coordinator() == null ? 1 : 2;
    }

    /** The plans, their households held first. Rejects: plans that meanwhile are not the caller's to change. */
    private Map<UUID, Plan> held(Collection<UUID> ids, Predicate<Collection<Plan>> may) {
        Set<UUID> households = new HashSet<>();
        for (UUID id : ids) {
            households.add(plans.householdOf(id).orElseThrow(() -> new Rejected(Problem.NOT_FOUND)));
        }
        lineage.hold(households);
        Map<UUID, Plan> held = new LinkedHashMap<>();
        for (UUID id : new TreeSet<>(ids)) {
            held.put(id, plans.locked(id).orElseThrow(() -> new Rejected(Problem.NOT_FOUND)));
        }
        if (!may.test(held.values())) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        for (UUID id : held.keySet()) {
            if (handovers.openOf(id).isPresent()) {
                throw conflict("handover-open");
            }
        }
        return held;
    }

    private static HouseholdChange change(
            ChangeKind kind, Plan from, UUID toHousehold, UUID toPlan, UUID matchId, Former former, Said said) {
        return new HouseholdChange(
                Identifier.next(),
                kind,
                from.householdId(),
                toHousehold,
                matchId,
                from.id(),
                toPlan,
                former,
                said.at(),
                false);
    }

    private static Made made(HouseholdChange change) {
        return new Made(change.id(), change.toPlan(), Set.of(change.from(), change.to()));
    }

    private void go(UUID from, UUID to, Map<UUID, Integer> epochs, Instant at) {
        moves.move(from, to, epochs);
        items.move(from, to, epochs, at);
    }

    /** In which life of its plan each of these signals is; null for one that is in none. */
    private static Map<UUID, Integer> lives(Collection<UUID> signals, Map<UUID, Integer> inPlan) {
        Map<UUID, Integer> lives = new LinkedHashMap<>();
        signals.forEach(signal -> lives.put(signal, inPlan.get(signal)));
        return lives;
    }

    private static Map<UUID, Integer> inLife(Collection<UUID> signals, int epoch) {
        Map<UUID, Integer> lives = new LinkedHashMap<>();
        signals.forEach(signal -> lives.put(signal, epoch));
        return lives;
    }

    /** Each plan's history tells it, with the reason; the other plan is named by the change alone. */
    private void tell(HouseholdChange change, String kind, Said said, Collection<Plan> of) {
        String detail =
                Json.MAPPER.createObjectNode().put("reason", said.reason()).toString();
        events.add(of.stream()
                .map(plan -> new PlanEvent(
                        Identifier.next(), plan.id(), plan.epoch(), kind, change.id(), said.user(), said.at(), detail))
                .toList());
    }

    private static Rejected conflict(String key) {
        return Rejected.of(Problem.STATE_CONFLICT, "", key);
    }
}
