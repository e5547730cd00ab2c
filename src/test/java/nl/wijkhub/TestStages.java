package nl.wijkhub;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.wijkhub.app.wiring.HubConfig;
import nl.wijkhub.audit.DecisionLogStore;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.audit.TimelineStore;
import nl.wijkhub.casework.AttentionLook;
import nl.wijkhub.casework.AttentionStore;
import nl.wijkhub.casework.HandoverStore;
import nl.wijkhub.casework.Handovers;
import nl.wijkhub.casework.PlanFactsStore;
import nl.wijkhub.casework.PlanWork;
import nl.wijkhub.escalation.EscalatedSignal;
import nl.wijkhub.escalation.EscalationAnswerStore;
import nl.wijkhub.escalation.EscalationAnswers;
import nl.wijkhub.escalation.EscalationDecide;
import nl.wijkhub.escalation.EscalationHandover;
import nl.wijkhub.escalation.EscalationLook;
import nl.wijkhub.escalation.EscalationOpening;
import nl.wijkhub.escalation.EscalationSeenStore;
import nl.wijkhub.escalation.EscalationStore;
import nl.wijkhub.escalation.Escalations;
import nl.wijkhub.escalation.PlanFacts;
import nl.wijkhub.escalation.SeenSignalStore;
import nl.wijkhub.escalation.Told;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.HouseholdMatchStore;
import nl.wijkhub.household.HouseholdStore;
import nl.wijkhub.household.PersonStore;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.AreaAgenda;
import nl.wijkhub.plan.AreaAgendaStore;
import nl.wijkhub.plan.PlanAttach;
import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.plan.PlanStore;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.BreakGlass;
import nl.wijkhub.sharing.BreakGlassStore;
import nl.wijkhub.sharing.ConsentRegister;
import nl.wijkhub.sharing.ConsentStore;
import nl.wijkhub.sharing.ConsultationAdvice;
import nl.wijkhub.sharing.ConsultationAnswerStore;
import nl.wijkhub.sharing.ConsultationStore;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.sharing.DecisionTrail;
import nl.wijkhub.sharing.DutyStore;
import nl.wijkhub.sharing.EscalationSharing;
import nl.wijkhub.sharing.FeedbackSharing;
import nl.wijkhub.sharing.HoldOpening;
import nl.wijkhub.sharing.HoldStore;
import nl.wijkhub.sharing.NarrativeStore;
import nl.wijkhub.sharing.Narratives;
import nl.wijkhub.sharing.ObjectionStore;
import nl.wijkhub.sharing.Objections;
import nl.wijkhub.sharing.OnwardSharing;
import nl.wijkhub.sharing.PlanSharing;
import nl.wijkhub.sharing.ReleaseRecall;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.sharing.SharingAgreement;
import nl.wijkhub.sharing.SharingDecide;
import nl.wijkhub.sharing.SharingDuties;
import nl.wijkhub.sharing.SharingInputs;
import nl.wijkhub.signal.SignalAccept;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.Delivery;
import nl.wijkhub.team.DeliveryStore;
import nl.wijkhub.team.FeedbackStore;
import nl.wijkhub.team.QueueStore;
import nl.wijkhub.team.QueueWorkStore;
import nl.wijkhub.team.SenderFeedback;
import nl.wijkhub.team.TeamEvent;
import nl.wijkhub.team.TeamQueue;

/**
 * The stages, what people do with a plan and what time does to it, without routes, broker or HTTP: the classes of the
 * hub on the real database and the shipped configuration, under a clock that the test moves.
 */
public final class TestStages {
    public static final HubConfig CONFIG = HubConfig.read(
                    Path.of("config"),
                    Map.of(),
                    Map.of(
                            "hub.oidc.board-client-secret", "x",
                            "hub.database.url", "x",
                            "hub.database.user", "x",
                            "hub.database.password", "x",
                            "hub.broker.url", "x",
                            "hub.broker.amqp-url", "amqp://x",
                            "hub.broker.user", "x",
                            "hub.broker.password", "x"))
            .config();

    public final TestClock clock = new TestClock();
    public final DatabaseStore database = TestDatabase.store();
    public final Vault vault = TestVault.vault();
    public final MeterRegistry meters = new SimpleMeterRegistry();
    /** What was put on the queues of teams, in the order it was sent. */
    public final List<Delivery> sent = new ArrayList<>();

    public final SignalStore signals = new SignalStore(database, vault);
    public final ReleaseStore releases = new ReleaseStore(database);
    public final QueueWorkStore items = new QueueWorkStore(database, vault);
    public final PlanLifeStore plans = new PlanLifeStore(database, vault);
    public final AttentionStore attention = new AttentionStore(database);
    public final SignalAccept accept;
    public final HouseholdMatch match;
    public final SharingDecide decide;
    public final Consultations consultations;
    public final Narratives narratives;
    public final Objections objections;
    public final BreakGlass glass;
    public final PlanWork planWork;
    public final Handovers handovers;
    public final TeamQueue queue;
    public final EscalationAnswers answers;
    public final EscalationLook escalationLook;
    public final AttentionLook attentionLook;
    private final PlanAttach attach;
    private final EscalationDecide escalate;

    public TestStages() {
        this(CONFIG.agreement());
    }

