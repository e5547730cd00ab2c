package nl.wijkhub.casework;

import static nl.wijkhub.TestStages.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestStages;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.casework.PlanWork.PlanAction;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.Agreement;
import nl.wijkhub.plan.Plan;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.plan.PlanPart.Owner;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Position;
import nl.wijkhub.plan.PlanPart.Rung;
import nl.wijkhub.plan.PlanPart.Side;
import nl.wijkhub.plan.PlanPart.Weighing;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.CaseSignalMapper;
import nl.wijkhub.signal.SignalSchema;

/** One household with one plan, at the seat of one team; what people do to it, and how time passes over it. */
final class AttentionFixture {
    static final Recipient SEAT = new Recipient("vb-noord", Discipline.MUNICIPALITY);
    static final Recipient OTHER_SEAT = new Recipient("vb-zuid", Discipline.MUNICIPALITY);
    static final Recipient POLICE = new Recipient("vb-noord", Discipline.POLICE);
    static final String MEMBER = "medewerker-demo";
    static final String WORDS = "Fictief: besproken in het overleg";
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    final TestStages stages;
    private int sent;

    AttentionFixture() {
        TestDatabase.empty();
        stages = new TestStages();
    }

    /** A signal of the landlord that the seat and the police see; its plan is proposed by it, when there is none. */
    UUID noise() {
        return signal("corporatie-demo", "nuisance.noise", "low");
    }

    UUID signal(String partner, String category, String severity) {
        sent++;
        String at = now().minusSeconds(3600).toString();
        String json = """
                {"reference":"fake-%d","occurredAt":"%s","reportedAt":"%s","category":"%s","severity":"%s",
                 "subject":{"household":{"address":{"postalCode":"9990 AB","houseNumber":12}}}}
                """.formatted(sent, at, at, category, severity);
        UUID id = stages.accept
                .accept(new CaseSignalMapper(
                                new SignalSchema(), CONFIG.vocabulary(), stages.accept::knows, stages.clock)
                        .map(
                                CONFIG.partners().get(partner),
                                Json.readStrictly(json.getBytes(StandardCharsets.UTF_8)),
                                Trace.continuing(null)))
                .signalId();
        stages.work(List.of(id.toString()));
        return id;
    }

    UUID plan() {
        return stages.database.with(
                h -> h.createQuery("select plan_id from plan").mapTo(UUID.class).one());
    }

    void change(String kind, UnaryOperator<Plan> command) {
        stages.database.inTransaction(
                () -> stages.planWork.change(plan(), actor(SEAT), new PlanAction(kind, null, null, null), command));
    }

    void coordinatedBy(String user) {
        change(
                "coordinator-set",
                plan -> plan.coordinatedBy(
                        new Coordinator(Coordinator.CoordinatorKind.USER, user, SEAT, null, null), today()));
    }

    /** A partner that takes part from now on. */
    Participant joined(Discipline discipline) {
        Participant partner = new Participant(
                Identifier.next(), new Recipient("vb-noord", discipline), null, null, null, now(), null);
        change("participant-joined", plan -> plan.joinedBy(partner));
        return partner;
    }

    /**
     * Something that is agreed now.
     *
     * @param owner null for the coordinator
     * @param days until its last day
     */
    UUID agreed(Participant owner, int days) {
        UUID id = Identifier.next();
        change(
                "agreement-made",
                plan -> plan.agrees(
                        Agreement.builder()
                                .id(id)
                                .text(WORDS)
                                .owner(owner == null ? Owner.COORDINATOR : Owner.PARTICIPANT)
                                .participantId(owner == null ? null : owner.id())
                                .rung(Rung.OWN_NETWORK)
                                .dueOn(today().plusDays(days))
                                .state(Agreement.AgreementState.OPEN)
                                .madeAt(now())
                                .build(),
                        today()));
        return id;
    }

