package nl.wijkhub.web.board;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.List;
import nl.wijkhub.team.Member;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;
import nl.wijkhub.web.http.PlanIds;

/**
 * The board: its sections, what they look like, and where each viewer begins. Everything works by links and forms; a
 * script only follows what happens meanwhile.
 */
public final class BoardPages {
    private static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.10/dist";

    private final Board board;
    private final List<Board.Section> sections;
    private final String theme;

    /**
     * @param theme the stylesheet of the organisation, which puts its own design tokens over those of the board
     */
    public BoardPages(Teams teams, PlanIds planIds, String theme, List<Board.Section> sections) {
        this.board = new Board(teams, planIds);
        this.theme = theme;
        this.sections = List.copyOf(sections);
    }

    public void mount(Router router) {
        router.get("/static/theme.css").handler(ctx -> ctx.response()
                .putHeader("Content-Type", "text/css; charset=utf-8")
                .end(theme));
        router.get("/static/htmx/*").handler(StaticHandler.create(HTMX).setCachingEnabled(true));
        router.get("/static/*").handler(StaticHandler.create("static").setCachingEnabled(true));
        router.get("/board/").handler(this::home);
        sections.forEach(section -> section.mount(router, board));
    }

    private void home(RoutingContext ctx) {
        Member member = board.member(ctx);
        if (!member.teams().isEmpty()) {
            BoardLogin.redirect(ctx, "/board/teams/" + member.teams().iterator().next() + "/queue");
        } else {
            BoardLogin.redirect(ctx, member.is(Role.PRIVACY_OFFICER) ? "/board/privacy" : "/board/operations");
        }
    }
}
