package nl.wijkhub.app.wiring;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.sharing.fhir.ConsentResources;
import nl.wijkhub.signal.SignalSchema;
import nl.wijkhub.subscription.fhir.FhirCapabilities;
import nl.wijkhub.subscription.fhir.SubscriptionResources;
import nl.wijkhub.web.api.CitizenApi;
import nl.wijkhub.web.api.ConsultationApi;
import nl.wijkhub.web.api.EscalationApi;
import nl.wijkhub.web.api.HandoverApi;
import nl.wijkhub.web.api.HoldApi;
import nl.wijkhub.web.api.MatchApi;
import nl.wijkhub.web.api.NarrativeApi;
import nl.wijkhub.web.api.NeighbourhoodApi;
import nl.wijkhub.web.api.ObjectionApi;
import nl.wijkhub.web.api.PartnerApi;
import nl.wijkhub.web.api.PlanApi;
import nl.wijkhub.web.api.PlanChanges;
import nl.wijkhub.web.api.PlanPartApi;
import nl.wijkhub.web.api.PrivacyApi;
import nl.wijkhub.web.api.QuarantineApi;
import nl.wijkhub.web.api.QueueItemApi;
import nl.wijkhub.web.api.ReceiptApi;
import nl.wijkhub.web.api.ReleaseApi;
import nl.wijkhub.web.api.SignalApi;
import nl.wijkhub.web.api.SubscriptionApi;
import nl.wijkhub.web.api.TeamApi;
import nl.wijkhub.web.board.BoardLogin;
import nl.wijkhub.web.board.BoardPages;
import nl.wijkhub.web.board.BoardSessionStore;
import nl.wijkhub.web.board.ProblemPage;
import nl.wijkhub.web.contract.AsyncApiDocument;
import nl.wijkhub.web.contract.ContractApi;
import nl.wijkhub.web.contract.OpenApiDocument;
import nl.wijkhub.web.fhir.FhirApi;
import nl.wijkhub.web.fhir.FhirProblem;
import nl.wijkhub.web.fhir.PlanFhirApi;
import nl.wijkhub.web.fhir.SubscriptionFhirApi;
import nl.wijkhub.web.http.Access;
import nl.wijkhub.web.http.AddressRate;
import nl.wijkhub.web.http.Mounting;
import nl.wijkhub.web.http.RequestRate;
import nl.wijkhub.web.http.TeamEvents;
import nl.wijkhub.web.http.TokenAuthority;

/** The API and the board of one hub, wired by hand. */
final class WebPart implements AutoCloseable {
    private final TeamEvents events;
    private final Mounting web;
    private final FhirApi fhir;

