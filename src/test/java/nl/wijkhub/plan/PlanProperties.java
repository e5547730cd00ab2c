package nl.wijkhub.plan;

import static nl.wijkhub.plan.PlanFixture.NOON;
import static nl.wijkhub.plan.PlanFixture.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Goal;
import nl.wijkhub.plan.PlanPart.Moment;
import nl.wijkhub.plan.PlanPart.Owner;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Position;
import nl.wijkhub.plan.PlanPart.Score;
import nl.wijkhub.plan.PlanPart.Side;
import nl.wijkhub.plan.PlanPart.Weighing;
import nl.wijkhub.plan.PlanPart.Writer;
import nl.wijkhub.sharing.Recipient;
import org.junit.jupiter.api.Assertions;

/**
 * No sequence of commands breaks what holds for every plan, and every state is met and left on the way; what the database
 * keeps of it is what it was.
 */
class PlanProperties {
    private static final Discipline[] COORDINATING = {
        Discipline.MUNICIPALITY, Discipline.WELFARE, Discipline.COMMUNITY_WORK, Discipline.CARE
    };
    private static final Discipline[] PARTNERS = {Discipline.WELFARE, Discipline.POLICE, Discipline.CARE};

    @Property(tries = 500)
    void no_sequence_of_commands_breaks_an_invariant(@ForAll @Size(max = 120) List<Integer> choices) {
        Plan plan = PlanFixture.aProposedPlan();
        for (int choice : choices) {
            plan = tried(plan, command(plan, new Random(choice)));
            holds(plan);
        }
    }

    @Property(tries = 1)
    void every_state_is_met_and_left_by_commands() {
        Set<Plan.PlanState> met = new HashSet<>();
        Set<String> steps = new HashSet<>();
        Random random = new Random(41);
        Plan plan = PlanFixture.aProposedPlan();
        for (int i = 0; i < 20_000; i++) {
            Plan next = tried(plan, command(plan, random));
            met.add(next.state());
            if (next.state() != plan.state()) {
                steps.add(plan.state() + " → " + next.state());
            }
            plan = next.agreements().size() > 40 ? PlanFixture.aProposedPlan() : next;
        }
        assertThat(met).containsExactlyInAnyOrder(Plan.PlanState.values());
        for (Plan.PlanState state : Plan.PlanState.values()) {
            state.mayBecome().forEach(next -> assertThat(steps).contains(state + " → " + next));
        }
    }

    @Property(tries = 12)
    void the_database_keeps_what_was_done(@ForAll @Size(min = 20, max = 80) List<Integer> choices) {
        Database database = TestDatabase.store();
        Vault vault = TestVault.vault();
        PlanLifeStore store = new PlanLifeStore(database, vault);
        Plan plan = PlanFixture.aProposedPlan();
        UUID household = plan.householdId();
        UUID id = plan.id();
        database.with(h -> h.execute("insert into household (household_id, created_at) values (?, now())", household));
        database.with(h -> h.execute(
                "insert into plan (plan_id, household_id, team_id, state, opened_at) values (?, ?, 'vb-noord', 'PROPOSED', ?)",
                id,
                household,
                NOON));
        for (int choice : choices) {
            Plan before = database.inTransaction(() -> store.locked(id).orElseThrow());
            Plan after = tried(before, command(before, new Random(choice)));
            database.inTransaction(() -> {
                store.save(before, after);
                return null;
            });
            Assertions.assertEquals(sorted(after), sorted(store.find(id).orElseThrow()));
        }
        TestDatabase.empty();
    }

    /** The same plan, its parts in one order. */
    private static Map<String, Object> sorted(Plan plan) {
        return Map.of(
                "state", plan.state() + "|" + plan.epoch() + "|" + plan.outcome() + "|" + plan.agreedOn(),
                "coordinator", String.valueOf(plan.coordinator()),
                "participants", Set.copyOf(plan.participants()),
                "goals", Set.copyOf(plan.goals()),
                "agreements", Set.copyOf(plan.agreements()),
                "scores", Set.copyOf(plan.scores()),
                "weighings",
                        plan.weighings().stream()
                                .map(PlanProperties::withPositionsInNoOrder)
                                .collect(Collectors.toSet()));
    }

    /** All are taken at one moment here, and of one moment the database knows no order. */
    private static Map<String, Object> withPositionsInNoOrder(Weighing weighing) {
        return Map.of(
                "weighing", weighing.toString().replace(weighing.positions().toString(), ""),
                "positions", Set.copyOf(weighing.positions()));
    }

    private static Plan tried(Plan plan, UnaryOperator<Plan> command) {
        try {
            return command.apply(plan);
        } catch (Rejected refused) {
            assertThat(refused.problem().status()).isBetween(400, 499);
            return plan;
        }
    }

