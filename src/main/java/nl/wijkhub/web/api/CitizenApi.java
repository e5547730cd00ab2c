package nl.wijkhub.web.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.MediaType;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.CitizenExport;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.board.Texts;
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
    /** What the printed page shows. */
    public record Page(
            List<CitizenExport.ExportedSignal> known, Instant at, Vocabulary vocabulary, AgreementInForce inForce) {
        public String category(CitizenExport.ExportedSignal one) {
            return vocabulary.label(one.category());
        }

        public String ground(CitizenExport.ExportedRelease told) {
            return inForce.agreement().groundNl(told.ground());
        }
    }

    private final CitizenExport export;
    private final AgreementInForce inForce;
    private final Vocabulary vocabulary;
    private final Teams teams;
    private final Clock clock;
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    public CitizenApi(CitizenExport export, AgreementInForce inForce, Vocabulary vocabulary, Teams teams, Clock clock) {
        this.export = export;
        this.inForce = inForce;
        this.vocabulary = vocabulary;
        this.teams = teams;
        this.clock = clock;
    }

    public void mount(Router router) {
        router.post("/v1/citizens/_export")
                .handler(RequestBody.upTo(BodyReading.LARGEST))
                .handler(this::export);
    }

    private void export(RoutingContext ctx) {
        boolean isHtml = MediaType.listed(ctx.request().getHeader("Accept")).stream()
                .anyMatch(accepted -> accepted.name().equals("text/html"));
        // the document is for a citizen of the Netherlands, whoever makes it
        Texts texts = Texts.in("nl");
        Answers.later(
                ctx,
                () -> {
                    Page page = page(known(ctx));
                    return isHtml ? html(page, texts) : json(page);
                },
                text -> ctx.response()
                        .putHeader("Content-Type", isHtml ? "text/html; charset=utf-8" : "application/json")
                        .end(text));
    }

    public Page page(List<CitizenExport.ExportedSignal> known) {
        return new Page(known, clock.instant(), vocabulary, inForce);
    }

    private List<CitizenExport.ExportedSignal> known(RoutingContext ctx) {
        Caller caller = Caller.privacyOfficer(ctx, teams);
        BodyReading in = new BodyReading(ctx, Set.of("bsn", "name", "birthDate"));
        CaseSignal.Person person = SubjectReading.person(in);
        in.orReject();
        return export.of(person, caller.user());
    }

    private String html(Page page, Texts texts) {
        StringOutput html = new StringOutput();
        templates.render("citizen.jte", Map.of("texts", texts, "page", page), html);
        return html.toString();
    }

    private static String json(Page page) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("at", page.at().toString());
        ArrayNode items = body.putArray("items");
        for (CitizenExport.ExportedSignal known : page.known()) {
            ObjectNode item = items.addObject();
            item.put("signalId", known.signalId().toString());
            item.put("category", known.category());
            item.put("categoryNl", page.category(known));
            item.put("from", known.from().name());
            item.put("receivedAt", known.receivedAt().toString());
            ArrayNode told = item.putArray("told");
            for (CitizenExport.ExportedRelease one : known.told()) {
                ObjectNode node = told.addObject();
                node.put("recipient", one.recipient());
                node.put("at", one.at().toString());
                node.put("disclosure", one.disclosure().name());
                ArrayNode fields = node.putArray("fields");
                one.fields().forEach(fields::add);
                node.put("named", one.named());
                node.put("ground", one.ground());
                node.put("groundNl", page.ground(one));
                node.put("purpose", one.purpose());
                node.put("article", one.article());
                node.put("recalled", one.recalled());
            }
            ArrayNode looks = item.putArray("looks");
            known.looks().forEach(look -> looks.addObject()
                    .put("user", look.user())
                    .put("what", look.name())
                    .put("at", look.at().toString()));
        }
        return body.toString();
    }
}