    WebPart(
            HubConfig config,
            Stages stages,
            SubscriberPart subscribers,
            QuarantineApi.Replay replay,
            DatabaseStore database,
            Vault vault,
            Vertx vertx,
            Clock clock) {
        HubSettings settings = config.settings();
        TokenAuthority tokens = new TokenAuthority(
                settings.text("hub.oidc.issuer"),
                settings.text("hub.oidc.jwks-url"),
                settings.text("hub.oidc.audience"),
                settings.text("hub.oidc.user-claim"));
        fhir = new FhirApi(
                new ConsentResources(stages.consents, settings.text("hub.http.public-url")),
                new FhirCapabilities(subscribers.backport),
                stages.match,
                stages.processingLog,
                config.partners(),
                config.teams(),
                clock);
        events = new TeamEvents(stages.queue);
        SignalApi signalApi = new SignalApi(
                database,
                stages.signals,
                stages.accept,
                stages.schema,
                stages.match,
                stages.sharing,
                stages.releases,
                stages.inForce,
                config.vocabulary(),
                config.partners(),
                config.teams(),
                stages.senderFeedback);
        ReleaseApi releaseApi = new ReleaseApi(stages.releases, stages.inForce, config.teams());
        CitizenApi citizenApi =
                new CitizenApi(stages.citizens, stages.inForce, config.vocabulary(), config.teams(), clock);
        ObjectionApi objectionApi = new ObjectionApi(
                database,
                stages.objections,
                stages.objectionsRaised,
                stages.planAttach,
                stages.teamQueue,
                stages.processingLog,
                config.teams(),
                clock);
        ConsultationApi consultationApi = new ConsultationApi(
                database, stages.consultations, stages.inForce, config.vocabulary(), config.teams(), clock);
        NeighbourhoodApi neighbourhoodApi = new NeighbourhoodApi(
                database, stages.agenda, stages.rollups, config.neighbourhoods(), config.teams(), clock);
        PlanChanges planChanges = new PlanChanges(stages.planWork, config.vocabulary(), config.teams());
        BoardLogin login = new BoardLogin(
                vertx,
                new BoardSessionStore(database, vault, vertx, clock),
                tokens,
                config.teams(),
                settings.text("hub.oidc.issuer"),
                settings.text("hub.oidc.board-client-id"),
                settings.text("hub.oidc.board-client-secret"),
                settings.text("hub.http.public-url"));
        Access access = new Access(
                tokens, config.partners(), config.teams(), new RequestRate(System::nanoTime), BoardLogin::callerOf);
        web = new Mounting(
                List.of(new ProblemPage(), new FhirProblem()),
                access,
                // whoever holds the code of a receipt may ask
                List.of(
                        login::mount,
                        new ReceiptApi(
                                database,
                                stages.receipts,
                                stages.signals,
                                stages.senderFeedback,
                                config.neighbourhoods(),
                                new AddressRate(
                                        settings.number("hub.receipt.at-once"),
                                        settings.optional("hub.http.client-address-header")
                                                .orElse(null),
                                        System::nanoTime))::mount),
                List.of(
                        contract(settings, stages.schema)::mount,
                        fhir::mount,
                        releaseApi::mount,
                        new PrivacyApi(
                                stages.glass,
                                stages.glassUses,
                                stages.duties,
                                stages.inForce,
                                config.vocabulary(),
                                config.teams(),
                                clock)::mount,
                        citizenApi::mount,
                        new HoldApi(stages.holds, stages.inForce, config.partners(), config.teams())::mount,
                        consultationApi::mount,
                        new EscalationApi(
                                database,
                                stages.escalationsKnown,
                                stages.escalationAnswers,
                                config.partners(),
                                config.teams())::mount,
                        objectionApi::mount,
                        new NarrativeApi(database, stages.narratives, config.teams())::mount,
                        new QueueItemApi(database, stages.queueWork, stages.itemsInHand, config.teams(), clock)::mount,
                        new PlanApi(database, stages.planWork, stages.plans, planChanges, config.teams())::mount,
                        new PlanPartApi(database, stages.planWork, planChanges, config.teams())::mount,
                        new HandoverApi(
                                database,
                                stages.handovers,
                                stages.handedOver,
                                stages.attention,
                                stages.consultations,
                                stages.teamQueue,
                                config.teams(),
                                clock)::mount,
                        neighbourhoodApi::mount,
                        new MatchApi(database, stages.householdMatches, stages.collective, config.teams())::mount,
                        new PlanFhirApi(
                                database,
                                stages.planWork,
                                stages.plans,
                                stages.escalationsKnown,
                                config.partners(),
                                config.teams())::mount,
                        new SubscriptionApi(
                                database,
                                subscribers.subscriptions,
                                subscribers.feed,
                                subscribers.reading,
                                config.partners())::mount,
                        new PartnerApi(
                                config.partners(),
                                config.teams(),
                                stages.trafficSeen,
                                subscribers.subscriptions,
                                subscribers.stuck,
                                clock)::mount,
                        new QuarantineApi(stages.quarantine, replay, config.partners(), config.teams())::mount,
                        new SubscriptionFhirApi(
                                database,
                                subscribers.subscriptions,
                                subscribers.feed,
                                subscribers.mapper,
                                new SubscriptionResources(subscribers.backport, subscribers.mapper, clock),
                                config.partners(),
                                clock)::mount,
                        signalApi::mount,
                        new TeamApi(stages.queue, config.teams(), events)::mount,
                        new BoardPages(
                                config.teams(),
                                theme(config.folder()),
                                BoardPart.sections(
                                        config,
                                        stages,
                                        subscribers,
                                        replay,
                                        database,
                                        new BoardPart.Doors(
                                                signalApi,
                                                releaseApi,
                                                citizenApi,
                                                objectionApi,
                                                consultationApi,
                                                neighbourhoodApi,
                                                planChanges),
                                        clock))::mount));
    }

    /** The organisation's own colours and letters; none is as good. */
    private static String theme(Path config) {
        Path file = config.resolve("theme.css");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("theme.css cannot be read", e);
        }
    }

    private static ContractApi contract(HubSettings settings, SignalSchema schema) {
        String publicUrl = settings.text("hub.http.public-url");
        return new ContractApi(
                new OpenApiDocument(publicUrl, settings.text("hub.oidc.issuer"), schema.tree()),
                new AsyncApiDocument(publicUrl, settings.text("hub.oin"), schema.tree()));
    }

    void mount(Router router) {
        web.mount(router);
    }

    FhirApi fhir() {
        return fhir;
    }

    void open(boolean isOpen) {
        web.open(isOpen);
    }

    @Override
    public void close() {
        events.close();
    }
}
