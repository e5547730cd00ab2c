package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import nl.wijkhub.casework.AgendaWork;
import nl.wijkhub.casework.AreaCounts;
import nl.wijkhub.casework.PlanLook.Actor;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.plan.AgendaItem;
import nl.wijkhub.plan.AgendaState;
import nl.wijkhub.plan.Quarter;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Neighbourhoods;
import nl.wijkhub.team.Teams;

/**
 * The neighbourhoods of a team, and of each its agenda with what residents experience beside what was recorded, and how many
 * households of what kind there were in the last quarter, as far as that may be told.
 */
public final class AreaPage implements Board.Section {
    private static final int WIJK_DIGITS = 6;
    private static final int GEMEENTE_DIGITS = 4;
    private static final int QUARTERS = 8;
    private static final Set<String> STATES = Set.of("on-agenda", "picked-up", "done", "declined");

    public record Area(String code, String name) {}

    /**
     * @param agenda as the viewer sees it; null for who works elsewhere
     * @param counts of the quarter asked for; null while that is not published
     * @param quarters to choose from, the last first
     */
    public record AreaView(
            Area area,
            Vocabulary vocabulary,
            AgendaWork.AgendaView agenda,
            AreaCounts.Counted counts,
            Quarter quarter,
            List<Quarter> quarters) {
        /** What an item may be joined with: the others on this agenda. */
        public List<AgendaItem> others(AgendaItem item) {
            return agenda.items().stream()
                    .filter(one -> !one.id().equals(item.id()))
                    .toList();
        }

        public String name(AgendaItem item) {
            String what = vocabulary.label(item.category());
            return item.place() == null ? what : what + " – " + item.place();
        }

        public String name(AreaCounts.AreaCount count) {
            return count.name() == null ? count.code() : count.name();
        }
    }

    private final AgendaWork agenda;
    private final AreaCounts counts;
    private final Neighbourhoods neighbourhoods;
    private final Vocabulary vocabulary;
    private final Teams teams;

    public AreaPage(
            AgendaWork agenda, AreaCounts counts, Neighbourhoods neighbourhoods, Vocabulary vocabulary, Teams teams) {
        this.agenda = agenda;
        this.counts = counts;
        this.neighbourhoods = neighbourhoods;
        this.vocabulary = vocabulary;
        this.teams = teams;
    }

    @Override
    public void mount(Router router, Board board) {
        router.get("/board/teams/:id/neighbourhoods").handler(ctx -> list(ctx, board));
        router.get("/board/neighbourhoods/:code").handler(ctx -> show(ctx, board));
        router.post("/board/neighbourhoods/:code/agenda/:id/status").handler(ctx -> move(ctx, board));
        router.post("/board/neighbourhoods/:code/agenda/:id/link").handler(ctx -> link(ctx, board));
        router.post("/board/neighbourhoods/:code/agenda/:id/unlink").handler(ctx -> unlink(ctx, board));
    }

    private void list(RoutingContext ctx, Board board) {
        Texts texts = Texts.of(ctx);
        board.show(ctx, "areas.jte", () -> {
            Recipient pair = board.pair(ctx, ctx.pathParam("id"));
            return Map.of("texts", texts, "team", pair.teamId(), "areas", areasOf(pair.teamId()));
        });
    }

    /** The gemeenten, wijken and buurten a team is drawn for, the widest first. */
    private List<Area> areasOf(String team) {
        Set<String> gemeenten = new TreeSet<>();
        Set<String> wijken = new TreeSet<>();
        Set<String> buurten = new TreeSet<>(teams.buurtenOf(team));
        for (String buurt : buurten) {
            wijken.add("WK" + buurt.substring(2, 2 + WIJK_DIGITS));
            gemeenten.add("GM" + buurt.substring(2, 2 + GEMEENTE_DIGITS));
        }
        List<Area> areas = new ArrayList<>();
        for (Set<String> codes : List.of(gemeenten, wijken, buurten)) {
            codes.stream().filter(code -> !neighbourhoods.in(code).isEmpty()).forEach(code -> areas.add(area(code)));
        }
        return areas;
    }

    private Area area(String code) {
        String name = neighbourhoods.nameOf(code);
        return new Area(code, name == null ? code : name);
    }

    private void show(RoutingContext ctx, Board board) {
        Texts texts = Texts.of(ctx);
        board.show(ctx, "area.jte", () -> {
            Actor viewer = board.caller(ctx).worker(teams);
            String code = ctx.pathParam("code");
            List<Quarter> quarters = counts.lastQuarters(QUARTERS);
            Quarter quarter = Quarter.of(ctx.request().getParam("period"))
                    .filter(quarters::contains)
                    .orElse(quarters.get(0));
            AreaCounts.Counted counted = counts.of(viewer, code, quarter).orElse(null);
            AgendaWork.AgendaView seen = agenda.mayLook(viewer, code) ? agenda.see(viewer, code) : null;
            return Map.of(
                    "texts", texts, "view", new AreaView(area(code), vocabulary, seen, counted, quarter, quarters));
        });
    }

    private void move(RoutingContext ctx, Board board) {
        Actor worker = board.caller(ctx).worker(teams);
        String code = ctx.pathParam("code");
        FormReading in = new FormReading(ctx);
        String status = in.oneOf("status", STATES);
        boolean isEnd = status.equals("done") || status.equals("declined");
        String reason = isEnd ? in.reason() : in.optional("reason");
        board.act(ctx, "/board/neighbourhoods/" + code, () -> {
            in.orReject();
            AgendaState to = Coded.of(AgendaState.class, status).orElseThrow();
            agenda.move(worker, code, Board.id(ctx), to, reason.isEmpty() ? null : reason);
            return "agenda-moved";
        });
    }

    private void link(RoutingContext ctx, Board board) {
        Actor worker = board.caller(ctx).worker(teams);
        String code = ctx.pathParam("code");
        FormReading in = new FormReading(ctx);
        String to = in.text("other", 1);
        String reason = in.reason();
        board.act(ctx, "/board/neighbourhoods/" + code, () -> {
            in.orReject();
            // what is no id is nobody's item
            UUID id = Board.id(ctx);
            agenda.link(worker, code, id, Identifier.parse(to).orElse(id), reason);
            return "agenda-linked";
        });
    }

    private void unlink(RoutingContext ctx, Board board) {
        Actor worker = board.caller(ctx).worker(teams);
        String code = ctx.pathParam("code");
        FormReading in = new FormReading(ctx);
        String reason = in.reason();
        board.act(ctx, "/board/neighbourhoods/" + code, () -> {
            in.orReject();
            agenda.unlink(worker, code, Board.id(ctx), reason);
            return "agenda-unlinked";
        });
    }
}
