package nl.wijkhub.casework;

import static nl.wijkhub.casework.AttentionFixture.SEAT;
import static nl.wijkhub.casework.AttentionFixture.WORDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import nl.wijkhub.casework.PlanChanges.Change;
import nl.wijkhub.casework.PlanChanges.Keeper;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.casework.PlanLook.Seen;
import nl.wijkhub.casework.PlanWork.PlanAction;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanEvent;
import nl.wijkhub.plan.PlanPart.Coordinator.CoordinatorKind;
import nl.wijkhub.plan.PlanPart.Moment;
import nl.wijkhub.plan.PlanView;
import nl.wijkhub.sharing.Recipient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Welfare coordinates a plan: what it works on, and what it may not even learn the existence of. */
class CoordinatingSeatTest {
    private static final Recipient WELFARE = new Recipient("vb-noord", Discipline.WELFARE);
    private static final Recipient COMMUNITY_WORK = new Recipient("vb-noord", Discipline.COMMUNITY_WORK);
    private static final String WELFARE_USER = "welzijn-lid-demo";
    private static final Map<String, Integer> SCORED =
            Map.of("financien", 2, "justitie", 1, "middelengebruik", 4, "sociaal-netwerk", 4);

    private AttentionFixture town;
    private PlanChanges changes;
    private UUID own;

    @BeforeEach
    void a_plan_that_both_may_know_of() {
        town = new AttentionFixture();
        changes = town.stages.parts.casework().planChanges;
        own = town.signal("welzijn-demo", "social.isolation", "low");
        coordinatedBy(WELFARE_USER);
    }

    @Test
    void a_user_of_welfare_or_community_work_of_the_team_may_coordinate_and_nobody_else() {
        assertThat(plan().coordinatingSeat()).isEqualTo(WELFARE);
        assertThat(plan().seats()).containsExactlyInAnyOrder(SEAT, WELFARE);
        coordinatedBy("opbouwwerk-lid-demo");
        assertThat(plan().coordinatingSeat()).isEqualTo(COMMUNITY_WORK);
        coordinatedBy("medewerker-demo");
        assertThat(plan().seats()).containsExactly(SEAT);

        for (String user :
                List.of("woonconsulent-demo", "wijkagent-demo", "zorg-lid-demo", "teamleider-zuid", "nobody")) {
            assertThatThrownBy(() -> coordinatedBy(user)).isInstanceOfSatisfying(Rejected.class, rejected -> {
                assertThat(rejected.problem()).isEqualTo(Problem.INVALID_INPUT);
                assertThat(rejected.faults().get(0).pointer()).isEqualTo("/coordinator/user");
            });
        }
    }

    @Test
    void both_seats_work_on_it_each_under_its_own_name() {
        changed(actor(WELFARE), changes.strong(List.of("Fictief: de buurvrouw let op")));
        changed(AttentionFixture.actor(SEAT), changes.strong(List.of("Fictief: en de zoon")));

        assertThat(seen(WELFARE).seat()).isEqualTo(WELFARE);
        assertThat(seen(SEAT).seat()).isEqualTo(SEAT);
        assertThat(town.texts("""
                        select nen7513_role from processing_log where name = 'plan-strengths-written' order by start_time
                        """)).containsExactly("vb-noord.welfare", "vb-noord.municipality");
    }

