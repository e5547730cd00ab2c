package nl.wijkhub.app.wiring;

import io.vertx.core.Vertx;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import nl.wijkhub.plan.PlanReferenceStore;
import nl.wijkhub.sharing.fhir.ConsentResources;
import nl.wijkhub.signal.Quarantine;
import nl.wijkhub.signal.SignalSchema;
import nl.wijkhub.subscription.fhir.FhirCapabilities;
import nl.wijkhub.subscription.fhir.SubscriptionResources;
import nl.wijkhub.team.ReceiptLook;
import nl.wijkhub.web.api.ReceiptApi;
import nl.wijkhub.web.board.BoardLogin;
import nl.wijkhub.web.board.BoardPages;
import nl.wijkhub.web.board.BoardSessionStore;
import nl.wijkhub.web.board.ProblemPage;
import nl.wijkhub.web.board.ReceiptPage;
import nl.wijkhub.web.contract.AsyncApiDocument;
import nl.wijkhub.web.contract.ContractApi;
import nl.wijkhub.web.contract.OpenApiDocument;
import nl.wijkhub.web.fhir.FhirApi;
import nl.wijkhub.web.fhir.FhirProblem;
import nl.wijkhub.web.fhir.PlanFhirApi;
import nl.wijkhub.web.fhir.SubscriptionFhirApi;
import nl.wijkhub.web.http.Access;
import nl.wijkhub.web.http.AddressRate;
import nl.wijkhub.web.http.Configured;
import nl.wijkhub.web.http.Mounting;
import nl.wijkhub.web.http.PlanIds;
import nl.wijkhub.web.http.RequestRate;
import nl.wijkhub.web.http.TeamEvents;
import nl.wijkhub.web.http.TokenAuthority;

/** Everything under HTTP that is no partner door: API, FHIR, the contract, the board and its login. */
final class WebParts implements AutoCloseable {
    private final TeamEvents events;
    private final Mounting mounting;
    private final FhirApi fhir;

    /**
     * @param replay takes what was refused after all
     */
    WebParts(DomainParts domain, SubscriptionParts subscription, Quarantine.Replay replay, Vertx vertx) {
        HubConfig config = domain.foundation().config();
        HubSettings settings = config.settings();
        Configured configured = new Configured(
                domain.sharing().context.inForce(),
                config.vocabulary(),
                config.partners(),
                config.teams(),
                domain.audit().organisations,
                new PlanIds(new PlanReferenceStore(domain.foundation().database()), config.teams()));
        TokenAuthority tokens = new TokenAuthority(
                settings.text("hub.oidc.issuer"),
                settings.text("hub.oidc.jwks-url"),
                settings.text("hub.oidc.audience"),
                settings.text("hub.oidc.user-claim"),
                domain.foundation().clock());
        events = new TeamEvents(domain.team().queue);
        fhir = new FhirApi(
                new ConsentResources(
                        domain.sharing().keptConsents, config.partners(), settings.text("hub.http.public-url")),
                new FhirCapabilities(subscription.backport),
                domain.household().match,
                domain.audit().processingLog,
                config.partners(),
                config.teams(),
                domain.foundation().clock());
        ApiParts api = new ApiParts(domain, subscription, configured, replay, events);
        List<Consumer<Router>> behindTheToken = new ArrayList<>();
        behindTheToken.add(fhir::mount);
        behindTheToken.addAll(fhir(domain, subscription, configured.planIds()));
        behindTheToken.addAll(api.mounts());
        behindTheToken.add(new BoardPages(
                config.teams(),
                configured.planIds(),
                theme(config.folder()),
                BoardParts.sections(domain, subscription, configured, api, replay))::mount);
        List<Consumer<Router>> withoutToken = new ArrayList<>();
        BoardLogin login = login(domain.foundation(), tokens, vertx);
        withoutToken.add(login::mount);
        withoutToken.addAll(receipts(domain));
        mounting = new Mounting(
                List.of(new ProblemPage(), new FhirProblem()),
                new Access(
                        tokens, config.partners(), config.teams(), new RequestRate(System::nanoTime), login::callerOf),
                withoutToken,
                contract(config, domain.signal().schema)::mount,
                behindTheToken);
    }

    private static BoardLogin login(Foundation foundation, TokenAuthority tokens, Vertx vertx) {
        HubSettings settings = foundation.config().settings();
        return new BoardLogin(
                vertx,
                new BoardSessionStore(foundation.database(), foundation.vault(), vertx, foundation.clock()),
                tokens,
                foundation.config().teams(),
                new OAuth2Options()
                        .setSite(settings.text("hub.oidc.issuer"))
                        .setClientId(settings.text("hub.oidc.board-client-id"))
                        .setClientSecret(settings.text("hub.oidc.board-client-secret")),
                settings.text("hub.http.public-url"),
                foundation.clock());
    }

    /** Whoever holds the code of a receipt may ask, a machine or a resident: together no more often than the rate. */
    private static List<Consumer<Router>> receipts(DomainParts domain) {
        HubSettings settings = domain.foundation().config().settings();
        AddressRate rate = new AddressRate(
                settings.number("hub.receipt.at-once"),
                settings.optional("hub.http.client-address-header").orElse(null),
                System::nanoTime);
        ReceiptLook receipts = domain.team().receipts;
        return List.of(new ReceiptApi(receipts, rate)::mount, new ReceiptPage(receipts, rate)::mount);
    }

    private static List<Consumer<Router>> fhir(DomainParts domain, SubscriptionParts subscription, PlanIds planIds) {
        Foundation foundation = domain.foundation();
        HubConfig config = foundation.config();
        PlanFhirApi plans = new PlanFhirApi(
                foundation.database(),
                domain.casework().planLook,
                domain.plan().plans,
                domain.escalation().known,
                config.partners(),
                config.teams(),
                planIds);
        SubscriptionFhirApi subscriptions = new SubscriptionFhirApi(
                foundation.database(),
                subscription.subscriptions,
                subscription.feed,
                subscription.mapper,
                new SubscriptionResources(subscription.backport, subscription.mapper, foundation.clock()),
                config.partners(),
                foundation.clock());
        return List.of(plans::mount, subscriptions::mount);
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

    private static ContractApi contract(HubConfig config, SignalSchema schema) {
        HubSettings settings = config.settings();
        Set<String> doors = config.doors().names();
        String publicUrl = settings.text("hub.http.public-url");
        return new ContractApi(
                new OpenApiDocument(publicUrl, settings.text("hub.oidc.issuer"), schema.tree(), doors),
                new AsyncApiDocument(publicUrl, settings.text("hub.oin"), schema.tree(), doors));
    }

    void mount(Router router) {
        mounting.mount(router);
    }

    FhirApi fhir() {
        return fhir;
    }

    void open(boolean isOpen) {
        mounting.open(isOpen);
    }

    @Override
    public void close() {
        events.close();
    }
}
