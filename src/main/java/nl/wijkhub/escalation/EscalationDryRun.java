package nl.wijkhub.escalation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.escalation.EscalationPolicy.Change;
import nl.wijkhub.escalation.EscalationPolicy.Meanwhile;
import nl.wijkhub.escalation.EscalationPolicy.PlanAsSeen;
import nl.wijkhub.sharing.Recipient;

/**
 * What other rules would have opened in a history, held against what the rules in force would have. Changes nothing.
 * Late agreements and hand-overs count as they stand now, in one look at the end; what people did with a step, and what
 * care answered, is left out.
 */
public final class EscalationDryRun {
    /** A step that would have opened: the plan it moves, for whom, by which rule, when. */
    public record Move(UUID planId, Recipient recipient, int level, String ruleId, Instant at) {}

    /** What makes two moves the same, by whatever rule. */
    private record Place(int level, Instant at) {}

    private final EscalationPolicy inForce;
    private final EscalationPolicy other;
    private final Instant since;
    private final Instant now;
    private final List<Move> more = new ArrayList<>();
    private final List<Move> less = new ArrayList<>();
    private long same;

    /**
     * @param since what would have opened before is not told
     */
    public EscalationDryRun(EscalationRules inForce, EscalationRules other, Instant since, Instant now) {
        this.inForce = new EscalationPolicy(inForce);
        this.other = new EscalationPolicy(other);
        this.since = since;
        this.now = now;
    }

    /**
     * @param history everything one recipient saw of one plan, oldest first
     * @param today what else is known of it now
     */
    public void add(List<SeenSignal> history, PlanFacts.Facts today) {
        if (history.isEmpty()) {
            return;
        }
        Map<Place, Move> before = places(new Replay(inForce, history, today).moves());
        Map<Place, Move> after = places(new Replay(other, history, today).moves());
        after.forEach((place, move) -> {
            if (before.containsKey(place)) {
                same++;
            } else {
                more.add(move);
            }
        });
        before.forEach((place, move) -> {
            if (!after.containsKey(place)) {
                less.add(move);
            }
        });
    }

    private Map<Place, Move> places(List<Move> moves) {
        Map<Place, Move> places = new LinkedHashMap<>();
        moves.stream()
                .filter(move -> !move.at().isBefore(since))
                .forEach(move -> places.put(new Place(move.level(), move.at()), move));
        return places;
    }

    /** What only the other rules would have opened. */
    public List<Move> more() {
        return List.copyOf(more);
    }

    /** What only the rules in force would have opened. */
    public List<Move> less() {
        return List.copyOf(less);
    }

    public long sameCount() {
        return same;
    }

    /** The history of one recipient and one plan under one set of rules. */
    private final class Replay {
        private final EscalationPolicy policy;
        private final List<SeenSignal> history;
        private final PlanFacts.Facts today;
        private final List<SeenSignal> sofar = new ArrayList<>();
        private final Ladder ladder = new Ladder(List.of());
        private final List<Move> moves = new ArrayList<>();

        Replay(EscalationPolicy policy, List<SeenSignal> history, PlanFacts.Facts today) {
            this.policy = policy;
            this.history = history;
            this.today = today;
        }

        List<Move> moves() {
            for (SeenSignal signal : history) {
                passUntil(signal.at());
                sofar.add(signal);
                Tally tally = Tally.of(sofar, epoch(), signal.at());
                EscalationFacts facts = tally.facts(
                        signal.severity(), signal.category(), known(PlanFacts.Facts.NONE), level(), signal.at());
                take(policy.onSignal(view(facts), signal.at()), signal.at());
            }
            passUntil(now);
            boolean isLate = today.lateAgreements() > 0 || today.unansweredHandovers() > 0;
            if (isLate || ladder.steps().stream().anyMatch(step -> step.state().stands())) {
                look(today, now);
            }
            return moves;
        }

        /** Every moment at which time itself would have moved a step. */
        private void passUntil(Instant end) {
            Optional<Instant> turn = nextTurn();
            while (turn.filter(at -> at.isBefore(end)).isPresent()) {
                look(PlanFacts.Facts.NONE, turn.get());
                turn = nextTurn();
            }
        }

        private Optional<Instant> nextTurn() {
            return sofar.isEmpty()
                    ? Optional.empty()
                    : ladder.steps().stream()
                            .filter(step -> step.epoch() == epoch())
                            .flatMap(step -> policy.turnOf(step).stream())
                            .min(Instant::compareTo);
        }

        private void look(PlanFacts.Facts plan, Instant at) {
            Tally tally = Tally.of(sofar, epoch(), at);
            PlanFacts.Facts known = known(plan);
            long level = level();
            Map<UUID, EscalationFacts> saying = new LinkedHashMap<>();
            sofar.forEach(signal ->
                    saying.put(signal.signalId(), tally.facts(signal.severity(), signal.category(), known, level, at)));
            PlanAsSeen view = view(tally.facts("", "", known, level, at));
            take(policy.onTime(view, new Meanwhile(saying, Set.of()), at), at);
        }

        private void take(List<Change> changes, Instant at) {
            ladder.change(changes);
            changes.stream()
                    .filter(Change::isOpening)
                    .map(Change::after)
                    .forEach(step ->
                            moves.add(new Move(step.planId(), step.recipient(), step.level(), step.ruleId(), at)));
        }

        private PlanAsSeen view(EscalationFacts facts) {
            return new PlanAsSeen(history.get(0).viewer(), epoch(), facts, ladder.steps(), last().signalId(), true);
        }

        /** As far as the history tells: a life before this one, of which the recipient saw something. */
        private PlanFacts.Facts known(PlanFacts.Facts plan) {
            boolean isBack = sofar.stream().anyMatch(signal -> signal.epoch() < epoch());
            return new PlanFacts.Facts(isBack || plan.reopened(), plan.lateAgreements(), plan.unansweredHandovers());
        }

        private long level() {
            return ladder.level(epoch());
        }

        private int epoch() {
            return last().epoch();
        }

        private SeenSignal last() {
            return sofar.get(sofar.size() - 1);
        }
    }
}
