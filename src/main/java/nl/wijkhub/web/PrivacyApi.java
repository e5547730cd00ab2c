package nl.wijkhub.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Fault;
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
import nl.wijkhub.sharing.ReleasedView;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Member;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;

/**
 * {@code POST /v1/households/_breakglass} for a named user; what came of it, and what is owed to citizens, for the privacy
 * officer: {@code /v1/break-glass} and {@code /v1/duties}.
 */
public final class PrivacyApi {
    private static final int LARGEST_BODY = 16 * 1024;
    private static final int LARGEST_LIST = 200;
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_TEXT = 1000;
    private static final ZoneId CALENDAR = ZoneId.of("Europe/Amsterdam");

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

    void mount(Router router) {
        BodyHandler body = BodyHandler.create(false).setBodyLimit(LARGEST_BODY);
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
        Reading in = new Reading(ctx, Set.of("address", "reason", "interest"));
        Optional<Address> address = in.address();
        String reason = in.text("reason", SHORTEST_REASON);
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
            signals.add(ReleasedView.of(
                    release,
                    byId.get(release.signalId()),
                    teams.contactOf(recipient.teamId()),
                    null,
                    vocabulary::classOfLifeDomain));
        }
        body.put("textNl", inForce.agreement().groundNl("VITAL") + ". De privacyfunctionaris is gewaarschuwd.");
        return body.toString();
    }

    private Caller privacyOfficer(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        if (teams.member(caller.user()).filter(m -> m.is(Role.PRIVACY_OFFICER)).isEmpty()) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return caller;
    }

    private String uses(RoutingContext ctx) {
        privacyOfficer(ctx);
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
        Caller caller = privacyOfficer(ctx);
        UUID id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        Reading in = new Reading(ctx, Set.of("outcome"));
        String outcome = in.oneOf("outcome", Set.of("justified", "unjustified"));
        in.orReject();
        if (!uses.review(id, outcome, caller.user(), clock.instant())) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return "{\"outcome\":\"" + outcome + "\"}";
    }

    private String duties(RoutingContext ctx) {
        privacyOfficer(ctx);
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
        Caller caller = privacyOfficer(ctx);
        UUID id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        String reason = null;
        Instant until = null;
        if (deferred) {
            Reading in = new Reading(ctx, Set.of("reason", "until"));
            reason = in.text("reason", SHORTEST_REASON);
            until = in.day("until", clock.instant());
            in.orReject();
        }
        if (!duties.decide(id, reason, until, caller.user(), clock.instant())) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return "{\"state\":\"" + (deferred ? "deferred" : "done") + "\"}";
    }

    /** One small JSON object, every fault in it at once. */
    private static final class Reading {
        private final JsonNode body;
        private final List<Fault> faults = new ArrayList<>();

        Reading(RoutingContext ctx, Set<String> known) {
            Buffer sent = ctx.body().buffer();
            this.body = Json.readStrictly(sent == null ? new byte[0] : sent.getBytes());
            body.fieldNames().forEachRemaining(name -> {
                if (!known.contains(name)) {
                    fault("/" + name, "unknown-field", "Dit veld kent de hub hier niet.");
                }
            });
        }

        private void fault(String pointer, String code, String detail) {
            faults.add(new Fault(pointer, code, detail));
        }

        String text(String name, int shortest) {
            String text = body.path(name).isTextual() ? body.path(name).asText().strip() : "";
            if (text.length() < shortest) {
                fault("/" + name, "missing", "Hier is tekst van ten minste " + shortest + " tekens nodig.");
            } else if (text.length() > LONGEST_TEXT) {
                fault("/" + name, "too-long", "Hier passen hooguit " + LONGEST_TEXT + " tekens.");
            }
            return text;
        }

        String oneOf(String name, Set<String> allowed) {
            String text = body.path(name).asText("");
            if (!allowed.contains(text)) {
                fault(
                        "/" + name,
                        "not-in-list",
                        "Een van " + allowed.stream().sorted().toList() + ".");
            }
            return text;
        }

        Instant day(String name, Instant now) {
            try {
                Instant day = LocalDate.parse(body.path(name).asText(""))
                        .atStartOfDay(CALENDAR)
                        .toInstant();
                if (!day.isAfter(now)) {
                    fault("/" + name, "date-in-past", "Uitstel loopt tot een dag die nog komt.");
                }
                return day;
            } catch (DateTimeParseException e) {
                fault("/" + name, "wrong-form", "Een datum als 2026-12-31 is nodig.");
                return null;
            }
        }

        Optional<Address> address() {
            JsonNode sent = body.path("address");
            String postalCode = Address.normalPostalCode(sent.path("postalCode").asText(null));
            int number = sent.path("houseNumber").asInt(0);
            if (postalCode == null) {
                fault("/address/postalCode", "wrong-form", "Een postcode als 9990 AB is nodig.");
            }
            if (number < 1 || number > 99_999) {
                fault("/address/houseNumber", "wrong-form", "Een huisnummer van 1 tot 99999 is nodig.");
            }
            return postalCode == null || number < 1
                    ? Optional.empty()
                    : Optional.of(new Address(
                            postalCode,
                            number,
                            Address.normalPart(sent.path("houseLetter").asText(null)),
                            Address.normalPart(sent.path("addition").asText(null)),
                            null));
        }

        void orReject() {
            if (!faults.isEmpty()) {
                throw new Rejected(Problem.INVALID_INPUT, faults);
            }
        }
    }
}
