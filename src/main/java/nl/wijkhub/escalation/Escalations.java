package nl.wijkhub.escalation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.audit.Looker;
import nl.wijkhub.escalation.EscalationAnswerStore.Answer;
import nl.wijkhub.escalation.EscalationPolicy.Change;
import nl.wijkhub.escalation.EscalationStep.State;
import nl.wijkhub.escalation.EscalationStore.PlanRow;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.PlanEvent;
import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.sharing.EscalationSharing;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Partners.Partner;

/**
 * Steps up the ladder, for who may know of them: a pair its own, a care provider outside those of a team's seat that it was
 * told of, without a name (row 27). A step is a hand-over to the next level: open until somebody takes it up. Whether the
 * caller may see it is decided anew each time, in the caller's transaction; who may not finds nothing.
 */
public final class Escalations {
    /** Reasons of a partner that its words may be read as. What else it writes stays its own: it may be about health. */
    public static final Set<String> REASONS = Set.of("no-capacity", "not-our-work", "outside-our-area");

    private static final String PARTNER = "partner:";
    private static final String PULL = "pull";

    /**
     * What a subscriber may be told of a step, and what whoever tells it needs to know for that.
     *
     * @param epoch in which life of the plan it was raised
     */
    public record Notice(
            UUID id, UUID planId, int epoch, int level, Instant dueAt, State state, String teamId, UUID householdId) {}

    /**
     * Who looks or answers.
     *
     * @param user the user, or the system
     * @param pairs as whom; empty for a partner
     * @param partner null when it is none
     */
    public record Actor(String user, Collection<Recipient> pairs, Partner partner, Trace trace) {
        String by() {
            return partner == null ? user : PARTNER + partner.id();
        }
    }

    /**
     * A step as the caller may see it.
     *
     * @param isOwn of the caller's pair; else level, term, state and the caller's own answers are all there is
     * @param textNl the words of its rule; null when that rule is not there any more, or not to be seen
     * @param answers the oldest first
     */
    public record Seen(EscalationStep step, boolean isOwn, String textNl, List<Answer> answers) {}

    private final EscalationRules rules;
    private final EscalationStore escalations;
    private final EscalationAnswerStore answers;
    private final EscalationSharing sharing;
    private final HouseholdMatch match;
    private final PlanEventStore events;
    private final Partners partners;
    private final Told told;
    private final Clock clock;

    public Escalations(
            EscalationRules rules,
            EscalationStore escalations,
            EscalationAnswerStore answers,
            EscalationSharing sharing,
            HouseholdMatch match,
            PlanEventStore events,
            Partners partners,
            Told told,
            Clock clock) {
        this.rules = rules;
        this.escalations = escalations;
        this.answers = answers;
        this.sharing = sharing;
        this.match = match;
        this.events = events;
        this.partners = partners;
        this.told = told;
        this.clock = clock;
    }

    /**
     * What a subscriber may know of a step now, decided and logged: row 27, and that the seat itself may still see what the
     * step rests on. Empty for nothing, whatever the reason; also for a step that never opened.
     *
     * @param evaluation release, attempt or pull
     */
    public Optional<Notice> look(UUID escalationId, Partner subscriber, String evaluation) {
        return look(escalationId, subscriber, evaluation, Trace.continuing(null))
                .map(Looked::notice);
    }

    private record Looked(EscalationStep step, Notice notice) {}

    private Optional<Looked> look(UUID id, Partner subscriber, String evaluation, Trace trace) {
        EscalationStep step = escalations
                .find(id)
                .filter(one -> one.recipient().discipline() == Discipline.MUNICIPALITY && escalations.wasOpened(id))
                .orElse(null);
        if (step == null) {
            return Optional.empty();
        }
        String team = step.recipient().teamId();
        UUID household = escalations.plan(step.planId()).householdId();
        boolean maySee = sharing.tells(household, team, subscriber, evaluation, trace)
                && sharing.stands(step.signalId(), step.recipient(), evaluation);
        return maySee
                ? Optional.of(new Looked(
                        step,
                        new Notice(
                                id,
                                step.planId(),
                                step.epoch(),
                                step.level(),
                                step.dueAt(),
                                step.state(),
                                team,
                                household)))
                : Optional.empty();
    }

