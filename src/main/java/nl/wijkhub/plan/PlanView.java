package nl.wijkhub.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Goal;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Position;
import nl.wijkhub.plan.PlanPart.Score;
import nl.wijkhub.plan.PlanPart.Side;
import nl.wijkhub.plan.PlanPart.Weighing;
import nl.wijkhub.sharing.Recipient;

/**
 * A plan as one viewer may see it: all of it at the coordinator's seat; at a partner its own tasks and whom to call, in a
 * shape that is the same whatever else there is. It holds what the viewer sees and nothing else, so that it changes only
 * when that does. Source: docs/sharing.md, rows 17 and 20.
 */
public sealed interface PlanView {
    UUID id();

    List<Member> participants();

    List<Task> agreements();

    List<Question> weighings();

    /** At the coordinator's seat. */
    record OfSeat(
            UUID id,
            String teamId,
            Standing standing,
            Coordinator coordinator,
            List<String> strengths,
            List<Member> participants,
            List<Goal> goals,
            List<Task> agreements,
            List<Scored> scores,
            List<Question> weighings)
            implements PlanView {}

    /**
     * At a partner: what it does, who else to call, and what it is asked to take a stand on.
     *
     * @param contact whom to call
     * @param ground on which it is told
     */
    record OfPartner(
            UUID id,
            String contact,
            String ground,
            List<Member> participants,
            List<Task> agreements,
            List<Question> weighings)
            implements PlanView {}

    /**
     * How a plan stands.
     *
     * @param isReopened it was closed before
     * @param closedAt null until it closes; so is the outcome
     * @param agreedOn when the household agreed to it; null while it did not
     */
    record Standing(
            Plan.PlanState state,
            boolean isReopened,
            Instant openedAt,
            Instant closedAt,
            Plan.Outcome outcome,
            LocalDate agreedOn) {}

    /**
     * Who takes part, or did. To a partner the pair is all there is.
     *
     * @param pair null for an informal helper, who has a name and a load limit
     * @param openAgreements what is left to do; null to a partner
     * @param leftAt null while taking part
     */
    record Member(
            UUID id,
            Recipient pair,
            String name,
            String contact,
            Integer loadLimit,
            Long openAgreements,
            Instant joinedAt,
            Instant leftAt) {
        public boolean isPartner() {
            return pair != null;
        }

        public boolean takesPart() {
            return leftAt == null;
        }
    }

    /** An agreement, and whether it is late by now. */
    record Task(Agreement agreement, boolean isLate) {
        private static Task of(Agreement agreement, LocalDate today) {
            return new Task(agreement, agreement.isLate(today));
        }

        /** {@code open}, {@code late}, {@code done} or {@code dropped}. */
        public String state() {
            return isLate ? "late" : agreement.state().code();
        }

        /** Whoever owns it: the id of a participant, {@code coordinator} or {@code household}. */
        public String owner() {
            return agreement.participantId() == null
                    ? agreement.owner().code()
                    : agreement.participantId().toString();
        }
    }

    /** Scores, and whether they are of this life of the plan. */
    record Scored(Score score, boolean isCurrent) {}

    /**
     * Something to weigh. To a partner what others said of it is theirs, and why it was decided so is not told.
     *
     * @param decision null while it is open
     * @param own where a partner stands itself; null when it did not say so, and at the seat
     */
    record Question(
            UUID id,
            String question,
            Instant openedAt,
            Side decision,
            String reason,
            String decidedBy,
            List<Position> positions,
            Position own) {}

    static OfSeat ofSeat(Plan plan, LocalDate today) {
        return new OfSeat(
                plan.id(),
                plan.teamId(),
                new Standing(
                        plan.state(),
                        plan.epoch() > 1 && plan.isOpen(),
                        plan.openedAt(),
                        plan.closedAt(),
                        plan.outcome(),
                        plan.agreedOn()),
                plan.coordinator(),
                plan.strengths(),
                plan.participants().stream().map(one -> member(plan, one)).toList(),
                plan.goals(),
                plan.agreements().stream().map(one -> Task.of(one, today)).toList(),
                plan.scores().stream()
                        .map(score -> new Scored(score, score.epoch() == plan.epoch()))
                        .toList(),
                plan.weighings().stream().map(PlanView::question).toList());
    }

    static OfPartner ofPartner(Plan plan, Participant self, String contact, String ground, LocalDate today) {
        return new OfPartner(
                plan.id(),
                contact,
                ground,
                plan.participants().stream()
                        .filter(one -> one.takesPart() && one.isPartner())
                        .map(one -> new Member(one.id(), one.pair(), null, null, null, null, null, null))
                        .toList(),
                plan.agreements().stream()
                        .filter(one -> self.id().equals(one.participantId()))
                        .map(one -> Task.of(one, today))
                        .toList(),
                plan.weighings().stream()
                        .filter(one -> isAsked(one, self))
                        .map(one -> asked(one, self.pair()))
                        .toList());
    }

    private static Member member(Plan plan, Participant one) {
        return new Member(
                one.id(),
                one.pair(),
                one.name(),
                one.contact(),
                one.loadLimit(),
                plan.openOf(one),
                one.joinedAt(),
                one.leftAt());
    }

    private static Question question(Weighing one) {
        return new Question(
                one.id(),
                one.question(),
                one.openedAt(),
                one.decision(),
                one.reason(),
                one.decidedBy(),
                one.positions(),
                null);
    }

    /** What was opened while it took part and waits for its position, or has it. */
    private static boolean isAsked(Weighing one, Participant self) {
        boolean isOpen = one.decision() == null && !one.openedAt().isBefore(self.joinedAt());
        return isOpen
                || one.positions().stream().anyMatch(position -> position.pair().equals(self.pair()));
    }

    private static Question asked(Weighing one, Recipient pair) {
        Position own = one.positions().stream()
                .filter(position -> position.pair().equals(pair))
                .findFirst()
                .orElse(null);
        return new Question(one.id(), one.question(), null, one.decision(), null, null, List.of(), own);
    }
}
