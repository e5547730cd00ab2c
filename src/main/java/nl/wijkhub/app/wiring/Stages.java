package nl.wijkhub.app.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import nl.wijkhub.app.batch.OneTransaction;
import nl.wijkhub.app.batch.StageParking;
import nl.wijkhub.app.broker.AcceptedQueue;
import nl.wijkhub.app.broker.ArtemisSender;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.audit.AuditChainStore;
import nl.wijkhub.audit.AuditExport;
import nl.wijkhub.audit.AuditExportStore;
import nl.wijkhub.audit.DecisionLogStore;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.audit.TimelineStore;
import nl.wijkhub.casework.AttentionLook;
import nl.wijkhub.casework.AttentionStore;
import nl.wijkhub.casework.HandoverStore;
import nl.wijkhub.casework.Handovers;
import nl.wijkhub.casework.HouseholdChanges;
import nl.wijkhub.casework.HouseholdMatches;
import nl.wijkhub.casework.PlanFactsStore;
import nl.wijkhub.casework.PlanWork;
import nl.wijkhub.casework.QueueWork;
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
import nl.wijkhub.escalation.StepMoveStore;
import nl.wijkhub.household.CollectiveAddressStore;
import nl.wijkhub.household.CollectiveAddresses;
import nl.wijkhub.household.HouseholdChangeStore;
import nl.wijkhub.household.HouseholdLineage;
import nl.wijkhub.household.HouseholdLineageStore;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.HouseholdMatchStore;
import nl.wijkhub.household.HouseholdStore;
import nl.wijkhub.household.PersonStore;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.partner.care.NoteMapper;
import nl.wijkhub.partner.housing.SignaleringMapper;
import nl.wijkhub.partner.housing.UnitRegister;
import nl.wijkhub.partner.housing.UnitStore;
import nl.wijkhub.partner.housing.ZaakMapper;
import nl.wijkhub.partner.police.ReportMapper;
import nl.wijkhub.partner.publicspace.MeldingMapper;
import nl.wijkhub.partner.welfare.IntakeMapper;
import nl.wijkhub.plan.AreaAgenda;
import nl.wijkhub.plan.AreaAgendaStore;
import nl.wijkhub.plan.AreaRollupStore;
import nl.wijkhub.plan.AreaRollups;
import nl.wijkhub.plan.PlanAttach;
import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.plan.PlanMatchStore;
import nl.wijkhub.plan.PlanMoveStore;
import nl.wijkhub.plan.PlanStore;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.AgreementStore;
import nl.wijkhub.sharing.BreakGlass;
import nl.wijkhub.sharing.BreakGlassStore;
import nl.wijkhub.sharing.CitizenExport;
import nl.wijkhub.sharing.ConsentRegister;
import nl.wijkhub.sharing.ConsentStore;
import nl.wijkhub.sharing.ConsultationAdvice;
import nl.wijkhub.sharing.ConsultationAnswerStore;
import nl.wijkhub.sharing.ConsultationSharing;
import nl.wijkhub.sharing.ConsultationStore;
import nl.wijkhub.sharing.Consultations;
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
import nl.wijkhub.sharing.SharingDecide;
import nl.wijkhub.sharing.SharingDuties;
import nl.wijkhub.sharing.SharingHolds;
import nl.wijkhub.sharing.SharingInputs;
import nl.wijkhub.sharing.fhir.ConsentMapper;
import nl.wijkhub.signal.AreaReceipts;
import nl.wijkhub.signal.CaseSignalMapper;
import nl.wijkhub.signal.CloudEventReading;
import nl.wijkhub.signal.InHandStore;
import nl.wijkhub.signal.PartnerTraffic;
import nl.wijkhub.signal.PartnerTrafficStore;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.signal.QuarantineStore;
import nl.wijkhub.signal.ReceiptStore;
import nl.wijkhub.signal.SignalAccept;
import nl.wijkhub.signal.SignalAcceptMany;
import nl.wijkhub.signal.SignalParking;
import nl.wijkhub.signal.SignalReading;
import nl.wijkhub.signal.SignalSchema;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.subscription.NotificationStore;
import nl.wijkhub.subscription.SubscriberTold;
import nl.wijkhub.team.DeliveryAttempt;
import nl.wijkhub.team.DeliveryStore;
import nl.wijkhub.team.FeedbackStore;
import nl.wijkhub.team.ItemMoveStore;
import nl.wijkhub.team.PlaceAreas;
import nl.wijkhub.team.QueueStore;
import nl.wijkhub.team.QueueSweep;
import nl.wijkhub.team.QueueWorkStore;
import nl.wijkhub.team.SenderFeedback;
import nl.wijkhub.team.Team;
import nl.wijkhub.team.TeamEvent;
import nl.wijkhub.team.TeamQueue;

