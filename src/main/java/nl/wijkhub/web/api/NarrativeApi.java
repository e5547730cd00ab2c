package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Narratives;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code GET /v1/signals/{id}/narrative} and {@code POST /v1/signals/{id}/_classify {classes}}: a user of the discipline
 * that wrote a text reads it and says what is in it. Anyone else 404, a system too: a text is classified by a human.
 */
public final class NarrativeApi {
    private final Database database;
    private final Narratives narratives;
    private final Teams teams;

    public NarrativeApi(Database database, Narratives narratives, Teams teams) {
        this.database = database;
        this.narratives = narratives;
        this.teams = teams;
    }

    public void mount(Router router) {
        router.get("/v1/signals/:id/narrative").handler(ctx -> Answers.json(ctx, () -> read(ctx)));
        router.post("/v1/signals/:id/_classify")
                .handler(RequestBody.upTo(BodyReading.LARGEST))
                .handler(ctx -> Answers.json(ctx, () -> classify(ctx)));
    }

    /** A person's pairs; none for a system. */
    private List<Recipient> pairs(Caller caller) {
        return caller.user() == null ? List.of() : caller.pairs(teams);
    }

    private String read(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        UUID id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        return database.inTransaction(() -> narratives.read(id, pairs(caller), caller.user()))
                .map(text -> Json.MAPPER
                        .createObjectNode()
                        .put("id", id.toString())
                        .put("narrative", text.narrative())
                        .put("ground", text.ground())
                        .toString())
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private String classify(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        UUID id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        BodyReading in = new BodyReading(ctx, Set.of("classes"));
        Set<DataClass> classes = in.codes("classes", DataClass::of);
        in.orReject();
        if (!database.inTransaction(() -> narratives.classify(id, classes, pairs(caller), caller.user()))) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        ObjectNode body = Json.MAPPER.createObjectNode().put("id", id.toString());
        ArrayNode found = body.putArray("classes");
        classes.stream().map(DataClass::name).sorted().forEach(found::add);
        return body.toString();
    }
}
