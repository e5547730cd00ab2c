package nl.wijkhub.plan;

import static nl.wijkhub.TestStages.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestStages;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.CaseSignalMapper;
import nl.wijkhub.signal.SignalSchema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By which id each seat knows a plan; on a real database. */
class PlanReferenceStoreTest {
    private static final Recipient ONE = Recipient.at("vb-noord", "HOUSING");
    private static final Recipient ANOTHER = Recipient.at("vb-noord", "HOUSING/corporatie-twee");

    private PlanReferenceStore references;
    private List<UUID> plans;

    @BeforeEach
    void two_plans() {
        TestDatabase.empty();
        TestStages stages = new TestStages();
        references = new PlanReferenceStore(stages.database);
        stages.work(IntStream.of(12, 14)
                .mapToObj(house -> accepted(stages, house).toString())
                .toList());
        plans = stages.database.with(
                h -> h.createQuery("select plan_id from plan").mapTo(UUID.class).list());
        assertThat(plans).hasSize(2);
    }

    private static UUID accepted(TestStages stages, int house) {
        String json = """
                {"reference":"fake-%d","occurredAt":"2026-10-01T10:00:00Z","reportedAt":"2026-10-01T10:00:00Z",
                 "category":"nuisance.noise","severity":"low",
                 "subject":{"household":{"address":{"postalCode":"9990 AB","houseNumber":%d}}}}
                """.formatted(house, house);
        return stages.accept
                .accept(new CaseSignalMapper(
                                new SignalSchema(), CONFIG.vocabulary(), stages.accept::knows, stages.clock)
                        .map(
                                CONFIG.partners().get("corporatie-demo"),
                                Json.readStrictly(json.getBytes(StandardCharsets.UTF_8)),
                                Trace.continuing(null)))
                .signalId();
    }

    @Test
    void no_two_seats_know_a_plan_by_the_same_id_nor_by_the_hub_s_own() {
        Set<UUID> ids = new HashSet<>(plans);
        ids.addAll(references.of(ONE, plans).values());
        ids.addAll(references.of(ANOTHER, plans).values());

        assertThat(ids).hasSize(6);
    }

    @Test
    void a_seat_finds_a_plan_by_its_own_id_alone() {
        UUID plan = plans.get(0);
        UUID own = references.of(ONE, List.of(plan)).get(plan);

        assertThat(references.find(own, List.of(ANOTHER, ONE))).contains(plan);
        assertThat(references.find(own, List.of(ANOTHER))).isEmpty();
        assertThat(references.find(own, List.of())).isEmpty();
        assertThat(references.find(plan, List.of(ONE, ANOTHER))).isEmpty();
        assertThat(references.findOfAnySeat(own)).contains(plan);
        assertThat(references.findOfAnySeat(plan)).isEmpty();
    }

    @Test
    void an_id_that_was_given_stays_and_who_asks_at_the_same_time_gets_the_same() {
        UUID first = plans.get(0);
        Map<UUID, UUID> before = references.of(ONE, List.of(first));
        Set<Map<UUID, UUID>> given = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> references.of(ONE, plans))
                .collect(Collectors.toSet());

        assertThat(given).hasSize(1);
        assertThat(given.iterator().next()).containsAllEntriesOf(before).hasSize(2);
    }

    @Test
    void of_a_plan_that_is_none_there_is_no_id() {
        assertThat(references.of(ONE, List.of(UUID.randomUUID()))).isEmpty();
        assertThat(references.of(ONE, List.of())).isEmpty();
        assertThat(references.of(ONE, List.of()).get(null)).as("of no plan").isNull();
    }
}