/** Every mapper, stage and store of one hub, wired by hand, left to right along the way of a signal. */
public final class Stages {
    /** Who is told of steps outside the teams: whoever keeps the subscriptions. */
    final Timeline timeline;

    final SignalSchema schema;
    final SignalStore signals;
    final SignalAccept accept;
    final AreaReceipts receipts;
    final SignalReading signalReading;
    final SignalAcceptMany acceptMany;
    final HouseholdMatch match;
    final HouseholdStore households;
    final ReleaseStore releases;
    final ConsentStore consents;
    final AgreementInForce inForce;
    final DutyStore duties;
    final HoldStore holds;
    final ObjectionStore objectionsRaised;
    final Objections objections;
    final Narratives narratives;
    final Consultations consultations;
    final Escalations escalationsKnown;
    final EscalationAnswers escalationAnswers;
    final EscalationSharing escalationSharing;
    final SenderFeedback senderFeedback;
    final ConsultationSharing consultationSharing;
    final Quarantine quarantine;
    final PartnerTrafficStore trafficSeen;
    final PartnerTraffic traffic;
    final NotificationStore notifications;
    final PlanAttach planAttach;
    final QueueWorkStore itemsInHand;
    final QueueWork queueWork;
    final CollectiveAddresses collective;
    final HouseholdMatches householdMatches;
    final AreaAgenda agenda;
    final AreaRollups rollups;
    final PlanLifeStore plans;
    final PlanSharing planSharing;
    final PlanWork planWork;
    final HandoverStore handedOver;
    final Handovers handovers;
    final AttentionStore attention;
    final BreakGlassStore glassUses;
    final BreakGlass glass;
    final CitizenExport citizens;
    final AuditExport export;
    final ProcessingLogStore processingLog;
    final QueueStore queue;
    final DeliveryStore deliveries;
    final AcceptedQueue acceptedQueue;
    final StageParking parking;
    final InHandStore inHand;
    final SharingDecide sharing;
    final TeamQueue teamQueue;
    final QueueSweep sweep;
    private final Map<String, Object> beans = new LinkedHashMap<>();