    /** One step, decided anew for the caller; empty for nothing. */
    public Optional<Seen> see(UUID id, Actor actor) {
        if (actor.partner() != null) {
            return told.isTold(actor.partner().id(), id)
                    ? look(id, actor.partner(), PULL, actor.trace()).map(looked -> seen(looked.step(), actor))
                    : Optional.empty();
        }
        return escalations
                .find(id)
                .filter(step -> actor.pairs().contains(step.recipient()))
                .filter(step -> sharing.stands(step.signalId(), step.recipient(), PULL))
                .map(step -> {
                    log("escalation-read", step, Looker.reads(actor.user(), client(step)), actor);
                    return seen(step, actor);
                });
    }

    /**
     * The steps of the caller's pairs as they were raised, a page.
     *
     * @param after the last of the page before; null for the first page
     */
    public List<Seen> feed(Actor actor, UUID after, int limit) {
        return shown(escalations.ofPairs(actor.pairs(), after, limit), actor);
    }

    /** What a partner was told of, by id; each is decided anew by {@link #see}. */
    public List<UUID> toldOf(Partner partner, UUID after, int limit) {
        return told.told(partner.id(), after == null ? null : after.toString(), limit);
    }

    /** What a pair saw of the ladder of one plan. */
    public List<Seen> ofPlan(UUID planId, Recipient pair) {
        return shown(escalations.ofPlan(planId, pair), new Actor(null, List.of(pair), null, null));
    }

    private List<Seen> shown(List<EscalationStep> steps, Actor actor) {
        Map<UUID, List<Answer>> said =
                answers.of(steps.stream().map(EscalationStep::id).toList());
        return steps.stream()
                .map(step -> shown(step, actor, said.getOrDefault(step.id(), List.of())))
                .toList();
    }

    /**
     * Takes a step up: who is first has it, and it is not unanswered any more. The same a second time changes nothing.
     * Rejects: one that is not open.
     */
    public Optional<Seen> take(UUID id, Actor actor) {
        EscalationStep step = held(id, actor).orElse(null);
        if (step == null) {
            return Optional.empty();
        }
        if (step.state() == State.TAKEN && actor.by().equals(takerOf(id))) {
            return Optional.of(seen(step, actor));
        }
        openOrReject(step);
        Instant now = clock.instant();
        EscalationStep taken = step.taken();
        escalations.write(List.of(new Change(step, taken)), actor.by(), now);
        answers.add(new Answer(id, Answer.TAKEN, actor.by(), null, now));
        tellPlan("escalation-taken", taken, actor, now);
        log("escalation-taken", taken, Looker.changes(user(actor), client(step)), actor);
        return Optional.of(seen(taken, actor));
    }

    /**
     * Declines a step. By its pair: it ends, and its rule is quiet for a while. By a partner: it stays open for the others;
     * when nobody is left of who was told, it asks for attention at once. The same a second time changes nothing.
     * Rejects: one that is not open.
     */
    public Optional<Seen> decline(UUID id, Actor actor, String reason) {
        EscalationStep step = held(id, actor).orElse(null);
        if (step == null) {
            return Optional.empty();
        }
        List<Answer> before = said(id);
        boolean isAgain = last(before, actor.by()).filter(Answer::isDecline).isPresent();
        if (isAgain && (step.state() == State.OPEN || step.state() == State.DECLINED)) {
            return Optional.of(seen(step, actor));
        }
        openOrReject(step);
        Instant now = clock.instant();
        answers.add(new Answer(id, Answer.DECLINED, actor.by(), reason, now));
        EscalationStep after = step;
        if (actor.partner() == null) {
            after = step.declined(now);
            escalations.write(List.of(new Change(step, after)), actor.by(), now);
            tellPlan("escalation-declined", after, actor, now);
        } else {
            escalations.tell(id, State.DECLINED.event(), actor.by(), now);
            tellPlan("escalation-declined-by-partner", after, actor, now);
            if (isNobodyLeft(id)) {
                escalations.surface(id, now);
            }
        }
        log("escalation-declined", after, Looker.changes(user(actor), client(step)), actor);
        return Optional.of(seen(after, actor));
    }