    private static void holds(Plan plan) {
        boolean isInHand = plan.state() == Plan.PlanState.ACTIVE || plan.state() == Plan.PlanState.DORMANT;
        assertThat(!isInHand || plan.coordinator() != null).isTrue();
        assertThat(plan.state() == Plan.PlanState.CLOSED).isEqualTo(plan.outcome() != null && plan.closedAt() != null);
        assertThat(plan.isOpen() || plan.agreements().stream().noneMatch(Agreement::isOpen))
                .isTrue();
        assertThat(plan.isOpen() || plan.weighings().stream().noneMatch(w -> w.decision() == null))
                .isTrue();
        List<Recipient> pairs = new ArrayList<>();
        for (Participant one : plan.participants()) {
            if (one.takesPart() && one.isPartner()) {
                pairs.add(one.pair());
            }
            assertThat(one.isPartner() || plan.openOf(one) <= one.loadLimit()).isTrue();
            assertThat(one.takesPart() || plan.openOf(one) == 0).isTrue();
        }
        assertThat(pairs).doesNotHaveDuplicates();
        assertThat(plan.seats()).allMatch(seat -> seat.teamId().equals(plan.teamId()));
        for (Agreement a : plan.agreements()) {
            assertThat(a.dueOn()).isNotNull();
            assertThat(a.owner() == Owner.PARTICIPANT).isEqualTo(a.participantId() != null);
        }
        for (int life = 1; life <= plan.epoch(); life++) {
            int epoch = life;
            for (Moment moment : List.of(Moment.START, Moment.END)) {
                assertThat(plan.scores().stream().filter(s -> s.epoch() == epoch && s.moment() == moment))
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    private static UnaryOperator<Plan> command(Plan plan, Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> p -> p.coordinatedBy(coordinator(p, random), TODAY);
            case 1 -> p -> p.householdAgreed(random.nextBoolean() ? TODAY : null, TODAY);
            case 2 -> Plan::sleeps;
            case 3, 4 -> Plan::wakes;
            case 5 -> p -> p.closes(outcome(random), NOON);
            case 6 -> p -> p.joinedBy(partner(p, random));
            case 7 -> p -> p.joinedBy(PlanFixture.aHelper(1 + random.nextInt(2)));
            case 8 -> p -> p.leftBy(any(p.participants(), random, Participant::id), NOON);
            case 9 -> p -> p.aimedAt(goal());
            case 10 -> p -> p.endsGoal(any(p.goals(), random, Goal::id), Goal.GoalState.DROPPED, "Fictief", NOON);
            case 11, 12 -> p -> p.agrees(PlanFixture.anAgreementOf(owner(p, random)), TODAY);
            case 13, 14 ->
                p -> p.endsAgreement(
                        any(p.agreements(), random, Agreement::id), Agreement.AgreementState.DONE, null, NOON);
            case 15 -> p -> p.scored(score(p, random), TODAY);
            case 16 ->
                p -> p.weighs(new Weighing(Identifier.next(), "Fictief", NOON, null, null, null, null, List.of()));
            case 17 -> p -> p.positioned(any(p.weighings(), random, Weighing::id), position(random));
            case 18 -> p -> p.decided(any(p.weighings(), random, Weighing::id), Side.BOTH, "Fictief", "fake", NOON);
            default -> {
                String other = random.nextBoolean() ? "vb-zuid" : "vb-noord";
                yield p -> p.goesTo(
                        other,
                        one -> Optional.of(one.of(other)).filter(to -> to.discipline() == Discipline.WELFARE),
                        "fake-other",
                        NOON);
            }
        };
    }

    private static Participant partner(Plan plan, Random random) {
        Recipient pair = new Recipient(
                random.nextInt(5) == 0 ? "vb-noord" : plan.teamId(), PARTNERS[random.nextInt(PARTNERS.length)]);
        return new Participant(Identifier.next(), pair, null, null, null, NOON, null);
    }

    private static Coordinator coordinator(Plan plan, Random random) {
        Recipient seat = new Recipient(plan.teamId(), COORDINATING[random.nextInt(COORDINATING.length)]);
        return random.nextBoolean()
                ? new Coordinator(Coordinator.CoordinatorKind.USER, "fake-user", seat, null, null)
                : new Coordinator(
                        Coordinator.CoordinatorKind.HOUSEHOLD,
                        "fake-user",
                        seat,
                        "Fictief",
                        TODAY.plusMonths(random.nextInt(20)));
    }

    private static Plan.Outcome outcome(Random random) {
        return Plan.Outcome.values()[random.nextInt(Plan.Outcome.values().length - 1)];
    }

    private static Goal goal() {
        return new Goal(
                Identifier.next(), "financien", "Fictief doel", Writer.RESIDENT, Goal.GoalState.OPEN, null, NOON, null);
    }

    private static Score score(Plan plan, Random random) {
        Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
        return new Score(Identifier.next(), plan.epoch(), moment, TODAY, Map.of("financien", 3), NOON);
    }

    private static Position position(Random random) {
        return new Position(
                new Recipient("vb-noord", PARTNERS[random.nextInt(PARTNERS.length)]),
                Side.PERSON,
                "Fictief",
                random.nextBoolean(),
                "fake",
                NOON);
    }

    private static Participant owner(Plan plan, Random random) {
        return plan.participants().isEmpty() || random.nextInt(3) == 0
                ? null
                : plan.participants().get(random.nextInt(plan.participants().size()));
    }

    private interface Id<T> {
        UUID of(T one);
    }

    private static <T> UUID any(List<T> all, Random random, Id<T> id) {
        return all.isEmpty() ? UUID.randomUUID() : id.of(all.get(random.nextInt(all.size())));
    }
}
