package nl.wijkhub.app.wiring;

import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.api.AttentionApi;
import nl.wijkhub.web.api.CitizenApi;
import nl.wijkhub.web.api.ConsultationApi;
import nl.wijkhub.web.api.EscalationApi;
import nl.wijkhub.web.api.HandoverApi;
import nl.wijkhub.web.api.HoldApi;
import nl.wijkhub.web.api.LeadApi;
import nl.wijkhub.web.api.MatchApi;
import nl.wijkhub.web.api.NarrativeApi;
import nl.wijkhub.web.api.NeighbourhoodApi;
import nl.wijkhub.web.api.ObjectionApi;
import nl.wijkhub.web.api.PartnerApi;
import nl.wijkhub.web.api.PlanApi;
import nl.wijkhub.web.api.PlanPartApi;
import nl.wijkhub.web.api.PrivacyApi;
import nl.wijkhub.web.api.QuarantineApi;
import nl.wijkhub.web.api.QueueItemApi;
import nl.wijkhub.web.api.ReleaseApi;
import nl.wijkhub.web.api.RollupApi;
import nl.wijkhub.web.api.SignalApi;
import nl.wijkhub.web.api.SubscriptionApi;
import nl.wijkhub.web.api.TeamApi;
import nl.wijkhub.web.api.UnitConflictApi;
import nl.wijkhub.web.board.CitizenDocument;
import nl.wijkhub.web.http.Configured;
import nl.wijkhub.web.http.PlanReading;
import nl.wijkhub.web.http.TeamEvents;

/** The JSON of the API: a room of it for each thing that partners, teams and people ask. */
final class ApiParts {
    final PlanReading planReading;
    private final List<Consumer<Router>> mounts = new ArrayList<>();

    /**
     * @param configured what answers name things by
     * @param replay takes what was refused after all
     * @param events what a queue tells those who follow it
     */
    ApiParts(
            DomainParts domain,
            SubscriptionParts subscription,
            Configured configured,
            Quarantine.Replay replay,
            TeamEvents events) {
        Database database = domain.foundation().database();
        Teams teams = configured.teams();
        planReading = new PlanReading(domain.casework().planChanges, configured.vocabulary());
        shared(domain, configured);
        casework(domain, configured);
        partners(domain, subscription, configured, replay);
        mounts.add(new SignalApi(
                database,
                domain.sharing().context.signals(),
                domain.signal().accept,
                domain.signal().schema,
                domain.casework().signalLook,
                domain.team().feedback,
                configured.partners(),
                teams)::mount);
        mounts.add(new TeamApi(domain.casework().queueLook, teams, configured.planIds(), events)::mount);
    }

    /** Rooms about what was shared with whom. */
    private void shared(DomainParts domain, Configured configured) {
        Database database = domain.foundation().database();
        SharingParts sharing = domain.sharing();
        Teams teams = configured.teams();
        Clock clock = domain.foundation().clock();
        mounts.add(new ReleaseApi(sharing.explanations, teams)::mount);
        mounts.add(new PrivacyApi(
                sharing.glass,
                sharing.glassUses,
                sharing.duties,
                configured.inForce(),
                configured.vocabulary(),
                teams,
                clock)::mount);
        mounts.add(new CitizenApi(sharing.citizens, CitizenDocument::print, teams)::mount);
        mounts.add(new HoldApi(sharing.holds, configured.inForce(), configured.partners(), teams)::mount);
        mounts.add(new ConsultationApi(database, sharing.consultations, teams, clock)::mount);
        mounts.add(new EscalationApi(
                database,
                domain.escalation().known,
                domain.escalation().answers,
                configured.partners(),
                teams,
                configured.planIds())::mount);
        mounts.add(new ObjectionApi(domain.casework().objections, teams)::mount);
        mounts.add(new NarrativeApi(database, sharing.narratives, teams)::mount);
    }

    /** Rooms in which people work: queue items, plans, hand-overs, neighbourhoods, households that may be one. */
    private void casework(DomainParts domain, Configured configured) {
        Database database = domain.foundation().database();
        CaseworkParts casework = domain.casework();
        Teams teams = configured.teams();
        Clock clock = domain.foundation().clock();
        mounts.add(new QueueItemApi(
                database, casework.queueWork, domain.team().itemsInHand, teams, configured.planIds(), clock)::mount);
        mounts.add(new PlanApi(
                database,
                casework.planLook,
                casework.planWork,
                planReading,
                casework.planChanges,
                casework.planTasks,
                teams,
                configured.planIds())::mount);
        mounts.add(new PlanPartApi(
                database, casework.planWork, planReading, casework.planChanges, teams, configured.planIds())::mount);
        mounts.add(
                new HandoverApi(
                        database,
                        casework.handovers,
                        casework.handedOver,
                        domain.team().teamQueue,
                        teams,
                        configured.planIds())::mount);
        mounts.add(new AttentionApi(
                casework.attention, domain.sharing().consultations, teams, configured.planIds(), clock)::mount);
        mounts.add(new LeadApi(casework.leadTable, casework.asked, teams)::mount);
        mounts.add(new NeighbourhoodApi(casework.agenda, teams)::mount);
        mounts.add(new RollupApi(casework.areaCounts, teams, clock)::mount);
        mounts.add(
                new MatchApi(database, casework.matches, domain.household().collective, teams, configured.planIds())
                        ::mount);
        mounts.add(new UnitConflictApi(database, casework.unitConflicts, teams)::mount);
    }

    /** Rooms that partners look after themselves: subscriptions, how they do, what was refused. */
    private void partners(
            DomainParts domain, SubscriptionParts subscription, Configured configured, Quarantine.Replay replay) {
        Partners partners = configured.partners();
        mounts.add(new SubscriptionApi(
                domain.foundation().database(),
                subscription.subscriptions,
                subscription.feed,
                subscription.reading,
                partners)::mount);
        mounts.add(new PartnerApi(
                partners,
                configured.teams(),
                domain.signal().trafficSeen,
                subscription.subscriptions,
                subscription.stuck,
                domain.foundation().clock())::mount);
        mounts.add(new QuarantineApi(domain.signal().quarantine, replay, partners, configured.teams())::mount);
    }

    /** Each mounts one room, in the order in which the router asks them. */
    List<Consumer<Router>> mounts() {
        return mounts;
    }
}
