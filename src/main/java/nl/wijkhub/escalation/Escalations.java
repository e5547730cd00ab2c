package nl.wijkhub.escalation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.escalation.EscalationAnswerStore.Answer;
import nl.wijkhub.escalation.EscalationStep.StepState;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.EscalationSharing;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Partners.Partner;

/**
 * Steps up the ladder, for who may know of them: a pair its own, a care provider outside those of a team's seat that it was
 * told of, without a name (row 27). Whether the caller may see it is decided anew each time, in the caller's transaction;
 * who may not finds nothing. What is answered to them is in {@link EscalationAnswers}.
 */
public final class Escalations {
    /** Reasons of a partner that its words may be read as. What else it writes stays its own: it may be about health. */
    public static final Set<String> REASONS = Set.of("no-capacity", "not-our-work", "outside-our-area");

    static final String PARTNER = "partner:";
    private static final String PULL = "pull";

    /**
     * What a subscriber may be told of a step, and what whoever tells it needs to know for that.
     *
     * @param epoch in which life of the plan it was raised
     */
    public record Notice(
            UUID id,
            UUID planId,
            int epoch,
            int level,
            Instant dueAt,
            StepState state,
            String teamId,
            UUID householdId) {}

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
    private final EscalationSeenStore steps;
    private final EscalationAnswerStore answers;
    private final EscalationSharing sharing;
    private final Told told;

    public Escalations(EscalationStores stores, EscalationRules rules, EscalationSharing sharing, Told told) {
        this.rules = rules;
        this.escalations = stores.steps();
        this.steps = stores.seen();
        this.answers = stores.answers();
        this.sharing = sharing;
        this.told = told;
    }

    /**
     * What a subscriber may know of a step now, decided and logged: row 27, and that the seat itself may still see what the
     * step rests on. Empty for nothing, whatever the reason; also for a step that never opened.
     *
     * @param evaluation release, attempt or pull
     */
    public Optional<Notice> look(UUID escalationId, Partner subscriber, String evaluation) {
        return look(escalationId, subscriber, evaluation, Trace.continuing(null));
    }

    private Optional<Notice> look(UUID id, Partner subscriber, String evaluation, Trace trace) {
        EscalationStep step = steps.find(id)
                .filter(one -> one.recipient().discipline() == Discipline.MUNICIPALITY && steps.wasOpened(id))
                .orElse(null);
        if (step == null) {
            return Optional.empty();
        }
        String team = step.recipient().teamId();
        UUID household = escalations.plan(step.planId()).householdId();
        boolean maySee = sharing.tells(household, team, subscriber, evaluation, trace)
                && sharing.stands(step.signalId(), step.recipient(), evaluation);
        return maySee
                ? Optional.of(new Notice(
                        id, step.planId(), step.epoch(), step.level(), step.dueAt(), step.state(), team, household))
                : Optional.empty();
    }

    /** One step, decided anew for the caller; empty for nothing. */
    public Optional<Seen> see(UUID id, Actor actor) {
        return known(id, actor).filter(step -> maySee(step, actor)).map(step -> {
            if (actor.partner() == null) {
                log(
                        "escalation-read",
                        step,
                        AccessedBy.reads(actor.user(), step.recipient().clientId()),
                        actor);
            }
            return seen(step, actor);
        });
    }

    /** The step, if it is the caller's or was told to it; whether it may still be seen is another question. */
    Optional<EscalationStep> known(UUID id, Actor actor) {
        return steps.find(id)
                .filter(step -> actor.partner() != null
                        ? told.isTold(actor.partner().id(), id)
                        : actor.pairs().contains(step.recipient()));
    }

    /** Decided anew, and logged. */
    boolean maySee(EscalationStep step, Actor actor) {
        return actor.partner() != null
                ? look(step.id(), actor.partner(), PULL, actor.trace()).isPresent()
                : sharing.stands(step.signalId(), step.recipient(), PULL);
    }

    /**
     * The steps of the caller's pairs as they were raised, a page.
     *
     * @param after the last of the page before; null for the first page
     */
    public List<Seen> feed(Actor actor, UUID after, int limit) {
        return shown(steps.ofPairs(actor.pairs(), after, limit), actor);
    }

    /** What stands at the actor's pairs and waits for an answer, the first term first. */
    public List<Seen> standing(Actor actor, int limit) {
        return shown(steps.standing(actor.pairs(), limit), actor);
    }

    /** What a partner was told of, by id; each is decided anew by {@link #see}. */
    public List<UUID> toldOf(Partner partner, UUID after, int limit) {
        return told.told(partner.id(), after == null ? null : after.toString(), limit);
    }

    /** What a pair saw of the ladder of one plan. */
    public List<Seen> ofPlan(UUID planId, Recipient pair) {
        return shown(steps.ofPlan(planId, pair), new Actor(null, List.of(pair), null, null));
    }

    private List<Seen> shown(List<EscalationStep> page, Actor actor) {
        Map<UUID, List<Answer>> said =
                answers.of(page.stream().map(EscalationStep::id).toList());
        return page.stream()
                .map(step -> shown(step, actor, said.getOrDefault(step.id(), List.of())))
                .toList();
    }

    List<Answer> said(UUID id) {
        return answers.of(List.of(id)).getOrDefault(id, List.of());
    }

    Seen seen(EscalationStep step, Actor actor) {
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

    void log(String what, EscalationStep step, AccessedBy by, Actor actor) {
        sharing.looked(escalations.plan(step.planId()).householdId(), what, by, actor.trace());
    }
}