    /**
     * @param agreement the one in force, for as long as these stages live
     */
    public TestStages(SharingAgreement agreement) {
        Timeline timeline = new Timeline(new TimelineStore(database), meters);
        accept = new SignalAccept(signals, timeline, CONFIG.vocabulary(), CONFIG.partners(), vault, clock);
        match = new HouseholdMatch(
                signals,
                new HouseholdStore(database, vault),
                new PersonStore(database),
                new HouseholdMatchStore(database, vault),
                timeline,
                vault,
                clock);
        AgreementInForce inForce = new AgreementInForce(agreement);
        ConsentStore consents = new ConsentStore(database, vault);
        ProcessingLogStore processingLog = new ProcessingLogStore(database, vault, "urn:fake:activity");
        DecisionTrail trail = new DecisionTrail(
                releases,
                new DecisionLogStore(database),
                processingLog,
                new SharingDuties(new DutyStore(database, vault), inForce));
        HoldStore holds = new HoldStore(database);
        ObjectionStore raised = new ObjectionStore(database, vault);
        NarrativeStore read = new NarrativeStore(database);
        SharingInputs inputs = new SharingInputs(consents, releases, raised, read);
        ConsultationStore asked = new ConsultationStore(database, vault);
        HoldOpening opening = new HoldOpening(holds, asked, inForce);
        ReleaseRecall recall = new ReleaseRecall(releases, signals, match, inputs, CONFIG.teams(), inForce, trail);
        ConsentRegister register = new ConsentRegister(consents, match, holds, recall, clock);
        decide = new SharingDecide(
                inForce, CONFIG.teams(), releases, inputs, register, holds, opening, signals, trail, timeline, clock);
        objections = new Objections(raised, consents, holds, recall, match, inForce, clock);
        narratives = new Narratives(signals, releases, match, inputs, decide, CONFIG.teams(), read, trail, clock);
        glass = new BreakGlass(database, match, signals, decide, new BreakGlassStore(database, vault), meters, clock);
        consultations = new Consultations(
                asked,
                new ConsultationAnswerStore(database, vault),
                holds,
                signals,
                releases,
                match,
                inputs,
                decide,
                CONFIG.teams(),
                trail,
                CONFIG.settings().duration("hub.consult.term"),
                clock);
        OnwardSharing onward =
                new OnwardSharing(signals, match, inputs, decide, CONFIG.teams(), holds, opening, trail, clock);
        PlanEventStore events = new PlanEventStore(database, vault);
        FeedbackStore outbox = new FeedbackStore(database);
        attach = new PlanAttach(
                new PlanStore(database),
                events,
                new AreaAgenda(new AreaAgendaStore(database, vault), outbox, vault, clock),
                timeline,
                clock);
        EscalationStore escalations = new EscalationStore(database);
        SeenSignalStore seen = new SeenSignalStore(database);
        PlanFacts facts = new PlanFactsStore(database);
        EscalationOpening steps = new EscalationOpening(seen, onward, consultations, signals, match, CONFIG.teams());
        escalate = new EscalationDecide(CONFIG.escalation(), escalations, seen, facts, steps, timeline, clock);
        escalationLook = new EscalationLook(
                database, CONFIG.escalation(), escalations, seen, facts, match, steps, timeline, clock);
        EscalationSeenStore stepsSeen = new EscalationSeenStore(database);
        EscalationAnswerStore stepsAnswered = new EscalationAnswerStore(database, vault);
        Escalations known = new Escalations(
                CONFIG.escalation(),
                escalations,
                stepsSeen,
                stepsAnswered,
                new EscalationSharing(inForce, releases, signals, match, inputs, decide, CONFIG.teams(), trail, clock),
                Told.NOBODY);
        answers = new EscalationAnswers(
                known, escalations, stepsSeen, stepsAnswered, match, events, CONFIG.partners(), Told.NOBODY, clock);
        queue = new TeamQueue(
                CONFIG.teams(),
                new QueueStore(database),
                new DeliveryStore(database),
                signals,
                sent::addAll,
                new TeamEvent("00000009999999999000", vault),
                timeline,
                clock);
        HandoverStore handedOver = new HandoverStore(database, vault);
        planWork = new PlanWork(
                plans,
                events,
                match,
                new PlanSharing(inForce, releases, trail, clock),
                signals,
                releases,
                items,
                handedOver,
                known,
                new ConsultationAdvice(asked, releases, inputs, decide, inForce, trail, clock),
                new SenderFeedback(
                        outbox, new FeedbackSharing(inForce, releases, trail, clock), CONFIG.partners(), clock),
                processingLog,
                CONFIG.teams(),
                clock);
        handovers = new Handovers(
                handedOver,
                planWork,
                plans,
                attach,
                events,
                onward,
                match,
                items,
                queue,
                new EscalationHandover(CONFIG.escalation(), escalations, seen, facts, steps, timeline, clock),
                CONFIG.teams());
        attentionLook = new AttentionLook(
                database,
                attention,
                events,
                handovers,
                answers,
                CONFIG.teams(),
                CONFIG.settings().duration("hub.attention.unclaimed-after"),
                CONFIG.settings().duration("hub.attention.silent-after"),
                CONFIG.settings().duration("hub.attention.quiet-after"),
                meters,
                clock);
    }

    /**
     * Stages 30 to 70 of one batch, in one transaction.
     *
     * @param ids of accepted signals
     */
    public List<DecidedSignal> work(List<String> ids) {
        List<DecidedSignal> decided = new ArrayList<>();
        queue.send(database.inTransaction(() -> {
            decided.addAll(decide.decide(match.match(ids)));
            List<EscalatedSignal> escalated = escalate.decide(attach.attach(decided));
            return queue.assign(escalated);
        }));
        return decided;
    }
}