    /** These steps are past their time and nobody took them up: their history tells it. */
    public void unanswered(Collection<UUID> ids, Instant now) {
        ids.forEach(id -> escalations.tell(id, "unanswered", null, now));
    }

    /** The step, if the caller may know of it, held until the transaction ends: the household first, as everywhere. */
    private Optional<EscalationStep> held(UUID id, Actor actor) {
        EscalationStep known = escalations
                .find(id)
                .filter(step -> actor.partner() != null
                        ? told.isTold(actor.partner().id(), id)
                        : actor.pairs().contains(step.recipient()))
                .orElse(null);
        if (known == null) {
            return Optional.empty();
        }
        match.hold(escalations.plan(known.planId()).householdId());
        EscalationStep step = escalations.locked(id).orElseThrow();
        boolean maySee = actor.partner() != null
                ? look(id, actor.partner(), PULL, actor.trace()).isPresent()
                : sharing.stands(step.signalId(), step.recipient(), PULL);
        return maySee ? Optional.of(step) : Optional.empty();
    }

    private static void openOrReject(EscalationStep step) {
        if (step.state() != State.OPEN) {
            throw new Rejected(Problem.STATE_CONFLICT);
        }
    }

    /** Whether every care provider outside that was told has declined. */
    private boolean isNobodyLeft(UUID id) {
        List<Answer> said = said(id);
        return partners.ids().stream()
                .filter(partner -> partners.get(partner).discipline() == Discipline.CARE)
                .filter(partner -> told.isTold(partner, id))
                .allMatch(partner ->
                        last(said, PARTNER + partner).filter(Answer::isDecline).isPresent());
    }

    private List<Answer> said(UUID id) {
        return answers.of(List.of(id)).getOrDefault(id, List.of());
    }

    private String takerOf(UUID id) {
        return said(id).stream()
                .filter(answer -> !answer.isDecline())
                .map(Answer::by)
                .findFirst()
                .orElse(null);
    }

    private static Optional<Answer> last(List<Answer> said, String by) {
        return said.stream().filter(answer -> answer.by().equals(by)).reduce((earlier, later) -> later);
    }

    private Seen seen(EscalationStep step, Actor actor) {
        return shown(step, actor, said(step.id()));
    }

    private Seen shown(EscalationStep step, Actor actor, List<Answer> said) {
        if (actor.partner() != null) {
            List<Answer> own = said.stream()
                    .filter(answer -> answer.by().equals(actor.by()))
                    .toList();
            return new Seen(step, false, null, own);
        }
        List<Answer> readable = new ArrayList<>();
        said.forEach(answer -> readable.add(readable(answer)));
        String textNl = rules.find(step.ruleId()).map(EscalationRules.Rule::nl).orElse(null);
        return new Seen(step, true, textNl, readable);
    }

    /** What a care provider writes stays its own, like any text; a code tells nothing about a person. */
    private static Answer readable(Answer answer) {
        boolean isKept = answer.by().startsWith(PARTNER) && !REASONS.contains(String.valueOf(answer.reason()));
        return isKept ? new Answer(answer.escalationId(), answer.kind(), answer.by(), null, answer.at()) : answer;
    }

    /** The history of a plan is its seat's: what other pairs do with a step of theirs is not in it. */
    private void tellPlan(String kind, EscalationStep step, Actor actor, Instant now) {
        PlanRow plan = escalations.plan(step.planId());
        if (step.recipient().equals(new Recipient(plan.teamId(), Discipline.MUNICIPALITY))) {
            String detail =
                    Json.MAPPER.createObjectNode().put("level", step.level()).toString();
            events.add(List.of(new PlanEvent(
                    Identifier.next(), step.planId(), plan.epoch(), kind, step.id(), actor.by(), now, detail)));
        }
    }

    private void log(String what, EscalationStep step, Looker by, Actor actor) {
        sharing.looked(escalations.plan(step.planId()).householdId(), what, by, actor.trace());
    }

    private static String user(Actor actor) {
        return actor.partner() == null ? actor.user() : actor.partner().id();
    }

    private static String client(EscalationStep step) {
        return step.recipient().clientId();
    }
}
