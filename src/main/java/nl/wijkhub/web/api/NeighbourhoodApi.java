package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.plan.AgendaItem;
import nl.wijkhub.plan.AgendaState;
import nl.wijkhub.plan.AreaAgenda;
import nl.wijkhub.plan.AreaCode;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.team.Neighbourhoods;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.RequestBody;

/**
 * {@code GET /v1/neighbourhoods/{code}/agenda} for a member of a team that is drawn for the area, as the pair may see
 * it; {@code POST …/agenda/{id}/_status {status, reason}}, {@code …/_link {to, reason}} and {@code …/_unlink {reason}}
 * for a MUNICIPALITY member of it. The code is of a buurt, wijk or gemeente.
 */
public final class NeighbourhoodApi {
    private static final Set<AgendaState> WITH_REASON = Set.of(AgendaState.DONE, AgendaState.DECLINED);

    private final Database database;
    private final AreaAgenda agenda;
    private final Neighbourhoods neighbourhoods;
    private final Teams teams;

    public NeighbourhoodApi(Database database, AreaAgenda agenda, Neighbourhoods neighbourhoods, Teams teams) {
        this.database = database;
        this.agenda = agenda;
        this.neighbourhoods = neighbourhoods;
        this.teams = teams;
    }

    public void mount(Router router) {
        Handler<RoutingContext> body = RequestBody.upTo(BodyReading.LARGEST);
        String item = "/v1/neighbourhoods/:code/agenda/:id/";
        router.get("/v1/neighbourhoods/:code/agenda").handler(ctx -> Answers.json(ctx, () -> agenda(ctx)));
        router.post(item + "_status").handler(body).handler(ctx -> Answers.json(ctx, () -> move(ctx)));
        router.post(item + "_link").handler(body).handler(ctx -> Answers.json(ctx, () -> link(ctx)));
        router.post(item + "_unlink").handler(body).handler(ctx -> Answers.json(ctx, () -> unlink(ctx)));
    }

    /** Who looks, at what. */
    private record Look(Caller caller, List<Recipient> pairs, AreaAgenda.Scope scope) {
        boolean isOfMunicipality() {
            return pairs.stream().anyMatch(pair -> pair.discipline() == Discipline.MUNICIPALITY);
        }
    }

    /** 404 when no team of the caller is drawn for the area, also when there is no such area. */
    private Look look(RoutingContext ctx) {
        return look(Caller.of(ctx.user()), ctx.pathParam("code"));
    }

    private Look look(Caller caller, String code) {
        List<Recipient> pairs = caller.pairs(teams);
        if (neighbourhoods.in(code).stream().noneMatch(buurt -> pairs.stream().anyMatch(drawnFor(buurt)::contains))) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return new Look(caller, pairs, new AreaAgenda.Scope(code, teamsWithin(code, pairs)));
    }

    private List<Recipient> drawnFor(String buurt) {
        return teams.of(new CaseSignal.Subject(null, new CaseSignal.Neighbourhood(buurt, null)));
    }

    /**
     * The teams of which the whole area lies in that of a code: whatever place they are drawn for lies in it too. A
     * team that is drawn for no area gets what no area covers: that is somewhere in the gemeente.
     */
    private Set<String> teamsWithin(String code, List<Recipient> pairs) {
        Set<String> within = new HashSet<>();
        for (Recipient pair : pairs) {
            List<String> own = neighbourhoods.buurten().stream()
                    .filter(buurt -> drawnFor(buurt).contains(pair))
                    .toList();
            boolean isWithin =
                    own.isEmpty() ? code.startsWith("GM") : own.stream().allMatch(buurt -> AreaCode.holds(code, buurt));
            if (isWithin) {
                within.add(pair.teamId());
            }
        }
        return within;
    }

    /** Steps are taken by people of the coordinator's seat. */
    private Look coordinator(RoutingContext ctx) {
        return coordinator(look(ctx));
    }

    private static Look coordinator(Look look) {
        if (look.caller().user() == null || !look.isOfMunicipality()) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return look;
    }

    private static UUID id(RoutingContext ctx) {
        return Identifier.parse(ctx.pathParam("id")).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }

    private String agenda(RoutingContext ctx) {
        return agenda(look(ctx)).toString();
    }

    /** The same for a page: null where no team of the caller is drawn for the area. */
    public ObjectNode agendaOf(Caller caller, String code) {
        try {
            return agenda(look(caller, code));
        } catch (Rejected notDrawnForIt) {
            return null;
        }
    }

    /** What a page asks for an item. */
    public void move(Caller caller, String code, UUID id, AgendaState to, String reason) {
        Look look = coordinator(look(caller, code));
        after(look, id, () -> agenda.move(id, look.scope(), look.pairs(), to, caller.user(), reason));
    }

    public void link(Caller caller, String code, UUID id, UUID other, String reason) {
        Look look = coordinator(look(caller, code));
        after(look, id, () -> agenda.link(id, other, look.scope(), look.pairs(), caller.user(), reason));
    }

    public void unlink(Caller caller, String code, UUID id, String reason) {
        Look look = coordinator(look(caller, code));
        after(look, id, () -> agenda.unlink(id, look.scope(), look.pairs(), caller.user(), reason));
    }

    private ObjectNode agenda(Look look) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("code", look.scope().code());
        ArrayNode items = body.putArray("items");
        agenda.see(look.scope(), look.pairs())
                .forEach(item -> items.add(AgendaAnswer.of(item, look.isOfMunicipality())));
        return body;
    }

    private String move(RoutingContext ctx) {
        Look look = coordinator(ctx);
        UUID id = id(ctx);
        BodyReading in = new BodyReading(ctx, Set.of("status", "reason"));
        String status = in.oneOf("status", Set.of("on-agenda", "picked-up", "done", "declined"));
        AgendaState to = Coded.of(AgendaState.class, status).orElse(AgendaState.RAISED);
        String reason = WITH_REASON.contains(to) ? in.reason() : in.optionalText("reason");
        in.orReject();
        return after(
                look,
                id,
                () -> agenda.move(
                        id, look.scope(), look.pairs(), to, look.caller().user(), reason));
    }

    private String link(RoutingContext ctx) {
        Look look = coordinator(ctx);
        UUID id = id(ctx);
        BodyReading in = new BodyReading(ctx, Set.of("to", "reason"));
        String to = in.text("to", 1);
        String reason = in.reason();
        in.orReject();
        // what is no id is nobody's item
        UUID other = Identifier.parse(to).orElse(id);
        return after(
                look,
                id,
                () -> agenda.link(
                        id, other, look.scope(), look.pairs(), look.caller().user(), reason));
    }

    private String unlink(RoutingContext ctx) {
        Look look = coordinator(ctx);
        UUID id = id(ctx);
        BodyReading in = new BodyReading(ctx, Set.of("reason"));
        String reason = in.reason();
        in.orReject();
        return after(
                look,
                id,
                () -> agenda.unlink(
                        id, look.scope(), look.pairs(), look.caller().user(), reason));
    }

    /** Takes a step and shows the item as it is then. */
    private String after(Look look, UUID id, Runnable step) {
        return database
                .inTransaction(() -> {
                    step.run();
                    return agenda.see(look.scope(), look.pairs());
                })
                .stream()
                .flatMap(item -> Stream.concat(Stream.of(item), item.linked().stream()))
                .filter(item -> item.id().equals(id))
                .findFirst()
                .map((AgendaItem item) -> AgendaAnswer.of(item, true).toString())
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }
}
