package nl.wijkhub.team;

import static nl.wijkhub.signal.SignalFixture.NOON;
import static nl.wijkhub.signal.SignalFixture.PARTNERS;
import static nl.wijkhub.signal.SignalFixture.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.audit.DecisionLogStore;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanFixture;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.DecisionTrail;
import nl.wijkhub.sharing.DecisionWordsStore;
import nl.wijkhub.sharing.DutyStore;
import nl.wijkhub.sharing.FeedbackSharing;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.sharing.SharingAgreement;
import nl.wijkhub.sharing.SharingDuties;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.SignalFixture;
import nl.wijkhub.team.FeedbackStore.Feedback;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What senders are to hear, and when it may be told: on the real database, under the agreement that is shipped. */
class SenderFeedbackTest {
    private static final Discipline SEAT = Discipline.MUNICIPALITY;
    private static final Discipline WELFARE = Discipline.WELFARE;

    @TempDir
    private Path folder;

    private final Database database = TestDatabase.store();
    private final FeedbackStore outbox = new FeedbackStore(database);
    private final SenderFeedback feedback = sender(Path.of("config"), PARTNERS);

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    @Test
    void a_signal_that_waits_a_denied_one_and_one_that_was_recalled_are_heard_of_alike() {
        UUID waits = aSignal();
        UUID recalled = aSignal();
        UUID plan = aPlan();
        attach(plan, recalled);
        feedback.planMoved(PlanFixture.aProposedPlan(), active(plan));
        feedback.planMoved(active(plan), closed(plan));

        assertThat(hear(waits)).isEqualTo("accepted received");
        assertThat(hear(recalled)).isEqualTo("accepted received");
        assertThat(untold()).isEmpty();
    }

    @Test
    void what_is_taken_up_and_closed_is_heard_once_with_its_moment_alone() {
        UUID signal = aSignal();
        feedback.takenUp(signal);
        feedback.takenUp(signal);
        outbox.closed(List.of(signal), NOON.instant().plusSeconds(60));
        outbox.closed(List.of(signal), NOON.instant().plusSeconds(120));
        feedback.takenUp(signal);

        assertThat(hear(signal)).isEqualTo("closed received taken-up closed");
        assertThat(outbox.ofSignal(signal))
                .extracting(Feedback::kind, Feedback::happenedAt)
                .containsExactly(
                        tuple(FeedbackStore.FeedbackKind.TAKEN_UP, NOON.instant()),
                        tuple(FeedbackStore.FeedbackKind.CLOSED, NOON.instant().plusSeconds(60)));
    }

    @Test
    void what_was_closed_is_not_taken_up_afterwards() {
        UUID signal = aSignal();
        outbox.closed(List.of(signal), NOON.instant());
        feedback.takenUp(signal);

        assertThat(hear(signal)).isEqualTo("closed received closed");
    }

    @Test
    void with_a_plan_is_taken_up_what_its_seat_may_see_and_nothing_else() {
        UUID plan = aPlan();
        UUID seen = attach(plan, aSignal(), SEAT, WELFARE);
        UUID others = attach(plan, aSignal(), WELFARE);
        Plan proposed = PlanFixture.aProposedPlan();

        feedback.planMoved(proposed, proposed);
        assertThat(hear(seen)).isEqualTo("accepted received");
        feedback.planMoved(proposed, active(plan));

        assertThat(hear(seen)).isEqualTo("taken-up received taken-up");
        assertThat(hear(others)).isEqualTo("accepted received");
        UUID joined = attach(plan, aSignal(), SEAT);
        feedback.planMoved(active(plan), active(plan));
        assertThat(hear(joined)).as("joins a plan that goes on").isEqualTo("accepted received");
        feedback.planMoved(in(active(plan), "vb-zuid"), active(plan));
        assertThat(hear(joined)).as("taken over with the plan").isEqualTo("taken-up received taken-up");
    }

    @Test
    void with_a_plan_is_closed_what_its_seat_may_see_and_what_others_did_with() {
        UUID plan = aPlan();
        UUID seen = attach(plan, aSignal(), SEAT);
        UUID done = attach(plan, aSignal(), WELFARE);
        item(plan, done, Discipline.WELFARE, "DONE", "done");
        UUID waits = attach(plan, aSignal(), WELFARE);
        item(plan, waits, Discipline.WELFARE, "WAITING", null);
        UUID half = attach(plan, aSignal(), WELFARE);
        item(plan, half, Discipline.WELFARE, "DONE", "done");
        item(plan, half, Discipline.HOUSING, "TAKEN_UP", "taken");

        feedback.planMoved(active(plan), closed(plan));

        assertThat(hear(seen)).startsWith("closed");
        assertThat(hear(done)).startsWith("closed");
        assertThat(hear(waits)).isEqualTo("accepted received");
        assertThat(hear(half)).isEqualTo("accepted received");
    }

