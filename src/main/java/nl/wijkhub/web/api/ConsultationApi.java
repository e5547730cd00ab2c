package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.Consultations.Question;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.PathReading;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code GET /v1/consultations}, {@code GET …/{id}} and {@code POST …/{id}/_answer {advice, contact?}}: for the care
 * professional of a team, and for the systems of the care providers it consults. Without a name, until the professional says
 * that it may be theirs and a rule lets something pass.
 */
public final class ConsultationApi {
    private static final int LARGEST_LIST = 200;

    private final Database database;
    private final Consultations consultations;
    private final Teams teams;
    private final Clock clock;

    public ConsultationApi(Database database, Consultations consultations, Teams teams, Clock clock) {
        this.database = database;
        this.consultations = consultations;
        this.teams = teams;
        this.clock = clock;
    }

    public void mount(Router router) {
        router.get("/v1/consultations").handler(ctx -> Answers.json(ctx, () -> list(ctx)));
        router.get("/v1/consultations/:id").handler(ctx -> Answers.json(ctx, () -> see(ctx)));
        router.post("/v1/consultations/:id/_answer")
                .handler(RequestBody.upTo(BodyReading.LARGEST))
                .handler(ctx -> Answers.json(ctx, () -> answer(ctx)));
    }

    private String list(RoutingContext ctx) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        Caller caller = Caller.of(ctx.user());
        Instant now = clock.instant();
        consultations
                .open(caller.careSeats(teams).keySet(), caller.who(), LARGEST_LIST)
                .forEach(asked -> items.add(ConsultationJson.ofProfessional(asked, now)));
        return body.toString();
    }

    private String see(RoutingContext ctx) {
        UUID id = PathReading.id(ctx, "id");
        Caller caller = Caller.of(ctx.user());
        Map<String, Recipient> seats = caller.careSeats(teams);
        Question question = database.inTransaction(() -> consultations.question(id, seats, caller.who()))
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
        consultations.released(question).ifPresent(released -> body.set("released", ReleasedSignalJson.of(released)));
        return body.toString();
    }

    private String answer(RoutingContext ctx) {
        UUID id = PathReading.id(ctx, "id");
        Caller caller = Caller.of(ctx.user());
        Map<String, Recipient> seats = caller.careSeats(teams);
        BodyReading in = new BodyReading(ctx, Set.of("advice", "contact"));
        String advice = in.oneOf("advice", Set.copyOf(Consultations.ADVICE));
        String contact = in.optionalText("contact");
        in.orReject();
        if (!database.inTransaction(() -> consultations.answer(id, seats, advice, contact, caller.who()))) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return Json.MAPPER.createObjectNode().put("advice", advice).toString();
    }
}