    @Test
    void each_sees_the_signals_that_were_released_to_itself() {
        UUID neglect = unseen("housing.neglect");

        assertThat(seen(WELFARE).around().signals()).containsExactly(own);
        assertThat(seen(SEAT).around().signals()).containsExactlyInAnyOrder(own, neglect);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void its_world_is_byte_for_byte_the_same_with_and_without_what_it_may_not_see(long seed) {
        Random random = new Random(seed);
        if (seed % 2 == 0) {
            changed(actor(WELFARE), changes.sleeps());
        }
        String without = world();
        int signals = 2 + random.nextInt(3);
        for (int i = 0; i < signals; i++) {
            List<String> categories = List.of("housing.neglect", "housing.pollution", "debt.rent-arrears");
            UUID signal = unseen(categories.get(random.nextInt(categories.size())));
            if (random.nextBoolean()) {
                take(signal);
            }
            town.pass("PT" + (1 + random.nextInt(100)) + "H");
            town.stages.escalationCheck.check();
            town.asks(SEAT);
        }

        assertThat(world()).isEqualTo(without);
        assertThat(seen(SEAT).around().signals()).hasSizeGreaterThan(1);
    }

    @Test
    void the_history_tells_it_what_it_did_and_what_was_done_to_the_parts() {
        changed(actor(WELFARE), changes.sleeps());
        changed(AttentionFixture.actor(SEAT), changes.wakes());
        changed(AttentionFixture.actor(SEAT), changes.strong(List.of("Fictief: de zoon")));
        town.stages.database.inTransaction(
                () -> town.stages.handovers.ask(town.plan(), AttentionFixture.actor(SEAT), "vb-zuid", WORDS));

        assertThat(kinds(WELFARE)).containsExactly("coordinator-set", "slept", "strengths-written");
        assertThat(kinds(SEAT))
                .containsExactly("coordinator-set", "slept", "woken", "strengths-written", "handover-asked");
    }

    @Test
    void a_plan_that_sleeps_wakes_by_what_every_seat_of_it_may_see() {
        changed(actor(WELFARE), changes.sleeps());
        unseen("housing.neglect");
        assertThat(plan().state()).isEqualTo(Plan.PlanState.DORMANT);

        town.signal("welzijn-demo", "social.isolation", "low");
        assertThat(plan().state()).isEqualTo(Plan.PlanState.ACTIVE);
    }

    @Test
    void a_plan_that_was_closed_begins_its_next_life_with_the_municipality() {
        take(own);
        closed(actor(WELFARE));
        assertThat(find(WELFARE)).isFalse();
        unseen("housing.neglect");

        assertThat(plan().state()).isEqualTo(Plan.PlanState.PROPOSED);
        assertThat(plan().coordinator()).isNull();
        assertThat(find(WELFARE)).isFalse();
        assertThat(find(SEAT)).isTrue();
    }

    @Test
    void closing_asks_it_for_its_own_items_alone_and_leaves_what_others_have() {
        unseen("housing.neglect");
        assertThatThrownBy(() -> closed(actor(WELFARE)))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.faults())
                        .hasSize(1));
        take(own);

        closed(actor(WELFARE));