    @Test
    void a_recall_closes_nothing_even_when_it_took_the_last_item() {
        UUID plan = aPlan();
        UUID recalled = attach(plan, aSignal());
        recall(item(plan, recalled, Discipline.WELFARE, "DONE", null));
        UUID takenBefore = attach(plan, aSignal());
        recall(item(plan, takenBefore, Discipline.WELFARE, "DONE", "done"));
        UUID leftBehind = attach(plan, aSignal(), WELFARE);
        item(plan, leftBehind, Discipline.WELFARE, "DONE", "left-behind");

        feedback.planMoved(active(plan), closed(plan));

        for (UUID signal : List.of(recalled, takenBefore, leftBehind)) {
            assertThat(hear(signal)).isEqualTo("accepted received");
        }
    }

    @Test
    void it_may_be_told_by_row_29_and_every_time_is_logged() {
        UUID one = only(aTakenUpSignal());

        assertThat(mayTell(feedback, one)).isTrue();
        assertThat(mayTell(feedback, one)).isTrue();
        assertThat(texts("select evaluation from decision_set order by evaluation"))
                .containsExactly("attempt", "release");
        assertThat(
                        texts(
                                "select (decision ->> 'ruleId') || ' ' || disclosure || ' ' || kind || ' ' || team_id from decided_release"))
                .containsExactly("row-29 NOTICE SENDER corporatie-demo");
        assertThat(texts("select coalesce(decision ->> 'fields', 'none') from decided_release"))
                .containsExactly("none");

        handOn(one);
        assertThat(mayTell(feedback, one)).as("tried again").isTrue();
        assertThat(mayTell(feedback, UUID.randomUUID())).isFalse();
    }

    @Test
    void of_a_superseded_signal_nothing_more_is_told_and_nothing_taken_back() {
        UUID told = aTakenUpSignal();
        handOn(only(told));
        outbox.closed(List.of(told), NOON.instant());
        UUID untold = aTakenUpSignal();
        withdraw(told);
        withdraw(untold);

        assertThat(mayTell(feedback, only(told))).as("on its way, and stopped").isFalse();
        for (UUID one : untold()) {
            assertThat(mayTell(feedback, one)).isFalse();
        }
        assertThat(untold()).as("void, and tried no more").isEmpty();
        assertThat(hear(told)).isEqualTo("taken-up received taken-up");
        assertThat(hear(untold)).isEqualTo("accepted received");
    }

    @Test
    void a_partner_that_left_is_told_nothing() throws IOException {
        UUID one = only(aTakenUpSignal());
        String partners = Files.readString(Path.of("config/partners.yaml"));
        Files.writeString(folder.resolve("partners.yaml"), partners.replace("corporatie-demo", "corporatie-ander"));
        SenderFeedback without =
                sender(Path.of("config"), Partners.read(folder, SignalFixture.DOORS, new ArrayList<>()));

        assertThat(mayTell(without, one)).isFalse();
        assertThat(untold()).isEmpty();
        assertThat(texts("select evaluation from decision_set"))
                .as("there is nobody to decide about")
                .isEmpty();
    }

    @Test
    void without_the_row_nothing_is_told_yet_nothing_is_lost_and_every_signal_looks_the_same() throws IOException {
        UUID taken = aTakenUpSignal();
        String agreement = Files.readString(Path.of("config/sharing-agreement.yaml"));
        assertThat(agreement).contains("kinds: [sender]}\n    classes: [T]");
        Files.writeString(
                folder.resolve("sharing-agreement.yaml"),
                agreement.replace("kinds: [sender]}\n    classes: [T]", "kinds: [sender]}\n    classes: [A]"));
        SenderFeedback without = sender(folder, PARTNERS);

        assertThat(mayTell(without, only(taken))).isFalse();
        assertThat(untold()).hasSize(1);
        assertThat(hear(without, taken)).isEqualTo(hear(without, aSignal())).isEqualTo("accepted");
        assertThat(mayTell(feedback, only(taken))).isTrue();
    }

    @Test
    void a_receipt_says_how_far_the_last_correction_is_and_never_goes_back() {
        UUID first = aTakenUpSignal();
        handOn(only(first));
        UUID second = aSignal();
        withdraw(first);

        assertThat(status(second)).isEqualTo("received");
        assertThat(status(first, second)).isEqualTo("taken-up");
        outbox.closed(List.of(second), NOON.instant());
        assertThat(status(first, second)).isEqualTo("closed");
    }

    private SenderFeedback sender(Path agreement, Partners partners) {
        AgreementInForce inForce =
                new AgreementInForce(SharingAgreement.read(agreement, VOCABULARY.codes(), new ArrayList<>()));
        ReleaseStore releases = new ReleaseStore(database);
        DecisionTrail trail = new DecisionTrail(
                releases,
                new DecisionWordsStore(database),
                new DecisionLogStore(database),
                new ProcessingLogStore(database, TestVault.vault(), "urn:fake:activity"),
                new SharingDuties(new DutyStore(database, TestVault.vault()), inForce));
        return new SenderFeedback(outbox, new FeedbackSharing(inForce, releases, trail, NOON), partners, NOON);
    }

    private void handOn(UUID id) {
        run("update feedback set told_at = now() where feedback_id = :id", id, null);
    }

    private List<UUID> untold() {
        return database.with(
                h -> h.createQuery("select feedback_id from feedback where told_at is null and void_at is null")
                        .mapTo(UUID.class)
                        .list());
    }