    void done(UUID agreement) {
        change("agreement-done", plan -> plan.endsAgreement(agreement, Agreement.AgreementState.DONE, null, now()));
    }

    static Actor actor(Recipient pair) {
        return new Actor(MEMBER, List.of(pair), Trace.continuing(null));
    }

    Instant now() {
        return stages.clock.instant();
    }

    LocalDate today() {
        return stages.planWork.today();
    }

    AttentionFixture pass(String time) {
        stages.clock.pass(Duration.parse(time));
        return this;
    }

    AttentionFixture aMoment() {
        stages.clock.pass(A_MOMENT);
        return this;
    }

    /** Looks, as the hub does every minute, and tells what asks this pair for attention: its kind, and about what part. */
    List<String> asks(Recipient pair) {
        stages.attentionCheck.check();
        return stages.attention.ofPair(pair, 10).stream()
                .map(item -> item.kind() + (item.partId() == null ? "" : " " + item.partId()))
                .toList();
    }

    /** The same of what is past its term in the queue of a pair. */
    List<String> overdue(Recipient pair) {
        return stages.attention.overdue(pair, now(), 10).stream()
                .map(item -> item.kind() + " " + item.partId())
                .toList();
    }

    /** What the history of the plan tells of what nobody did. */
    List<String> history() {
        return texts("""
                select kind from plan_event where kind like '%-raised' or kind like '%-over' or kind = 'handover-reminded'
                order by happened_at, event_id
                """);
    }

    List<String> texts(String sql) {
        return stages.database.with(h -> h.createQuery(sql).mapTo(String.class).list());
    }

    void execute(String sql) {
        stages.database.with(h -> h.execute(sql));
    }

    /** This asks the seat for attention now, and nothing else does; the history of the plan tells when it began. */
    void found(String kind, UUID... parts) {
        String[] expected = parts.length == 0
                ? new String[] {kind}
                : Arrays.stream(parts).map(part -> kind + " " + part).toArray(String[]::new);
        assertThat(asks(SEAT)).containsExactly(expected);
        // a second look raises nothing anew
        assertThat(asks(SEAT)).containsExactly(expected);
        assertThat(stages.meters
                        .get(Meters.ATTENTION)
                        .tag(Meters.TAG_KIND, kind)
                        .gauge()
                        .value())
                .isPositive();
        assertThat(history()).endsWith(kind + "-raised");
    }

    /** Nothing asks the seat for attention any more, and the history tells that this one is over. */
    void over(String kind) {
        none();
        assertThat(history()).endsWith(kind + "-raised", kind + "-over");
    }

    /** Nothing asks the seat for attention. */
    void none() {
        assertThat(asks(SEAT)).isEmpty();
    }

    void reviewedIn(int days) {
        change(
                "coordinator-set",
                plan -> plan.coordinatedBy(
                        new Coordinator(
                                Coordinator.CoordinatorKind.HOUSEHOLD, MEMBER, SEAT, WORDS, today().plusDays(days)),
                        today()));
    }

    Weighing weighing() {
        Weighing weighing = new Weighing(Identifier.next(), WORDS, now(), null, null, null, null, List.of());
        change("weighing-opened", plan -> plan.weighs(weighing));
        return weighing;
    }

    Position position(Participant partner) {
        return new Position(partner.pair(), Side.PERSON, WORDS, false, "fake-partner", now());
    }

    UUID step(Discipline discipline) {
        return UUID.fromString(texts("select escalation_id::text from escalation where seat = '" + discipline + "'")
                .get(0));
    }

    UUID asked(UUID signal, boolean isOfSeat) {
        UUID household =
                UUID.fromString(texts("select household_id::text from plan").get(0));
        MatchedSignal matched = stages.match.again(stages.signals.byId(signal).orElseThrow(), household);
        return stages.database.inTransaction(() -> stages.consultations
                .ask(matched, "vb-noord", MEMBER, isOfSeat ? SEAT : null)
                .orElseThrow());
    }
}
