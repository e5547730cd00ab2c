package nl.wijkhub.casework;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.casework.HandoverStore.Handover;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.casework.PlanWork.PlanAction;
import nl.wijkhub.escalation.EscalationHandover;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.AttachedSignal;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanAttach;
import nl.wijkhub.plan.PlanEvent;
import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.sharing.OnwardSharing;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.team.Delivery;
import nl.wijkhub.team.Priority;
import nl.wijkhub.team.QueueItem;
import nl.wijkhub.team.QueueWorkStore;
import nl.wijkhub.team.Team;
import nl.wijkhub.team.TeamQueue;
import nl.wijkhub.team.Teams;

/**
 * Hands a plan over to another team: asked by one seat, open until the other takes it up. Then the plan goes with all
 * that is open on it, and every release is decided anew for the receiving team; what that team may not have stays behind,
 * closed. The ladder goes on there as far as that team may see why. The caller's transaction.
 */
public final class Handovers {
    private final HandoverStore handovers;
    private final PlanWork work;
    private final PlanLifeStore plans;
    private final PlanAttach attach;
    private final PlanEventStore events;
    private final OnwardSharing onward;
    private final HouseholdMatch match;
    private final QueueWorkStore items;
    private final TeamQueue queue;
    private final EscalationHandover ladder;
    private final Teams teams;

    public Handovers(
            PlanStores stores,
            PlanWork work,
            PlanAttach attach,
            OnwardSharing onward,
            HouseholdMatch match,
            TeamQueue queue,
            EscalationHandover ladder,
            Teams teams) {
        this.handovers = stores.handovers();
        this.work = work;
        this.plans = stores.plans();
        this.attach = attach;
        this.events = stores.events();
        this.onward = onward;
        this.match = match;
        this.items = stores.items();
        this.queue = queue;
        this.ladder = ladder;
        this.teams = teams;
    }

    /** Asks another team to take a plan. Rejects: a team that is none or has it already, a plan that is closed or on its way. */
    public Handover ask(UUID planId, Actor actor, String to, String reason) {
        Plan plan = work.atMunicipality(planId, actor);
        if (teams.find(to).isEmpty() || to.equals(plan.teamId())) {
            throw Rejected.of(
                    Problem.INVALID_INPUT,
                    "/to",
                    to.equals(plan.teamId()) ? "same-team" : "unknown-team",
                    teams.all().stream().map(Team::id).sorted().toList());
        }
        if (!plan.isOpen()) {
            throw conflict("plan-closed.handover");
        }
        if (handovers.openOf(planId).isPresent()) {
            throw conflict("handover-open.already");
        }
        Instant now = work.now();
        Handover one = new Handover(
                Identifier.next(),
                planId,
                plan.teamId(),
                to,
                reason,
                actor.user(),
                now,
                now.plus(teams.find(to).orElseThrow().terms().get(Priority.HIGH)),
                null,
                null);
        handovers.ask(one);
        work.write(
                plan,
                plan,
                plan.seat(),
                actor,
                new PlanAction("handover-asked", one.id(), said("to", to, reason), null));
        return one;
    }

    /** Takes a hand-over back that nobody answered. */
    public void withdraw(UUID planId, Actor actor, String reason) {
        Plan plan = work.atMunicipality(planId, actor);
        Handover one = handovers.openOf(planId).orElseThrow(() -> conflict("no-handover"));
        handovers.answer(one.id(), "WITHDRAWN", actor.user(), reason, work.now());
        work.write(
                plan,
                plan,
                plan.seat(),
                actor,
                new PlanAction("handover-withdrawn", one.id(), said("to", one.toTeam(), reason), null));
    }

    /** Refuses a plan, which stays where it is. */
    public Handover refuse(UUID planId, Actor actor, String reason) {
        Plan plan = work.held(planId);
        Handover one = forMe(planId, actor);
        handovers.answer(one.id(), "REFUSED", actor.user(), reason, work.now());
        work.write(
                plan,
                plan,
                asked(one),
                actor,
                new PlanAction("handover-refused", one.id(), said("by", one.toTeam(), reason), null));
        return one;
    }

