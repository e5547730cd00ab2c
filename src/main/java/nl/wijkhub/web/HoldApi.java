package nl.wijkhub.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.ConsultationStore;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.HoldStore;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;

/**
 * What waits, for whoever can end the waiting. {@code GET /v1/holds}: all of it to the privacy officer, to a partner for
 * whom of its own signals it might ask consent. {@code /v1/consultations}: to the care professional of a team, without a
 * name. To whom it would go nothing shows.
 */
public final class HoldApi {
    private static final int LARGEST_LIST = 200;

    private final DatabaseStore database;
    private final HoldStore holds;
    private final Consultations consultations;
    private final AgreementInForce inForce;
    private final Partners partners;
    private final Teams teams;

    public HoldApi(
            DatabaseStore database,
            HoldStore holds,
            Consultations consultations,
            AgreementInForce inForce,
            Partners partners,
            Teams teams) {
        this.database = database;
        this.holds = holds;
        this.consultations = consultations;
        this.inForce = inForce;
        this.partners = partners;
        this.teams = teams;
    }

    void mount(Router router) {
        router.get("/v1/holds").handler(ctx -> Answers.json(ctx, () -> holds(ctx)));
        router.get("/v1/consultations").handler(ctx -> Answers.json(ctx, () -> consultations(ctx)));
        router.get("/v1/consultations/:id").handler(ctx -> Answers.json(ctx, () -> consultation(ctx)));
        router.post("/v1/consultations/:id/_answer")
                .handler(BodyHandler.create(false).setBodyLimit(BodyReading.LARGEST))
                .handler(ctx -> Answers.json(ctx, () -> answer(ctx)));
    }

    private String holds(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        if (caller.is(Role.PRIVACY_OFFICER, teams)) {
            return all().toString();
        }
        if (caller.user() != null || partners.find(caller.clientId()).isEmpty()) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return toAsk(caller.clientId()).toString();
    }

    private ObjectNode all() {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (HoldStore.Held hold : holds.open(LARGEST_LIST)) {
            items.addObject()
                    .put("id", hold.id().toString())
                    .put("kind", hold.kind().code())
                    .put("hold", hold.name())
                    .put("signalId", hold.signalId().toString())
                    .put("releaseId", hold.releaseId().toString())
                    .put("recipient", hold.recipient().clientId())
                    .put("heldAt", hold.heldAt().toString())
                    .put("dueAt", hold.dueAt().toString());
        }
        return body;
    }

    /**
     * A task per signal of the sender's own. For whom consent might be asked follows from the signal alone: whom its people
     * said yes or no to elsewhere does not show.
     */
    private ObjectNode toAsk(String partnerId) {
        Map<UUID, ObjectNode> tasks = new LinkedHashMap<>();
        List<String> disciplines =
                inForce
                        .agreement()
                        .disciplinesToAsk(partners.find(partnerId).orElseThrow().discipline())
                        .stream()
                        .map(Discipline::name)
                        .sorted()
                        .toList();
        for (HoldStore.Held hold : holds.consentToAsk(partnerId, LARGEST_LIST)) {
            ObjectNode task = Json.MAPPER.createObjectNode();
            task.put("kind", hold.kind().code());
            task.put("signalId", hold.signalId().toString());
            task.put("dueAt", hold.dueAt().toString());
            disciplines.forEach(task.putArray("disciplines")::add);
            tasks.putIfAbsent(hold.signalId(), task);
        }
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putArray("items").addAll(tasks.values());
        return body;
    }

    /** The teams in which the caller is the care professional. */
    private Set<String> careTeams(RoutingContext ctx) {
        Set<String> careTeams = Caller.of(ctx.user()).pairs(teams).stream()
                .filter(pair -> pair.discipline() == Discipline.CARE)
                .map(Recipient::teamId)
                .collect(Collectors.toSet());
        if (careTeams.isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return careTeams;
    }

    private String consultations(RoutingContext ctx) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (ConsultationStore.Consultation asked : consultations.open(careTeams(ctx), LARGEST_LIST)) {
            items.addObject()
                    .put("id", asked.id().toString())
                    .put("askedAt", asked.askedAt().toString())
                    .put("dueAt", asked.dueAt().toString());
        }
        return body.toString();
    }

    private String consultation(RoutingContext ctx) {
        UUID id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        Set<String> careTeams = careTeams(ctx);
        String who = Caller.of(ctx.user()).who();
        Consultations.Question question = database.inTransaction(() -> consultations.question(id, careTeams, who))
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("id", id.toString());
        body.put("askedAt", question.askedAt().toString());
        body.put("dueAt", question.dueAt().toString());
        body.put("categoryClass", question.categoryClass());
        body.put("area", question.area());
        body.put("ground", question.ground());
        ArrayNode advice = body.putArray("advice");
        Consultations.ADVICE.forEach(advice::add);
        return body.toString();
    }

    private String answer(RoutingContext ctx) {
        UUID id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        Set<String> careTeams = careTeams(ctx);
        BodyReading in = new BodyReading(ctx, Set.of("advice", "contact"));
        String advice = in.oneOf("advice", Set.copyOf(Consultations.ADVICE));
        String contact = in.optionalText("contact");
        in.orReject();
        String who = Caller.of(ctx.user()).who();
        database.inTransaction(() -> {
            consultations.answer(id, careTeams, advice, contact, who);
            return null;
        });
        return Json.MAPPER.createObjectNode().put("advice", advice).toString();
    }
}
