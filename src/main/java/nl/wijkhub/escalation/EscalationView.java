package nl.wijkhub.escalation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.escalation.EscalationAnswerStore.Answer;
import nl.wijkhub.escalation.EscalationStep.Ending;
import nl.wijkhub.escalation.EscalationStep.StepState;
import nl.wijkhub.escalation.Escalations.Seen;
import nl.wijkhub.sharing.Recipient;

/**
 * A step as one viewer may see it: all of it at the pair it belongs to; outside, how high it is, how soon somebody is to
 * take it up, how it stands, and what the viewer itself answered. Source: docs/sharing.md, row 27.
 *
 * @param state who declined sees its own word while the step is open
 * @param answers outside, the viewer's own last one alone
 * @param own what its own pair sees; null outside
 */
public record EscalationView(UUID id, int level, Instant dueAt, StepState state, List<Answer> answers, Own own) {
    /**
     * What the pair sees that a step belongs to.
     *
     * @param textNl null when its rule is not there any more
     * @param triedUntil null where nothing else is tried first
     * @param endedAt null while it stands
     * @param ending null while it was not closed
     */
    public record Own(
            UUID planId,
            Recipient pair,
            String ruleId,
            String textNl,
            Instant raisedAt,
            Instant triedUntil,
            Instant endedAt,
            Ending ending) {}

    public static EscalationView of(Seen seen) {
        return seen.isOwn() ? ofPair(seen) : ofPartner(seen);
    }

    private static EscalationView ofPair(Seen seen) {
        EscalationStep step = seen.step();
        Own own = new Own(
                step.planId(),
                step.recipient(),
                step.ruleId(),
                seen.textNl(),
                step.raisedAt(),
                step.triedUntil(),
                step.endedAt(),
                step.ending());
        return new EscalationView(step.id(), step.level(), step.dueAt(), step.state(), seen.answers(), own);
    }

    private static EscalationView ofPartner(Seen seen) {
        EscalationStep step = seen.step();
        List<Answer> said = seen.answers();
        List<Answer> last = said.isEmpty() ? List.of() : List.of(said.get(said.size() - 1));
        boolean isDeclined = step.state() == StepState.OPEN && last.stream().anyMatch(Answer::isDecline);
        return new EscalationView(
                step.id(), step.level(), step.dueAt(), isDeclined ? StepState.DECLINED : step.state(), last, null);
    }
}
