package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.BreakGlass;
import nl.wijkhub.sharing.BreakGlassStore;
import nl.wijkhub.sharing.DutyStore;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleasedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Member;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.RequestBody;
import nl.wijkhub.web.http.SubjectReading;

/**
 * {@code POST /v1/households/_breakglass} for a named user; what came of it, and what is owed to citizens, for the privacy
 * officer: {@code /v1/break-glass} and {@code /v1/duties}.
 */
public final class PrivacyApi {
    private static final int LARGEST_LIST = 200;

    private final BreakGlass glass;
    private final BreakGlassStore uses;
    private final DutyStore duties;
    private final AgreementInForce inForce;
    private final Vocabulary vocabulary;
    private final Teams teams;
    private final Clock clock;

    public PrivacyApi(
            BreakGlass glass,
            BreakGlassStore uses,
            DutyStore duties,
            AgreementInForce inForce,
            Vocabulary vocabulary,
            Teams teams,
            Clock clock) {
        this.glass = glass;
        this.uses = uses;
        this.duties = duties;
        this.inForce = inForce;
        this.vocabulary = vocabulary;
        this.teams = teams;
        this.clock = clock;
    }

    public void mount(Router router) {
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        for (String path : List.of(
                "/v1/households/_breakglass",
                "/v1/break-glass/:id/_review",
                "/v1/duties/:id/_done",
                "/v1/duties/:id/_defer")) {
            router.post(path).handler(body);
        }
        router.post("/v1/households/_breakglass").handler(ctx -> Answers.json(ctx, () -> breakGlass(ctx)));
        router.get("/v1/break-glass").handler(ctx -> Answers.json(ctx, () -> uses(ctx)));
        router.post("/v1/break-glass/:id/_review").handler(ctx -> Answers.json(ctx, () -> review(ctx)));
        router.get("/v1/duties").handler(ctx -> Answers.json(ctx, () -> duties(ctx)));
        router.post("/v1/duties/:id/_done").handler(ctx -> Answers.json(ctx, () -> decide(ctx, false)));
        router.post("/v1/duties/:id/_defer").handler(ctx -> Answers.json(ctx, () -> decide(ctx, true)));
    }

    private String breakGlass(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        Member member = teams.member(caller.user())
                .filter(m -> m.discipline() != null && !m.teams().isEmpty())
                .orElseThrow(() -> new Rejected(Problem.NOT_ALLOWED));
        BodyReading in = new BodyReading(ctx, Set.of("address", "reason", "interest"));
        Optional<Address> address = SubjectReading.address(in);
        String reason = in.reason();
        String interest = in.text("interest", 1);
        in.orReject();
        Recipient recipient = member.in(member.teams().iterator().next());
        BreakGlass.Seen seen = glass.at(address.orElseThrow(), recipient, caller.user(), interest + ": " + reason);
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("id", seen.id().toString());
        ArrayNode signals = body.putArray("signals");
        Map<UUID, MatchedSignal> byId =
                seen.signals().stream().collect(Collectors.toMap(MatchedSignal::signalId, Function.identity()));
        for (Release release : seen.releases()) {
            signals.add(ReleasedSignalJson.of(ReleasedSignal.of(
                    release,
                    byId.get(release.signalId()),
                    teams.contactOf(recipient.teamId()),
                    null,
                    vocabulary::classOfLifeDomain)));
        }
        body.put("textNl", inForce.agreement().groundNl("VITAL") + ". De privacyfunctionaris is gewaarschuwd.");
        return body.toString();
    }

    private String uses(RoutingContext ctx) {
        Caller.privacyOfficer(ctx, teams);
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (BreakGlassStore.Use use : uses.latest(LARGEST_LIST)) {
            ObjectNode item = items.addObject();
            item.put("id", use.id().toString());
            item.put("user", use.user());
            item.put("recipient", use.recipient().clientId());
            item.put("usedAt", use.usedAt().toString());
            item.put("signals", use.signals());
            item.put("reason", use.reason());
            item.put("outcome", use.outcome());
            item.put("reviewedBy", use.reviewedBy());
        }
        return body.toString();
    }

    private String review(RoutingContext ctx) {
        Caller caller = Caller.privacyOfficer(ctx, teams);
        UUID id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        BodyReading in = new BodyReading(ctx, Set.of("outcome"));
        String outcome = in.oneOf("outcome", Set.of("justified", "unjustified"));
        in.orReject();
        if (!uses.review(id, outcome, caller.user(), clock.instant())) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return "{\"outcome\":\"" + outcome + "\"}";
    }

    private String duties(RoutingContext ctx) {
        Caller.privacyOfficer(ctx, teams);
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (DutyStore.Duty duty : duties.open(LARGEST_LIST)) {
            ObjectNode item = items.addObject();
            item.put("id", duty.id().toString());
            item.put("kind", duty.kind());
            item.put("householdId", duty.householdId().toString());
            item.put("signalId", duty.signalId().toString());
            item.put("state", duty.state().toLowerCase(java.util.Locale.ROOT));
            item.put("owedAt", duty.owedAt().toString());
            item.put("dueAt", duty.dueAt().toString());
            item.put("reason", duty.reason());
        }
        return body.toString();
    }

    private String decide(RoutingContext ctx, boolean deferred) {
        Caller caller = Caller.privacyOfficer(ctx, teams);
        UUID id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        String reason = null;
        Instant until = null;
        if (deferred) {
            BodyReading in = new BodyReading(ctx, Set.of("reason", "until"));
            reason = in.reason();
            until = in.day("until", clock.instant());
            in.orReject();
        } else {
            BodyReading.nothing(ctx);
        }
        if (!duties.decide(id, reason, until, caller.user(), clock.instant())) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return "{\"state\":\"" + (deferred ? "deferred" : "done") + "\"}";
    }
}
