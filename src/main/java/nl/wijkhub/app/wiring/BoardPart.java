package nl.wijkhub.app.wiring;

import java.time.Clock;
import java.util.List;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.plan.PlanTaskStore;
import nl.wijkhub.sharing.AgreementStore;
import nl.wijkhub.sharing.DecidedBeforeStore;
import nl.wijkhub.sharing.DecisionReplay;
import nl.wijkhub.signal.ParkedStore;
import nl.wijkhub.team.TrendStore;
import nl.wijkhub.team.VisitStore;
import nl.wijkhub.web.api.CitizenApi;
import nl.wijkhub.web.api.ConsultationApi;
import nl.wijkhub.web.api.NeighbourhoodApi;
import nl.wijkhub.web.api.ObjectionApi;
import nl.wijkhub.web.api.PlanChanges;
import nl.wijkhub.web.api.QuarantineApi;
import nl.wijkhub.web.api.ReleaseApi;
import nl.wijkhub.web.api.SignalApi;
import nl.wijkhub.web.board.AreaPage;
import nl.wijkhub.web.board.AskedPage;
import nl.wijkhub.web.board.Board;
import nl.wijkhub.web.board.LeadPage;
import nl.wijkhub.web.board.OperationsPage;
import nl.wijkhub.web.board.PlanForms;
import nl.wijkhub.web.board.PlanPage;
import nl.wijkhub.web.board.PlanPlaces;
import nl.wijkhub.web.board.PlanShared;
import nl.wijkhub.web.board.PlansPage;
import nl.wijkhub.web.board.PrivacyPage;
import nl.wijkhub.web.board.QueueForms;
import nl.wijkhub.web.board.QueuePage;
import nl.wijkhub.web.board.SignalPage;

/** The sections of the board, in the order of its menu. */
final class BoardPart {
    /** Doors whose answers the board shows as pages. */
    record Doors(
            SignalApi signals,
            ReleaseApi releases,
            CitizenApi citizens,
            ObjectionApi objections,
            ConsultationApi consultations,
            NeighbourhoodApi neighbourhoods,
            PlanChanges planChanges) {}

    private BoardPart() {}

    static List<Board.Section> sections(
            HubConfig config,
            Stages stages,
            SubscriberPart subscribers,
            QuarantineApi.Replay replay,
            DatabaseStore database,
            Doors doors,
            Clock clock) {
        AgreementStore agreements = new AgreementStore(database);
        PlanPlaces places = new PlanPlaces(stages.plans, stages.signals, stages.releases, doors.signals());
        return List.of(
                new QueuePage(
                        stages.queue,
                        stages.itemsInHand,
                        new VisitStore(database),
                        stages.signals,
                        stages.releases,
                        stages.inForce,
                        config.vocabulary(),
                        config.teams(),
                        clock),
                new QueueForms(database, stages.queueWork, config.vocabulary(), config.teams()),
                new SignalPage(
                        database,
                        stages.signals,
                        stages.releases,
                        stages.queue,
                        stages.queueWork,
                        doors.signals(),
                        stages.timeline,
                        stages.inForce,
                        config.vocabulary(),
                        config.teams()),
                new AskedPage(
                        database,
                        stages.escalationsKnown,
                        stages.escalationAnswers,
                        stages.consultations,
                        doors.consultations(),
                        new PlanTaskStore(database),
                        stages.planSharing,
                        config.vocabulary(),
                        config.teams(),
                        clock),
                new PlansPage(stages.plans, places, stages.attention, stages.handedOver),
                new PlanPage(
                        database,
                        stages.planWork,
                        stages.plans,
                        places,
                        new PlanShared(stages.releases, stages.inForce),
                        config.vocabulary(),
                        config.teams()),
                new PlanForms(
                        database,
                        stages.planWork,
                        doors.planChanges(),
                        stages.handovers,
                        stages.teamQueue,
                        config.teams()),
                new LeadPage(
                        stages.itemsInHand,
                        stages.attention,
                        stages.consultations,
                        stages.handedOver,
                        new TrendStore(database),
                        config.teams(),
                        clock),
                new AreaPage(doors.neighbourhoods(), config.neighbourhoods(), config.vocabulary(), config.teams()),
                new PrivacyPage(
                        stages.glassUses,
                        stages.duties,
                        doors.objections(),
                        stages.holds,
                        stages.citizens,
                        doors.citizens(),
                        doors.releases(),
                        new DecisionReplay(new DecidedBeforeStore(database), agreements),
                        agreements,
                        clock),
                new OperationsPage(
                        database,
                        config.partners(),
                        stages.trafficSeen,
                        subscribers.stuck,
                        subscribers.subscriptions,
                        stages.quarantine,
                        replay,
                        new ParkedStore(database),
                        clock));
    }
}
