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
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.DecisionContext;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.sharing.ReleasedView;
import nl.wijkhub.sharing.SharingDecide;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.SignalAccept;
import nl.wijkhub.signal.SignalSchema;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.SenderFeedback;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.Configured;

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
    private final HouseholdMatch match;
    private final SharingDecide sharing;
    private final ReleaseStore releases;
    private final AgreementInForce inForce;
    private final Vocabulary vocabulary;
    private final Partners partners;
    private final Teams teams;
    private final SenderFeedback feedback;

    public SignalApi(
            DecisionContext context,
            Configured configured,
            Database database,
            SignalAccept accept,
            SignalSchema schema,
            SharingDecide sharing,
            SenderFeedback feedback) {
        this.database = database;
        this.signals = context.signals();
        this.accept = accept;
        this.schema = schema;
        this.match = context.match();
        this.sharing = sharing;
        this.releases = context.releases();
        this.inForce = configured.inForce();
        this.vocabulary = configured.vocabulary();
        this.partners = configured.partners();
        this.teams = configured.teams();
        this.feedback = feedback;
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
        return released(signal, caller).map(ObjectNode::toString).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    /** What one caller may see of a signal now; empty for nothing, whatever the reason. */
    public Optional<ObjectNode> released(AcceptedSignal signal, Caller caller) {
        for (Recipient recipient : caller.pairs(teams)) {
            Optional<Release> original = releases.of(signal.id(), recipient);
            if (original.isPresent()) {
                MatchedSignal matched = match.again(signal, original.get().householdId());
                Optional<Release> anew =
                        database.inTransaction(() -> sharing.decideAnew(matched, recipient, caller.who()));
                return anew.filter(release -> release.decision().releases())
                        .map(release -> ReleasedView.of(
                                release,
                                matched,
                                teams.contactOf(recipient.teamId()),
                                inForce.agreement()
                                        .sentenceNl(release.decision().says()),
                                vocabulary::classOfLifeDomain));
            }
        }
        return Optional.empty();
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