    private boolean mayTell(SenderFeedback who, UUID id) {
        return database.inTransaction(() -> who.mayTell(id, "attempt"));
    }

    private String hear(UUID signal) {
        return hear(feedback, signal);
    }

    private String hear(SenderFeedback who, UUID signal) {
        SenderFeedback.Heard heard =
                database.inTransaction(() -> who.hear(signal, NOON.instant(), Trace.continuing(null)));
        List<String> words = new ArrayList<>(List.of(heard.status()));
        heard.moments().forEach(moment -> words.add(moment.kind()));
        return String.join(" ", words);
    }

    private String status(UUID... signals) {
        return database.inTransaction(() -> feedback.status(List.of(signals), Trace.continuing(null)));
    }

    private UUID aTakenUpSignal() {
        UUID signal = aSignal();
        feedback.takenUp(signal);
        return signal;
    }

    /** The one thing that is to be heard of a signal. */
    private UUID only(UUID signal) {
        return outbox.ofSignal(signal).get(0).id();
    }

    private static Plan active(UUID id) {
        return with(id, PlanFixture.anActivePlan());
    }

    private static Plan closed(UUID id) {
        return with(id, PlanFixture.anActivePlan().closes(Plan.Outcome.GOALS_REACHED, NOON.instant()));
    }

    private static Plan with(UUID id, Plan plan) {
        return plan.toBuilder().id(id).build();
    }

    private static Plan in(Plan plan, String team) {
        return plan.toBuilder().teamId(team).build();
    }

    private UUID aSignal() {
        UUID id = UUID.randomUUID();
        run("""
                insert into signal (signal_id, partner_id, discipline, reference_key, content_key, category, severity,
                    data_class, group_key, trace_id, span_id, accepted_at, body_sealed)
                values (:id, 'corporatie-demo', 'HOUSING', :key, :key, 'nuisance.noise', 'low', '{N}', 'g', 't', 's',
                    now(), :key)
                """, id, null);
        return id;
    }

    private UUID aPlan() {
        UUID plan = UUID.randomUUID();
        run("insert into household (household_id, created_at) values (:id, now())", plan, null);
        run("""
                insert into plan (plan_id, household_id, team_id, state, opened_at)
                values (:id, :id, 'vb-noord', 'PROPOSED', now())
                """, plan, null);
        return plan;
    }

    private UUID attach(UUID plan, UUID signal, Discipline... seen) {
        database.with(h -> h.createUpdate(
                        "insert into plan_signal (plan_id, signal_id, attached_at) values (:plan, :signal, now())")
                .bind("plan", plan)
                .bind("signal", signal)
                .execute());
        for (Discipline one : seen) {
            database.with(h -> h.createUpdate("""
                            insert into plan_signal_seen (plan_id, signal_id, team_id, seat, child_count, epoch,
                                attached_at)
                            values (:plan, :signal, 'vb-noord', :discipline, 0, 1, now())
                            """)
                    .bind("plan", plan)
                    .bind("signal", signal)
                    .bind("discipline", one.name())
                    .execute());
        }
        return signal;
    }

    /** An item with a release of its own. */
    private UUID item(UUID plan, UUID signal, Discipline discipline, String state, String step) {
        UUID id = UUID.randomUUID();
        database.with(h -> h.createUpdate("""
                        insert into release (release_id, signal_id, team_id, seat, disclosure, decision, decided_at, kind)
                        values (:id, :signal, 'vb-noord', :discipline, 'NOTICE', '{}', now(), 'TEAM')
                        """)
                .bind("id", id)
                .bind("signal", signal)
                .bind("discipline", discipline.name())
                .execute());
        database.with(h -> h.createUpdate("""
                        insert into queue_item (queue_item_id, team_id, seat, release_id, signal_id, plan_id, state,
                            priority, created_at, due_at)
                        values (:id, 'vb-noord', :discipline, :id, :signal, :plan, :state, 'NORMAL', now(), now())
                        """)
                .bind("id", id)
                .bind("signal", signal)
                .bind("plan", plan)
                .bind("discipline", discipline.name())
                .bind("state", state)
                .execute());
        if (step != null) {
            run("""
                    insert into queue_item_step (step_id, queue_item_id, kind, user_id, happened_at)
                    values (gen_random_uuid(), :id, :text, 'fake-user', now())
                    """, id, step);
        }
        return id;
    }

    private void recall(UUID release) {
        run("insert into recall (release_id, reason, recalled_at) values (:id, 'fake', now())", release, null);
    }

    private void withdraw(UUID signal) {
        run("insert into withdrawal (signal_id, reason, withdrawn_at) values (:id, 'fake', now())", signal, null);
    }

    private void run(String sql, UUID id, String text) {
        database.with(h -> h.createUpdate(sql)
                .bind("id", id)
                .bind("text", text)
                .bind("key", id.toString().getBytes(StandardCharsets.UTF_8))
                .execute());
    }

    private List<String> texts(String sql) {
        return database.with(h -> h.createQuery(sql).mapTo(String.class).list());
    }
}
