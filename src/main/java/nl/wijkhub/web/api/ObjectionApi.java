package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.ProcessingRecord;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.PlanAttach;
import nl.wijkhub.sharing.ObjectionStore;
import nl.wijkhub.sharing.Objections;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.team.Delivery;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.TeamQueue;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.RequestBody;
import nl.wijkhub.web.http.SubjectReading;

/**
 * {@code POST /v1/citizens/_object {bsn | name, birthDate, reason}}, {@code GET /v1/objections} and
 * {@code POST /v1/objections/{id}/_decide {outcome, reason}}, for the privacy officer.
 */
public final class ObjectionApi {
    private static final int LARGEST_LIST = 200;
    private static final String ROLE = Role.PRIVACY_OFFICER.code();

    private final Database database;
    private final Objections objections;
    private final ObjectionStore raised;
    private final PlanAttach plans;
    private final TeamQueue queue;
    private final ProcessingLogStore processingLog;
    private final Teams teams;
    private final Clock clock;

    public ObjectionApi(
            Database database,
            Objections objections,
            ObjectionStore raised,
            PlanAttach plans,
            TeamQueue queue,
            ProcessingLogStore processingLog,
            Teams teams,
            Clock clock) {
        this.database = database;
        this.objections = objections;
        this.raised = raised;
        this.plans = plans;
        this.queue = queue;
        this.processingLog = processingLog;
        this.teams = teams;
        this.clock = clock;
    }

    public void mount(Router router) {
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        router.post("/v1/citizens/_object").handler(body).handler(ctx -> Answers.json(ctx, () -> raise(ctx)));
        router.get("/v1/objections").handler(ctx -> Answers.json(ctx, () -> list(ctx)));
        router.post("/v1/objections/:id/_decide").handler(body).handler(ctx -> Answers.json(ctx, () -> decide(ctx)));
    }

    private String raise(RoutingContext ctx) {
        Caller caller = Caller.privacyOfficer(ctx, teams);
        BodyReading in = new BodyReading(ctx, Set.of("bsn", "name", "birthDate", "reason"));
        CaseSignal.Person person = SubjectReading.person(in);
        String reason = in.reason();
        in.orReject();
        return shown(raise(caller, person, reason)).toString();
    }

    public ObjectionStore.Objection raise(Caller caller, CaseSignal.Person person, String reason) {
        return database.inTransaction(() -> {
            ObjectionStore.Objection objection = objections.raise(person, reason, caller.user());
            log(caller, "objection-raise", List.of(objection.id()), AccessedBy.changes(caller.user(), ROLE));
            return objection;
        });
    }

    private String list(RoutingContext ctx) {
        Caller caller = Caller.privacyOfficer(ctx, teams);
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        latest(caller).forEach(objection -> items.add(shown(objection)));
        return body.toString();
    }

    /** The latest, logged as read. */
    public List<ObjectionStore.Objection> latest(Caller caller) {
        List<ObjectionStore.Objection> latest = raised.latest(LARGEST_LIST);
        log(
                caller,
                "objection-read",
                latest.stream().map(ObjectionStore.Objection::id).toList(),
                AccessedBy.reads(caller.user(), ROLE));
        return latest;
    }

    private static ObjectNode shown(ObjectionStore.Objection objection) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("id", objection.id().toString());
        ArrayNode senders = node.putArray("senders");
        objection.senders().stream().map(Discipline::name).sorted().forEach(senders::add);
        node.put("reason", objection.reason());
        node.put("raisedAt", objection.raisedAt().toString());
        node.put("dueAt", objection.dueAt().toString());
        node.put(
                "state",
                objection.outcome() == null ? "open" : objection.outcome().toLowerCase(Locale.ROOT));
        return node;
    }

    private String decide(RoutingContext ctx) {
        Caller caller = Caller.privacyOfficer(ctx, teams);
        UUID id = Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        BodyReading in = new BodyReading(ctx, Set.of("outcome", "reason"));
        String outcome = in.oneOf("outcome", Set.of("upheld", "rejected"));
        String reason = in.reason();
        in.orReject();
        return Json.MAPPER
                .createObjectNode()
                .put("outcome", outcome)
                .put("recalled", decide(caller, id, outcome.equals("upheld"), reason))
                .toString();
    }

    /** @return how many releases were recalled */
    public int decide(Caller caller, UUID id, boolean isUpheld, String reason) {
        List<Delivery> recalls = database.inTransaction(() -> {
            List<Release> recalled = objections.decide(id, isUpheld, reason, caller.user());
            log(caller, "objection-decide", List.of(id), AccessedBy.changes(caller.user(), ROLE));
            plans.takeBack(recalled);
            return queue.recall(recalled);
        });
        // what does not get away now is a stored delivery, for the sweep
        queue.send(recalls);
        return recalls.size();
    }

    private void log(Caller caller, String what, List<UUID> ids, AccessedBy by) {
        Instant now = clock.instant();
        processingLog.insert(ids.stream()
                .map(id -> new ProcessingRecord(caller.trace(), what, now, now, null, id, "objection", by))
                .toList());
    }
}