        assertThat(town.texts("select seat || ' ' || state from queue_item where seat in ('WELFARE', 'MUNICIPALITY')"))
                .containsExactlyInAnyOrder("WELFARE DONE", "MUNICIPALITY TAKEN_UP", "MUNICIPALITY WAITING");
    }

    @Test
    void a_seat_that_does_not_coordinate_any_more_sees_the_plan_no_more() {
        Seen last = changed(
                actor(WELFARE), changes.coordinatedBy(new Keeper(CoordinatorKind.USER, "medewerker-demo", null, null)));

        assertThat(last.plan()).isInstanceOf(PlanView.OfSeat.class);
        assertThat(find(WELFARE)).isFalse();
        assertThat(listed(WELFARE)).isEmpty();
        assertThatThrownBy(() -> changed(actor(WELFARE), changes.sleeps()))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.problem())
                        .isEqualTo(Problem.NOT_FOUND));
    }

    @Test
    void handing_over_is_the_municipality_s_and_the_other_team_begins_there() {
        assertThatThrownBy(() -> town.stages.database.inTransaction(
                        () -> town.stages.handovers.ask(town.plan(), actor(WELFARE), "vb-zuid", WORDS)))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.problem())
                        .isEqualTo(Problem.NOT_ALLOWED));
        town.stages.database.inTransaction(
                () -> town.stages.handovers.ask(town.plan(), AttentionFixture.actor(SEAT), "vb-zuid", WORDS));
        town.stages.database.inTransaction(() -> town.stages.handovers.accept(
                town.plan(),
                new Actor("teamleider-zuid", List.of(AttentionFixture.OTHER_SEAT), Trace.continuing(null))));

        assertThat(plan().coordinatingSeat()).isEqualTo(AttentionFixture.OTHER_SEAT);
        assertThat(find(WELFARE)).isFalse();
    }

    @Test
    void of_scores_it_sees_bands_without_justice_and_health() {
        changed(
                AttentionFixture.actor(SEAT),
                changes.scores(new PlanChanges.Scores(Moment.START, town.today(), SCORED)));

        assertThat(scores(SEAT)).isEqualTo(SCORED);
        assertThat(scores(WELFARE)).isEqualTo(Map.of("financien", 1, "sociaal-netwerk", 5));
    }

    @Test
    void a_plan_is_listed_at_the_seats_that_work_on_it() {
        assertThat(listed(WELFARE)).containsExactly(town.plan());
        assertThat(listed(SEAT)).containsExactly(town.plan());
        assertThat(listed(COMMUNITY_WORK)).isEmpty();
    }

    @Test
    void it_asks_care_about_its_own_item_and_hears_itself_that_care_was_asked() {
        UUID item = item(own, WELFARE);
        UUID asked = town.stages.database.inTransaction(
                () -> town.stages.parts.casework().queueWork.consult(item, List.of(WELFARE), WELFARE_USER));

        assertThat(seen(WELFARE).around().consultations())
                .extracting(one -> one.id())
                .containsExactly(asked);
        assertThat(seen(SEAT).around().consultations()).isEmpty();
        assertThat(town.texts("""
                        select d.decision ->> 'ruleId' from decided_release d where d.kind = 'CONSULTED'
                        """)).containsExactly("row-28-welfare");
    }

    @Test
    void it_is_told_when_it_asked_itself_and_not_that_somebody_asked_before() {
        town.asked(own, true);
        town.pass("P1D");
        UUID item = item(own, WELFARE);
        town.stages.database.inTransaction(
                () -> town.stages.parts.casework().queueWork.consult(item, List.of(WELFARE), WELFARE_USER));

        var ofMunicipality = seen(SEAT).around().consultations().get(0);
        var own = seen(WELFARE).around().consultations().get(0);
        assertThat(Duration.between(ofMunicipality.askedAt(), own.askedAt())).isGreaterThan(Duration.ofHours(23));
        assertThat(Duration.between(own.askedAt(), own.dueAt()))
                .isEqualTo(Duration.between(ofMunicipality.askedAt(), ofMunicipality.dueAt()));
    }

    @Test
    void who_does_not_coordinate_asks_care_nothing() {
        coordinatedBy("medewerker-demo");
        UUID item = item(own, WELFARE);

        assertThatThrownBy(() -> town.stages.database.inTransaction(
                        () -> town.stages.parts.casework().queueWork.consult(item, List.of(WELFARE), WELFARE_USER)))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.problem())
                        .isEqualTo(Problem.NOT_ALLOWED));
    }

    @Test
    void a_question_of_the_municipality_is_not_the_coordinator_s_to_see() {
        town.asked(own, true);

        assertThat(seen(SEAT).around().consultations()).hasSize(1);
        assertThat(seen(WELFARE).around().consultations()).isEmpty();
    }

    /** All that the seat may read of the plan, as bytes. */
    private String world() {
        return Json.write(List.of(
                seen(WELFARE).plan(),
                seen(WELFARE).around(),
                seen(WELFARE).version(),
                events(WELFARE),
                town.stages.parts.casework().planLook.ofSeat(WELFARE, null, null, 10),
                town.stages.attention.ofPair(WELFARE, 10)));
    }

    private UUID unseen(String category) {
        UUID signal = town.signal("corporatie-demo", category, "elevated");
        assertThat(town.stages.plans.signalsOf(town.plan(), WELFARE, 100)).doesNotContain(signal);
        return signal;
    }

    private void coordinatedBy(String user) {
        changed(
                AttentionFixture.actor(SEAT),
                changes.coordinatedBy(new Keeper(CoordinatorKind.USER, user, null, null)));
    }

    private Seen changed(Actor actor, Change change) {
        town.aMoment();
        return town.stages.database.inTransaction(() -> town.stages.planWork.change(
                town.plan(), actor, new PlanAction(change.kind(), change.part(), null, null), change.command()));
    }

    private void closed(Actor actor) {
        town.stages.database.inTransaction(() -> town.stages.planWork.close(
                town.plan(), actor, new PlanAction("closed", null, null, null), Plan.Outcome.PREVENTED));
    }

    private void take(UUID signal) {
        town.execute("update queue_item set state = 'TAKEN_UP', taken_by = 'fake' where signal_id = '" + signal + "'");
    }

    private UUID item(UUID signal, Recipient seat) {
        return UUID.fromString(town.texts("select queue_item_id::text from queue_item where signal_id = '" + signal
                        + "' and seat = '" + seat.seatName() + "'")
                .get(0));
    }

    private Plan plan() {
        return town.stages.plans.find(town.plan()).orElseThrow();
    }

    private boolean find(Recipient seat) {
        return town.stages
                .database
                .inTransaction(() -> town.stages.parts.casework().planLook.see(town.plan(), actor(seat)))
                .isPresent();
    }

    private Seen seen(Recipient seat) {
        return town.stages
                .database
                .inTransaction(() -> town.stages.parts.casework().planLook.see(town.plan(), actor(seat)))
                .orElseThrow();
    }

    private List<PlanEvent> events(Recipient seat) {
        return town.stages.database.inTransaction(
                () -> town.stages.parts.casework().planLook.history(town.plan(), actor(seat)));
    }

    private List<String> kinds(Recipient seat) {
        return events(seat).stream().map(PlanEvent::kind).toList();
    }

    private List<UUID> listed(Recipient seat) {
        return town.stages.parts.casework().planLook.ofSeat(seat, null, null, 10).items().stream()
                .map(one -> one.id())
                .toList();
    }

    private Map<String, Integer> scores(Recipient seat) {
        return ((PlanView.OfSeat) seen(seat).plan()).scores().get(0).score().values();
    }

    private static Actor actor(Recipient seat) {
        return new Actor(
                seat.equals(WELFARE) ? WELFARE_USER : AttentionFixture.MEMBER, List.of(seat), Trace.continuing(null));
    }
}
