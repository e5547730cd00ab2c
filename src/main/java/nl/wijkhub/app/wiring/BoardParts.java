package nl.wijkhub.app.wiring;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.casework.QueueWork;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.sharing.AgreementStore;
import nl.wijkhub.sharing.DecidedBeforeStore;
import nl.wijkhub.sharing.DecisionContext;
import nl.wijkhub.sharing.DecisionReplay;
import nl.wijkhub.signal.ParkedStore;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.team.TrendStore;
import nl.wijkhub.team.VisitStore;
import nl.wijkhub.web.board.AreaPage;
import nl.wijkhub.web.board.Board;
import nl.wijkhub.web.board.ConsultationPage;
import nl.wijkhub.web.board.LeadPage;
import nl.wijkhub.web.board.OperationsPage;
import nl.wijkhub.web.board.PlanAddresses;
import nl.wijkhub.web.board.PlanForms;
import nl.wijkhub.web.board.PlanPage;
import nl.wijkhub.web.board.PlanShared;
import nl.wijkhub.web.board.PlansPage;
import nl.wijkhub.web.board.PrivacyPage;
import nl.wijkhub.web.board.QueueForms;
import nl.wijkhub.web.board.QueuePage;
import nl.wijkhub.web.board.SignalPage;
import nl.wijkhub.web.board.ToAnswerPage;
import nl.wijkhub.web.http.Configured;

/** The sections of the board, in the order of its menu. */
final class BoardParts {
    private BoardParts() {}

    static List<Board.Section> sections(
            DomainParts domain,
            SubscriptionParts subscription,
            Configured configured,
            ApiParts api,
            Quarantine.Replay replay) {
        List<Board.Section> sections = new ArrayList<>(queue(domain, configured, api));
        sections.addAll(plans(domain, configured, api));
        sections.add(new LeadPage(
                new LeadPage.Books(
                        domain.team().itemsInHand,
                        domain.casework().attention,
                        domain.sharing().consultations,
                        domain.casework().handedOver,
                        new TrendStore(domain.foundation().database())),
                domain.casework().leadTable,
                domain.casework().asked,
                configured,
                domain.foundation().clock()));
        sections.add(new AreaPage(
                domain.casework().agenda,
                domain.casework().areaCounts,
                domain.foundation().config().neighbourhoods(),
                configured.vocabulary(),
                configured.teams()));
        sections.add(privacy(domain));
        sections.add(operations(domain, subscription, replay));
        return sections;
    }

    private static List<Board.Section> queue(DomainParts domain, Configured configured, ApiParts api) {
        Database database = domain.foundation().database();
        Clock clock = domain.foundation().clock();
        SharingParts sharing = domain.sharing();
        TeamParts team = domain.team();
        QueueWork work = domain.casework().queueWork;
        return List.of(
                new QueuePage(configured, domain.casework().queueLook, new VisitStore(database), clock),
                new QueueForms(database, work, configured.vocabulary(), configured.teams()),
                new SignalPage(
                        configured,
                        database,
                        domain.signal().signals,
                        sharing.context.releases(),
                        team.queue,
                        work,
                        domain.casework().signalLook,
                        domain.audit().timeline),
                new ToAnswerPage(
                        new ToAnswerPage.Books(
                                domain.escalation().known,
                                domain.escalation().answers,
                                sharing.consultations,
                                domain.casework().planTasks,
                                domain.casework().unitConflicts,
                                domain.casework().asked),
                        configured,
                        database,
                        clock),
                new ConsultationPage(database, sharing.consultations, configured));
    }

    private static List<Board.Section> plans(DomainParts domain, Configured configured, ApiParts api) {
        Database database = domain.foundation().database();
        DecisionContext context = domain.sharing().context;
        PlanLifeStore plans = domain.plan().plans;
        CaseworkParts casework = domain.casework();
        PlanAddresses places =
                new PlanAddresses(plans, domain.signal().signals, context.releases(), casework.signalLook);
        return List.of(
                new PlansPage(casework.planLook, places, casework.attention, casework.handedOver, configured.planIds()),
                new PlanPage(
                        database,
                        casework.planLook,
                        plans,
                        places,
                        new PlanShared(context.releases(), context.inForce(), configured.organisations()),
                        configured),
                new PlanForms(
                        database,
                        casework.planWork,
                        api.planReading,
                        casework.planChanges,
                        casework.handovers,
                        domain.team().teamQueue,
                        configured.teams()));
    }

    private static Board.Section privacy(DomainParts domain) {
        Database database = domain.foundation().database();
        AgreementStore agreements = new AgreementStore(database);
        SharingParts sharing = domain.sharing();
        return new PrivacyPage(
                new PrivacyPage.Books(sharing.glassUses, sharing.duties, sharing.holds, agreements),
                domain.casework().objections,
                sharing.citizens,
                sharing.explanations,
                new DecisionReplay(new DecidedBeforeStore(database), agreements),
                domain.audit().organisations,
                domain.foundation().clock());
    }

    private static Board.Section operations(
            DomainParts domain, SubscriptionParts subscription, Quarantine.Replay replay) {
        Database database = domain.foundation().database();
        SignalParts signal = domain.signal();
        return new OperationsPage(
                new OperationsPage.Refused(signal.quarantine, replay),
                database,
                domain.foundation().config().partners(),
                signal.trafficSeen,
                subscription.stuck,
                subscription.subscriptions,
                new ParkedStore(database),
                domain.foundation().clock());
    }
}
