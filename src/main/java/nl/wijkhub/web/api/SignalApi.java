package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import nl.wijkhub.casework.SignalLook;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.SignalAccept;
import nl.wijkhub.signal.SignalSchema;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.SenderFeedback;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;

/**
 * {@code GET /v1/signals/{id}}: the sender sees the status of its own signal; a recipient its released view, decided
 * anew at that moment; anyone else 404. {@code GET /v1/signals?reference=} finds a sender's own.
 */
public final class SignalApi {
    private final String policeReport = resource("/schema/police-report.xsd");
    private final Database database;
    private final SignalStore signals;
    private final SignalAccept accept;
    private final SignalSchema schema;
    private final SignalLook looks;
    private final Partners partners;
    private final Teams teams;
    private final SenderFeedback feedback;

    public SignalApi(
            Database database,
            SignalStore signals,
            SignalAccept accept,
            SignalSchema schema,
            SignalLook looks,
            SenderFeedback feedback,
            Partners partners,
            Teams teams) {
        this.database = database;
        this.signals = signals;
        this.accept = accept;
        this.schema = schema;
        this.looks = looks;
        this.feedback = feedback;
        this.partners = partners;
        this.teams = teams;
    }

    public void mount(Router router) {
        router.get("/v1/schemas/case-signal").handler(ctx -> ctx.response()
                .putHeader("Content-Type", "application/schema+json")
                .end(schema.text()));
        router.get("/v1/schemas/police-report").handler(ctx -> ctx.response()
                .putHeader("Content-Type", "application/xml")
                .end(policeReport));
        router.get("/v1/signals").handler(ctx -> Answers.json(ctx, () -> find(ctx)));
        router.get("/v1/signals/:id").handler(ctx -> Answers.json(ctx, () -> get(ctx)));
    }

    private static String resource(String path) {
        try (InputStream in = SignalApi.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String find(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        String reference = ctx.request().getParam("reference");
        if (partners.find(caller.clientId()).isEmpty() || caller.user() != null) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        if (reference == null || reference.isEmpty()) {
            throw Rejected.of(Problem.INVALID_INPUT, "/reference", "missing.reference-parameter");
        }
        return signals.byReference(caller.clientId(), accept.referenceKey(caller.clientId(), reference))
                .map(known -> status(known.id(), known.acceptedAt(), caller).toString())
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private String get(RoutingContext ctx) {
        Caller caller = Caller.of(ctx.user());
        UUID id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        AcceptedSignal signal = signals.byId(id).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        if (caller.user() == null && signal.partnerId().equals(caller.clientId())) {
            return status(id, signal.acceptedAt(), caller).toString();
        }
        return database.inTransaction(() -> looks.see(signal, caller.pairs(teams), caller.who()))
                .map(seen -> ReleasedSignalJson.of(seen.signal()).toString())
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    /** The class of outcome alone: whether, to whom and why it was shared is not the sender's to know. */
    private ObjectNode status(UUID id, Instant acceptedAt, Caller caller) {
        SenderFeedback.Heard heard = database.inTransaction(() -> feedback.hear(id, acceptedAt, caller.trace()));
        ObjectNode status = Json.MAPPER.createObjectNode();
        status.put("id", id.toString());
        status.put("status", heard.status());
        status.put("acceptedAt", acceptedAt.toString());
        ArrayNode moments = status.putArray("feedback");
        heard.moments().forEach(moment -> moments.addObject()
                .put("kind", moment.kind())
                .put("at", moment.at().toString()));
        return status;
    }
}
