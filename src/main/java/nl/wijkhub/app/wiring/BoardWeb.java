package nl.wijkhub.app.wiring;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.sstore.SessionStore;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Unavailable;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.team.Teams;
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
import nl.wijkhub.web.contract.ContractApi;
import nl.wijkhub.web.fhir.FhirApi;
import nl.wijkhub.web.fhir.PlanFhirApi;
import nl.wijkhub.web.fhir.SubscriptionFhirApi;
import nl.wijkhub.web.http.Access;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.RequestRate;
import nl.wijkhub.web.http.TokenAuthority;

/** Mounts everything that is not a partner door on the router of the doors, token check first. */
public final class BoardWeb {
    private static final int LAST = Integer.MAX_VALUE - 1;

    /** How the board logs people in. */
    public record Login(String issuer, String clientId, String clientSecret, String publicUrl) {}

    private final Access access;
    private final BoardLogin login;
    private final ContractApi contract;
    private final SignalApi signals;
    private final TeamApi teamApi;
    private final FhirApi fhir;
    private final ReleaseApi releases;
    private final PrivacyApi privacy;
    private final CitizenApi citizens;
    private final HoldApi holds;
    private final ConsultationApi consultations;
    private final EscalationApi escalations;
    private final ObjectionApi objections;
    private final NarrativeApi narratives;
    private final QueueItemApi queueItems;
    private final PlanApi plans;
    private final PlanPartApi planParts;
    private final HandoverApi handovers;
    private final NeighbourhoodApi neighbourhoods;
    private final MatchApi matches;
    private final PlanFhirApi planFhir;
    private final SubscriptionApi subscriptions;
    private final PartnerApi partnerApi;
    private final QuarantineApi quarantine;
    private final ReceiptApi receipts;
    private final SubscriptionFhirApi subscriptionsFhir;
    private final BoardPages pages;
    private volatile boolean open;

    public BoardWeb(
            Vertx vertx,
            SessionStore sessions,
            TokenAuthority tokens,
            Partners partners,
            Teams teams,
            Login login,
            ContractApi contract,
            SignalApi signals,
            TeamApi teamApi,
            FhirApi fhir,
            ReleaseApi releases,
            PrivacyApi privacy,
            CitizenApi citizens,
            HoldApi holds,
            ConsultationApi consultations,
            EscalationApi escalations,
            ObjectionApi objections,
            NarrativeApi narratives,
            QueueItemApi queueItems,
            PlanApi plans,
            PlanPartApi planParts,
            HandoverApi handovers,
            NeighbourhoodApi neighbourhoods,
            MatchApi matches,
            PlanFhirApi planFhir,
            SubscriptionApi subscriptions,
            PartnerApi partnerApi,
            QuarantineApi quarantine,
            ReceiptApi receipts,
            SubscriptionFhirApi subscriptionsFhir,
            BoardPages pages) {
        this.access = new Access(tokens, partners, teams, new RequestRate(System::nanoTime));
        this.login = new BoardLogin(
                vertx,
                sessions,
                tokens,
                teams,
                login.issuer(),
                login.clientId(),
                login.clientSecret(),
                login.publicUrl());
        this.contract = contract;
        this.signals = signals;
        this.teamApi = teamApi;
        this.fhir = fhir;
        this.releases = releases;
        this.privacy = privacy;
        this.citizens = citizens;
        this.holds = holds;
        this.consultations = consultations;
        this.escalations = escalations;
        this.objections = objections;
        this.narratives = narratives;
        this.queueItems = queueItems;
        this.plans = plans;
        this.planParts = planParts;
        this.handovers = handovers;
        this.neighbourhoods = neighbourhoods;
        this.matches = matches;
        this.planFhir = planFhir;
        this.subscriptions = subscriptions;
        this.partnerApi = partnerApi;
        this.quarantine = quarantine;
        this.receipts = receipts;
        this.subscriptionsFhir = subscriptionsFhir;
        this.pages = pages;
    }

    /** Until the doors are open, and from the moment they close, every answer is 503: a 404 would be taken as final. */
    public void open(boolean isOpen) {
        open = isOpen;
    }

    public void mount(Router router) {
        router.route().handler(Answers::prepare).failureHandler(Answers::refusedByServer);
        router.route().handler(ctx -> {
            if (open) {
                ctx.next();
            } else {
                Answers.problem(ctx, new Unavailable("doors", null));
            }
        });
        login.mount(router);
        // before the token is asked for: whoever holds a code may ask
        receipts.mount(router);
        router.route("/v1/*").handler(access::check);
        router.route("/fhir/*").handler(access::check);
        contract.mount(router);
        fhir.mount(router);
        releases.mount(router);
        privacy.mount(router);
        citizens.mount(router);
        holds.mount(router);
        consultations.mount(router);
        escalations.mount(router);
        objections.mount(router);
        narratives.mount(router);
        queueItems.mount(router);
        plans.mount(router);
        planParts.mount(router);
        handovers.mount(router);
        neighbourhoods.mount(router);
        matches.mount(router);
        planFhir.mount(router);
        subscriptions.mount(router);
        partnerApi.mount(router);
        quarantine.mount(router);
        subscriptionsFhir.mount(router);
        signals.mount(router);
        teamApi.mount(router);
        pages.mount(router);
        router.route().order(LAST).handler(ctx -> Answers.problem(ctx, new Rejected(Problem.NOT_FOUND)));
    }
}