    /**
     * Takes a plan up.
     *
     * @return what has to be sent once the transaction is committed
     */
    public List<Delivery> accept(UUID planId, Actor actor) {
        Plan plan = work.held(planId);
        Handover one = forMe(planId, actor);
        Instant now = work.now();
        List<Recipient> pairs = teams.ofTeam(one.toTeam());
        Map<UUID, UUID> householdOf = new HashMap<>();
        List<UUID> waited = onward.endHolds(plan.householdId());
        waited.forEach(signal -> householdOf.put(signal, plan.householdId()));
        plans.allSignalsOf(planId).forEach(signal -> {
            householdOf.put(signal, plan.householdId());
            waited.remove(signal);
        });
        // decided while it is still the other team's: what it passes on, it passes on
        List<DecidedSignal> decided = onward.decide(householdOf, pairs, null, Set.of(), "handover");
        match.handOver(plan.householdId(), one.toTeam());
        attach.passOn(planId, decided, plan.epoch(), now);
        List<Delivery> outgoing = queue.passOn(moved(plan, one, actor, decided, Set.copyOf(waited), now));
        handovers.answer(one.id(), "ACCEPTED", actor.user(), null, now);
        work.write(
                plan,
                plan.goesTo(one.toTeam(), seat -> teams.counterpart(seat, one.toTeam()), actor.user(), now),
                asked(one),
                actor,
                new PlanAction("handover-accepted", one.id(), said("from", one.fromTeam(), null), null));
        ladder.handOver(planId, one.fromTeam(), pairs, seat -> teams.counterpart(seat, one.toTeam()));
        return outgoing;
    }

    /**
     * Moves what is open: an item goes when the seat of its organisation in the other team gets the signal, and stays behind
     * otherwise.
     * What the other team let go of before comes back as it was.
     *
     * @param waited signals that nobody had yet
     * @return the signals that are new to pairs of the other team
     */
    private List<AttachedSignal> moved(
            Plan plan, Handover one, Actor actor, List<DecidedSignal> decided, Set<UUID> waited, Instant now) {
        Map<UUID, Set<Recipient>> passed = new HashMap<>();
        decided.forEach(d -> passed.put(
                d.signalId(), d.released().stream().map(Release::recipient).collect(Collectors.toSet())));
        Set<String> open = new HashSet<>();
        for (QueueItem item : items.openOfPlan(plan.id())) {
            if (!item.recipient().teamId().equals(plan.teamId())) {
                continue;
            }
            Recipient there = teams.counterpart(item.recipient(), one.toTeam()).orElse(null);
            boolean goes = there != null
                    && passed.getOrDefault(item.signalId(), Set.of()).contains(there);
            open.add(key(item.signalId(), there));
            open.add(item.signalId().toString());
            items.move(
                    item.id(),
                    goes ? QueueItem.ItemState.HANDED_OVER : QueueItem.ItemState.DONE,
                    null,
                    goes ? "handed-over" : "left-behind",
                    actor.user(),
                    null,
                    now);
        }
        Set<String> back = new HashSet<>();
        for (QueueItem item : items.leftBy(one.toTeam(), plan.id())) {
            back.add(key(item.signalId(), item.recipient()));
            items.move(item.id(), QueueItem.ItemState.WAITING, null, "came-back", actor.user(), null, now);
        }
        List<AttachedSignal> fresh = new ArrayList<>();
        for (DecidedSignal d : decided) {
            List<Release> news = d.released().stream()
                    .filter(r -> !back.contains(key(d.signalId(), r.recipient())))
                    .filter(r -> waited.contains(d.signalId())
                            || open.contains(key(d.signalId(), r.recipient()))
                            || (open.contains(d.signalId().toString())
                                    && teams.counterpart(r.recipient(), plan.teamId())
                                            .isEmpty()))
                    .toList();
            if (!news.isEmpty()) {
                DecidedSignal theirs = new DecidedSignal(d.matched(), news, List.of());
                fresh.add(new AttachedSignal(theirs, plan.id(), plan.epoch(), null));
            }
        }
        return fresh;
    }

    private static String key(UUID signal, Recipient seat) {
        return seat == null ? "" : signal + "|" + seat.clientId();
    }

    private Handover forMe(UUID planId, Actor actor) {
        return handovers
                .openOf(planId)
                .filter(one -> actor.pairs().contains(asked(one)))
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    /** The seat of the other team that answers. */
    private static Recipient asked(Handover one) {
        return new Recipient(one.toTeam(), Discipline.MUNICIPALITY);
    }

    /** Reminds, once, of what waits past half its time. */
    public void remind() {
        for (Handover one : handovers.remind(work.now())) {
            int epoch = plans.find(one.planId()).map(Plan::epoch).orElse(1);
            events.add(List.of(new PlanEvent(
                    Identifier.next(), one.planId(), epoch, "handover-reminded", one.id(), null, work.now(), null)));
        }
    }

    private static String said(String what, String team, String reason) {
        var detail = Json.MAPPER.createObjectNode().put(what, team);
        return (reason == null ? detail : detail.put("reason", reason)).toString();
    }

    private static Rejected conflict(String key) {
        return Rejected.of(Problem.STATE_CONFLICT, "", key);
    }
}
