package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.MediaType;
import nl.wijkhub.sharing.CitizenExport;
import nl.wijkhub.sharing.Organisations;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.BodyReading;
import nl.wijkhub.web.http.Caller;
import nl.wijkhub.web.http.RequestBody;
import nl.wijkhub.web.http.SubjectReading;

/**
 * {@code POST /v1/citizens/_export {bsn | name, birthDate}} for the privacy officer: who knew what of one citizen, when
 * and on what ground; JSON, or HTML to print when that is what is asked for.
 */
public final class CitizenApi {
    /** A port: makes of an export a document to print. */
    public interface Printer {
        /** HTML, whole. */
        String print(CitizenExport.Exported exported);
    }

    private final CitizenExport export;
    private final Printer printer;
    private final Teams teams;

    public CitizenApi(CitizenExport export, Printer printer, Teams teams) {
        this.export = export;
        this.printer = printer;
        this.teams = teams;
    }

    public void mount(Router router) {
        router.post("/v1/citizens/_export")
                .handler(RequestBody.upTo(BodyReading.LARGEST))
                .handler(this::export);
    }

    private void export(RoutingContext ctx) {
        boolean isHtml = MediaType.listed(ctx.request().getHeader("Accept")).stream()
                .anyMatch(accepted -> accepted.name().equals("text/html"));
        Answers.later(
                ctx,
                () -> {
                    CitizenExport.Exported exported = exported(ctx);
                    return isHtml ? printer.print(exported) : json(exported);
                },
                text -> ctx.response()
                        .putHeader("Content-Type", isHtml ? "text/html; charset=utf-8" : "application/json")
                        .end(text));
    }

    private CitizenExport.Exported exported(RoutingContext ctx) {
        Caller caller = Caller.privacyOfficer(ctx, teams);
        BodyReading in = new BodyReading(ctx, Set.of("bsn", "name", "birthDate"));
        CaseSignal.Person person = SubjectReading.person(in);
        in.orReject();
        return export.of(person, caller.user());
    }

    private static String json(CitizenExport.Exported exported) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("at", exported.at().toString());
        ArrayNode items = body.putArray("items");
        for (CitizenExport.ExportedSignal known : exported.signals()) {
            ObjectNode item = items.addObject();
            item.put("signalId", known.signalId().toString());
            item.put("category", known.category());
            item.put("categoryNl", known.categoryNl());
            item.put("from", known.from().name());
            item.put("receivedAt", known.receivedAt().toString());
            ArrayNode told = item.putArray("told");
            known.told().forEach(one -> told.add(shown(one)));
            ArrayNode looks = item.putArray("looks");
            known.looks().forEach(look -> looks.add(shown(look)));
        }
        ArrayNode looks = body.putArray("looks");
        exported.looks().forEach(look -> looks.add(shown(look)));
        return body.toString();
    }

    private static ObjectNode shown(CitizenExport.ExportedLook look) {
        return party(Json.MAPPER.createObjectNode(), look.by())
                .put("user", look.user())
                .put("role", look.role())
                .put("what", look.name())
                .put("at", look.at().toString());
    }

    private static ObjectNode shown(CitizenExport.ExportedRelease told) {
        ObjectNode node = party(Json.MAPPER.createObjectNode(), told.to());
        node.put("recipient", told.recipient());
        node.put("at", told.at().toString());
        node.put("disclosure", told.disclosure().name());
        ArrayNode fields = node.putArray("fields");
        told.fields().forEach(fields::add);
        node.put("named", told.named());
        node.put("ground", told.ground());
        node.put("groundNl", told.groundNl());
        node.put("purpose", told.purpose());
        node.put("article", told.article());
        node.put("recalled", told.recalled());
        return node;
    }

    private static ObjectNode party(ObjectNode node, Organisations.Party party) {
        return node.put("team", party.teamId())
                .put(
                        "discipline",
                        party.discipline() == null ? null : party.discipline().name())
                .put("organisation", party.id())
                .put("organisationName", party.name());
    }
}
