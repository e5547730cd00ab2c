package nl.wijkhub.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;

/** What a plan is made of. Each is a fact of its own with an id; none is ever erased. */
public final class PlanPart {
    private PlanPart() {}

    /**
     * Who keeps the plan going: one professional, or the household itself.
     *
     * @param user the professional; of a household that does it itself whoever looks in on it
     * @param seat where that user sits in the team that has the plan
     * @param reason why the household does it itself; null otherwise
     * @param reviewOn when that is looked at again; null otherwise
     */
    public record Coordinator(CoordinatorKind kind, String user, Recipient seat, String reason, LocalDate reviewOn) {
        /** Whose users may coordinate a plan; staff, who have no discipline, may not. */
        public static final Set<Discipline> DISCIPLINES = Collections.unmodifiableSet(
                EnumSet.of(Discipline.MUNICIPALITY, Discipline.WELFARE, Discipline.COMMUNITY_WORK));

        public enum CoordinatorKind implements Coded {
            USER,
            HOUSEHOLD
        }
    }

    /**
     * Who takes part.
     *
     * @param pair of a partner; null for an informal helper
     * @param name of an informal helper; null for a partner
     * @param contact how to reach an informal helper; null for none
     * @param loadLimit how many open agreements an informal helper carries at most; null for a partner
     * @param leftAt null while taking part
     */
    public record Participant(
            UUID id, Recipient pair, String name, String contact, Integer loadLimit, Instant joinedAt, Instant leftAt) {
        public static final int HEAVIEST_LOAD = 10;

        public boolean isPartner() {
            return pair != null;
        }

        public boolean takesPart() {
            return leftAt == null;
        }

        Participant leaving(Instant at) {
            return new Participant(id, pair, name, contact, loadLimit, joinedAt, at);
        }

        Participant as(Recipient other, Instant at) {
            return new Participant(id, other, name, contact, loadLimit, at, leftAt);
        }
    }

    /** Who put a goal into words. */
    public enum Writer implements Coded {
        RESIDENT,
        PROFESSIONAL
    }

    /**
     * What a household wants to reach.
     *
     * @param lifeDomain a code of the vocabulary
     * @param reason why it was dropped; null otherwise
     */
    public record Goal(
            UUID id,
            String lifeDomain,
            String text,
            Writer writtenBy,
            GoalState state,
            String reason,
            Instant madeAt,
            Instant endedAt) {
        public enum GoalState implements Coded {
            OPEN,
            REACHED,
            DROPPED
        }

        Goal ended(GoalState how, String why, Instant at) {
            return new Goal(id, lifeDomain, text, writtenBy, how, why, madeAt, at);
        }
    }

    /** The rungs of help: each asks first whether the one below will do. */
    public enum Rung implements Coded {
        OWN_NETWORK,
        COLLECTIVE,
        INDIVIDUAL
    }

    /** Who does what was agreed: exactly one. */
    public enum Owner implements Coded {
        COORDINATOR,
        HOUSEHOLD,
        PARTICIPANT
    }

    /** When scores were given. */
    public enum Moment implements Coded {
        START,
        REVIEW,
        END
    }

    /**
     * Scores on life domains at one moment of one life of the plan.
     *
     * @param values life domain → 1 acute problem .. 5 fully self-reliant. Source: Zelfredzaamheid-Matrix 2017
     */
    public record Score(
            UUID id, int epoch, Moment moment, LocalDate scoredOn, Map<String, Integer> values, Instant madeAt) {
        public static final int LEAST = 1;
        public static final int MOST = 5;

        /** Source: docs/sharing.md, row 20: "Justitie and health columns apart". */
        private static final Set<String> APART =
                Set.of("justitie", "geestelijke-gezondheid", "lichamelijke-gezondheid", "middelengebruik");

        /** Outside the team that scored: 1 for low, 3 for the middle, 5 for high. */
        Score banded() {
            Map<String, Integer> bands = new TreeMap<>();
            values.forEach((domain, value) -> {
                if (!APART.contains(domain)) {
                    bands.put(domain, value <= 2 ? 1 : value == 3 ? 3 : 5);
                }
            });
            return new Score(id, epoch, moment, scoredOn, bands, madeAt);
        }

        /** The same domains; those that another team may not know of may be missing. */
        boolean isOnTheScaleOf(Score start) {
            Set<String> missing = new HashSet<>(start.values.keySet());
            missing.removeAll(values.keySet());
            return APART.containsAll(missing) && start.values.keySet().containsAll(values.keySet());
        }
    }

    /** For whom: the household, those around it, or both at once. */
    public enum Side implements Coded {
        PERSON,
        NEIGHBOURHOOD,
        BOTH
    }

    /**
     * Where one partner stands.
     *
     * @param dissents it does not go along with the decision
     */
    public record Position(Recipient pair, Side side, String reason, boolean dissents, String user, Instant givenAt) {}

    /**
     * "Gaan we voor de persoon of gaan we voor de buurt?"
     *
     * @param decision null while it is open; reason, user and time go with it
     */
    public record Weighing(
            UUID id,
            String question,
            Instant openedAt,
            Side decision,
            String reason,
            String decidedBy,
            Instant decidedAt,
            List<Position> positions) {
        public Weighing {
            positions = List.copyOf(positions);
        }

        Weighing with(Position position) {
            List<Position> all = new ArrayList<>(positions);
            all.removeIf(one -> one.pair().equals(position.pair()));
            all.add(position);
            return new Weighing(id, question, openedAt, decision, reason, decidedBy, decidedAt, all);
        }

        Weighing ofTeam(String team) {
            return new Weighing(
                    id,
                    question,
                    openedAt,
                    decision,
                    reason,
                    decidedBy,
                    decidedAt,
                    positions.stream()
                            .filter(one -> one.pair().teamId().equals(team))
                            .toList());
        }

        Weighing decided(Side side, String why, String user, Instant at) {
            return new Weighing(id, question, openedAt, side, why, user, at, positions);
        }
    }
}
