package nl.wijkhub.escalation;

import static nl.wijkhub.escalation.EscalationFixture.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.escalation.PlanFacts.Viewer;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.plan.AttachedSignal;
import nl.wijkhub.plan.PlanMoveStore;
import nl.wijkhub.plan.PlanTallyStore;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a plan is what there is to count, whatever was done to its signals. */
class PlanTalliesTest {
    private static final int ACTS = 120;
    private static final String[] PARTNERS = {"corporatie-demo", "opbouwwerk-demo"};

    private final EscalationHub hub =
            new EscalationHub(rules("id: never, level: 1, when: 'signals30 >= 1000', due: P2D, nl: x"));
    private final SeenSignalStore seen = new SeenSignalStore(hub.database);
    private final PlanTallyStore kept = new PlanTallyStore(hub.database);
    private final PlanMoveStore moves = new PlanMoveStore(hub.database);
    private final List<AttachedSignal> worked = new ArrayList<>();
    private AttachedSignal elsewhere;
    private AttachedSignal takenBack;
    private Random random;
    private int held;
    private int counted;

    @BeforeEach
    void empty() {
        TestDatabase.empty();
        elsewhere = hub.work(signal(99, 0)).get(0).attached();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void what_is_kept_says_what_there_is_to_count_after_whatever_was_done(long seed) {
        random = new Random(seed);
        signalsCome();
        for (int i = 0; i < ACTS; i++) {
            int act = random.nextInt(14);
            does(act);
            for (UUID plan : plans()) {
                assertThat(asABatchFindsIt(plan))
                        .as("after act %d, which was %d", i, act)
                        .usingRecursiveComparison()
                        .isEqualTo(asItIsCounted(plan));
            }
        }
        assertThat(held).as("how often what was kept held").isGreaterThan(ACTS / 2);
        assertThat(counted).as("how often it did not").isGreaterThan(ACTS / 2);
    }

    private void does(int act) {
        switch (act) {
            case 0 -> takenBack();
            case 1 -> decidedAgain();
            case 2 -> passedOn();
            case 3 -> moved();
            case 4 -> change("epoch = epoch + 1, state = 'CLOSED', outcome = 'DECLINED', closed_at = opened_at");
            case 5 -> change("epoch = greatest(1, epoch - 1)");
            case 6 -> hub.clock.pass(Duration.ofHours(random.nextInt(24 * 12)));
            case 7 -> hub.clock.pass(Duration.ofMillis(-random.nextInt(20)));
            default -> signalsCome();
        }
    }

    /** One to three of them, about three houses. */
    private void signalsCome() {
        UUID[] ids = new UUID[1 + random.nextInt(3)];
        Arrays.setAll(ids, i -> signal(1 + random.nextInt(3), random.nextInt(PARTNERS.length)));
        hub.work(ids).forEach(one -> worked.add(one.attached()));
    }

    private UUID signal(int house, int partner) {
        String household = """
                "address":{"postalCode":"9990 AB","houseNumber":%d},"persons":[{"role":"child","birthDate":"2020-01-0%d"}]
                """.formatted(house, 1 + partner);
        return hub.acceptAbout(household, PARTNERS[partner], "nuisance.noise", "low", "");
    }

    private void takenBack() {
        takenBack = any();
        inTransaction(() -> hub.attach.takeBack(some(takenBack.decided(), "vb-noord")));
    }

    /** What was held of a signal is released later; also what was taken back. */
    private void decidedAgain() {
        DecidedSignal before = (takenBack == null ? any() : takenBack).decided();
        DecidedSignal now = new DecidedSignal(before.matched(), some(before, "vb-noord"), List.of());
        inTransaction(() -> hub.escalate.decide(hub.attach.attach(List.of(now))));
    }

    private void passedOn() {
        DecidedSignal before = any().decided();
        DecidedSignal passed = new DecidedSignal(before.matched(), some(before, "vb-zuid"), List.of());
        inTransaction(() -> hub.attach.passOn(plan(), List.of(passed), 1 + random.nextInt(3), hub.clock.instant()));
    }

    private void moved() {
        UUID from = plan();
        UUID to = plan();
        inTransaction(() -> {
            Map<UUID, Integer> epochs = new HashMap<>(moves.signalsOf(from));
            epochs.keySet().removeAll(moves.signalsOf(to).keySet());
            epochs.keySet().removeIf(signal -> random.nextBoolean());
            epochs.replaceAll((signal, epoch) -> 1 + random.nextInt(3));
            moves.move(from, to, epochs);
        });
    }

    private void change(String set) {
        hub.database.with(h -> h.execute("update plan set " + set + " where plan_id = ?", plan()));
    }

    private Map<Recipient, Tally> asABatchFindsIt(UUID plan) {
        int epoch = epoch(plan);
        boolean holds = kept.of(Set.of(plan)).stream().anyMatch(one -> one.holds(epoch, since()));
        held += holds ? 1 : 0;
        counted += holds ? 0 : 1;
        AttachedSignal asks = new AttachedSignal(elsewhere.decided(), plan, epoch, null);
        PlanTallies tallies = new PlanTallies(List.of(asks), seen, kept, since());
        return ofAll(plan, tallies::of);
    }

    private Map<Recipient, Tally> asItIsCounted(UUID plan) {
        Map<Viewer, Tally> tallies = new HashMap<>();
        seen.counts(Set.of(plan), since(), Set.of())
                .forEach(one -> tallies.computeIfAbsent(one.viewer(), viewer -> new Tally())
                        .add(one));
        return ofAll(plan, viewer -> tallies.getOrDefault(viewer, new Tally()));
    }

    private static Map<Recipient, Tally> ofAll(UUID plan, Function<Viewer, Tally> tallies) {
        Map<Recipient, Tally> all = new HashMap<>();
        for (String team : List.of("vb-noord", "vb-zuid")) {
            for (Discipline discipline : Discipline.values()) {
                Recipient one = new Recipient(team, discipline);
                all.put(one, tallies.apply(new Viewer(plan, one)));
            }
        }
        return all;
    }

    private Instant since() {
        return hub.clock.instant().minus(Tally.WINDOW);
    }

    /** One of the last, so that much is done to the same. */
    private AttachedSignal any() {
        return worked.get(worked.size() - 1 - random.nextInt(Math.min(worked.size(), 6)));
    }

    /** To some who got it, each with what one of them got. */
    private List<Release> some(DecidedSignal of, String team) {
        List<Release> all = of.released();
        return all.stream()
                .filter(one -> random.nextBoolean())
                .map(one -> new Release(
                        Identifier.next(),
                        one.signalId(),
                        one.householdId(),
                        new Recipient(team, one.recipient().discipline()),
                        all.get(random.nextInt(all.size())).decision(),
                        one.decidedAt()))
                .toList();
    }

    private UUID plan() {
        List<UUID> plans = plans();
        return plans.get(random.nextInt(plans.size()));
    }

    private List<UUID> plans() {
        List<UUID> plans = hub.ids("select plan_id from plan order by opened_at, household_id");
        plans.remove(elsewhere.planId());
        return plans;
    }

    private int epoch(UUID plan) {
        return hub.database.with(h -> h.createQuery("select epoch from plan where plan_id = :plan")
                .bind("plan", plan)
                .mapTo(Integer.class)
                .one());
    }

    private void inTransaction(Runnable act) {
        hub.database.inTransaction(() -> {
            act.run();
            return null;
        });
    }
}