    Stages(
            HubConfig config,
            DatabaseStore database,
            BrokerConnection broker,
            Vault vault,
            MeterRegistry meters,
            Clock clock) {
        HubSettings settings = config.settings();
        acceptedQueue = new AcceptedQueue(broker);
        timeline = new Timeline(new TimelineStore(database), meters);
        // 10, 20
        schema = new SignalSchema();
        signals = new SignalStore(database, vault);
        accept = new SignalAccept(signals, timeline, config.vocabulary(), config.partners(), vault, clock);
        trafficSeen = new PartnerTrafficStore(database);
        traffic = new PartnerTraffic(trafficSeen, clock);
        quarantine = new Quarantine(
                database,
                new QuarantineStore(database, vault),
                vault,
                settings.number("hub.quarantine.max-bytes"),
                settings.duration("hub.quarantine.keep-for"),
                clock);
        beans.put("quarantine", quarantine);
        receipts =
                new AreaReceipts(new ReceiptStore(database), vault, settings.duration("hub.receipt.valid-for"), clock);
        UnitStore units = new UnitStore(database, vault, clock);
        // 30
        households = new HouseholdStore(database, vault);
        HouseholdMatchStore doubts = new HouseholdMatchStore(database, vault);
        match = new HouseholdMatch(signals, households, new PersonStore(database), doubts, timeline, vault, clock);
        collective = new CollectiveAddresses(new CollectiveAddressStore(database, vault), vault, clock);
        // 40
        releases = new ReleaseStore(database);
        String activity = "urn:nld:oin:" + settings.text("hub.oin") + ":verwerkingsactiviteit:signaal-delen";
        consents = new ConsentStore(database, vault);
        DecisionLogStore decisionLog = new DecisionLogStore(database);
        inForce = new AgreementInForce(
                config.folder(),
                config.vocabulary(),
                config.teams().all().stream().map(Team::id).collect(Collectors.toSet()),
                new AgreementStore(database),
                clock);
        processingLog = new ProcessingLogStore(database, vault, activity);
        citizens = new CitizenExport(database, match, signals, releases, processingLog, clock);
        duties = new DutyStore(database, vault);
        DecisionTrail trail =
                new DecisionTrail(releases, decisionLog, processingLog, new SharingDuties(duties, inForce));
        objectionsRaised = new ObjectionStore(database, vault);
        NarrativeStore read = new NarrativeStore(database);
        SharingInputs inputs = new SharingInputs(consents, releases, objectionsRaised, read);
        ReleaseRecall recall = new ReleaseRecall(releases, signals, match, inputs, config.teams(), inForce, trail);
        holds = new HoldStore(database);
        ConsentRegister register = new ConsentRegister(consents, match, holds, recall, clock);
        ConsultationStore asked = new ConsultationStore(database, vault);
        HoldOpening opening = new HoldOpening(holds, asked, inForce);
        sharing = new SharingDecide(
                inForce, config.teams(), releases, inputs, register, holds, opening, signals, trail, timeline, clock);
        SharingHolds sharingHolds = new SharingHolds(
                holds,
                signals,
                match,
                consents,
                inputs,
                sharing,
                config.teams(),
                opening,
                trail,
                timeline,
                meters,
                clock);
        objections = new Objections(objectionsRaised, consents, holds, recall, match, inForce, clock);
        narratives = new Narratives(signals, releases, match, inputs, sharing, config.teams(), read, trail, clock);
        consultations = new Consultations(
                asked,
                new ConsultationAnswerStore(database, vault),
                holds,
                signals,
                releases,
                match,
                inputs,
                sharing,
                config.teams(),
                trail,
                settings.duration("hub.consult.term"),
                clock);
        ConsultationAdvice advice = new ConsultationAdvice(asked, releases, inputs, sharing, inForce, trail, clock);
        FeedbackStore outbox = new FeedbackStore(database);
        senderFeedback = new SenderFeedback(
                outbox, new FeedbackSharing(inForce, releases, trail, clock), config.partners(), clock);
        consultationSharing =
                new ConsultationSharing(asked, signals, match, inputs, sharing, config.teams(), trail, clock);
        glassUses = new BreakGlassStore(database, vault);
        glass = new BreakGlass(database, match, signals, sharing, glassUses, meters, clock);
        // 50, 60
        PlanEventStore planEvents = new PlanEventStore(database, vault);
        agenda = new AreaAgenda(new AreaAgendaStore(database, vault), outbox, vault, clock);
        rollups = new AreaRollups(
                database,
                new AreaRollupStore(database, vault),
                decisionLog,
                inForce,
                config.neighbourhoods().buurten(),
                config.vocabulary().codes(),
                config.neighbourhoods()::buurtOf,
                clock);
        planAttach = new PlanAttach(new PlanStore(database), planEvents, agenda, timeline, clock);
        OnwardSharing onward =
                new OnwardSharing(signals, match, inputs, sharing, config.teams(), holds, opening, trail, clock);
        EscalationStore escalations = new EscalationStore(database);
        notifications = new NotificationStore(database);
        SeenSignalStore seen = new SeenSignalStore(database);
        PlanFacts planFacts = new PlanFactsStore(database);
        EscalationOpening steps = new EscalationOpening(seen, onward, consultations, signals, match, config.teams());
        EscalationDecide escalate =
                new EscalationDecide(config.escalation(), escalations, seen, planFacts, steps, timeline, clock);
        SubscriberTold told = new SubscriberTold(notifications);
        EscalationSeenStore stepsSeen = new EscalationSeenStore(database);
        EscalationAnswerStore stepsAnswered = new EscalationAnswerStore(database, vault);
        escalationSharing =
                new EscalationSharing(inForce, releases, signals, match, inputs, sharing, config.teams(), trail, clock);
        escalationsKnown =
                new Escalations(config.escalation(), escalations, stepsSeen, stepsAnswered, escalationSharing, told);
        escalationAnswers = new EscalationAnswers(
                escalationsKnown,
                escalations,
                stepsSeen,
                stepsAnswered,
                match,
                planEvents,
                config.partners(),
                told,
                clock);
        beans.put(
                "escalationLook",
                new EscalationLook(
                        database, config.escalation(), escalations, seen, planFacts, match, steps, timeline, clock));
        // 70
        queue = new QueueStore(database);
        deliveries = new DeliveryStore(database);
        teamQueue = new TeamQueue(
                config.teams(),
                queue,
                deliveries,
                signals,
                new ArtemisSender(broker, meters),
                new TeamEvent(settings.text("hub.oin"), vault),
                timeline,
                clock);
        itemsInHand = new QueueWorkStore(database, vault);
        queueWork = new QueueWork(
                itemsInHand, signals, releases, match, sharing, consultations, advice, senderFeedback, clock);
        plans = new PlanLifeStore(database, vault);
        handedOver = new HandoverStore(database, vault);
        planSharing = new PlanSharing(inForce, releases, trail, clock);
        planWork = new PlanWork(
                plans,
                planEvents,
                match,
                planSharing,
                signals,
                releases,
                itemsInHand,
                handedOver,
                escalationsKnown,
                advice,
                senderFeedback,
                processingLog,
                config.teams(),
                clock);
        handovers = new Handovers(
                handedOver,
                planWork,
                plans,
                planAttach,
                planEvents,
                onward,
                match,
                itemsInHand,
                teamQueue,
                new EscalationHandover(config.escalation(), escalations, seen, planFacts, steps, timeline, clock),
                config.teams());
        HouseholdLineage lineage = new HouseholdLineage(
                signals,
                households,
                doubts,
                new HouseholdChangeStore(database, vault),
                new HouseholdLineageStore(database),
                vault);
        householdMatches = new HouseholdMatches(
                new PlanMatchStore(database),
                doubts,
                lineage,
                new HouseholdChanges(
                        lineage,
                        doubts,
                        plans,
                        new PlanMoveStore(database),
                        planEvents,
                        new ItemMoveStore(database),
                        new StepMoveStore(database),
                        handedOver),
                plans,
                processingLog,
                clock);
        attention = new AttentionStore(database);
        AttentionLook attentionLook = new AttentionLook(
                database,
                attention,
                planEvents,
                handovers,
                escalationAnswers,
                config.teams(),
                settings.duration("hub.attention.unclaimed-after"),
                settings.duration("hub.attention.silent-after"),
                settings.duration("hub.attention.quiet-after"),
                meters,
                clock);
        sweep = new QueueSweep(
                signals,
                deliveries,
                teamQueue,
                new DeliveryAttempt(database, queue, recall, planAttach, teamQueue, clock),
                acceptedQueue::oldestWaiting,
                acceptedQueue::requeue,
                settings.duration("hub.sweep.first-after"),
                clock);
        SignalParking signalParking = new SignalParking(
                database,
                signals,
                timeline,
                settings.number("hub.work.attempts"),
                settings.duration("hub.work.first-pause"),
                clock);
        inHand = new InHandStore(database, clock);
        parking = new StageParking(signalParking, acceptedQueue, inHand, database);

        CaseSignalMapper mapper = new CaseSignalMapper(schema, config.vocabulary(), accept::knows, clock);
        signalReading = new SignalReading(
                mapper, new CloudEventReading(mapper, clock), settings.number("hub.http.max-body-bytes"));
        beans.put("signalReading", signalReading);
        beans.put("zaakMapper", new ZaakMapper(config.veraCodes(), config.vocabulary(), units, clock));
        beans.put("signaleringMapper", new SignaleringMapper(config.veraCodes(), config.vocabulary(), units, clock));
        beans.put("reportMapper", new ReportMapper(config.policeCodes(), config.vocabulary(), clock));
        beans.put("intakeMapper", new IntakeMapper(config.intakeCodes(), clock));
        beans.put("noteMapper", new NoteMapper(config.noteCodes(), clock));
        beans.put(
                "meldingMapper",
                new MeldingMapper(
                        config.meldingCodes(),
                        config.vocabulary(),
                        new PlaceAreas(config.neighbourhoods(), config.teams())::area,
                        accept::acceptedAt,
                        clock));
        beans.put("consentMapper", new ConsentMapper(config.intakeCodes(), clock));
        beans.put("consentRegister", register);
        beans.put("unitRegister", new UnitRegister(units, clock));
        beans.put("signalAccept", accept);
        acceptMany = new SignalAcceptMany(accept, receipts, acceptedQueue::putAll);
        beans.put("signalAcceptMany", acceptMany);
        beans.put("acceptedQueue", acceptedQueue);
        beans.put("areaReceipts", receipts);
        beans.put("oneTransaction", new OneTransaction(database));
        beans.put("householdMatch", match);
        beans.put("sharingDecide", sharing);
        beans.put("sharingHolds", sharingHolds);
        beans.put("planAttach", planAttach);
        beans.put("escalationDecide", escalate);
        beans.put("teamQueue", teamQueue);
        beans.put("queueSweep", sweep);
        beans.put("attentionLook", attentionLook);
        beans.put("areaRollups", rollups);
        beans.put("agreementInForce", inForce);
        export = new AuditExport(
                new AuditExportStore(database),
                settings.text("hub.audit.otlp-endpoint"),
                settings.text("hub.audit.otlp-token"),
                settings.text("hub.oin"),
                meters);
        beans.put("auditExport", export);
        AuditChainStore chain = new AuditChainStore(database, vault, clock);
        Gauge.builder(Meters.AUDIT_SEAL_AGE, chain, AuditChainStore::secondsSinceSeal)
                .baseUnit("seconds")
                .register(meters);
        beans.put("auditChain", chain);
    }

    /** The beans that routes/ may name. */
    Map<String, Object> beans() {
        return beans;
    }
}
