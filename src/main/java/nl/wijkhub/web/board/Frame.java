package nl.wijkhub.web.board;

import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.plan.PlanPart.Coordinator;
import nl.wijkhub.team.Member;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Team;
import nl.wijkhub.team.Teams;

/**
 * What stands around every page of the board.
 *
 * @param csrf what a form has to send along
 * @param told what became of what the viewer did just now, as a key of the texts; null for nothing
 * @param here the path of this page
 */
public record Frame(Texts texts, Teams teams, Member member, String csrf, String told, String here) {

    /** Where the viewer may go. */
    public record Link(String href, String text, boolean isHere) {}

    public List<Link> links() {
        List<Link> links = new ArrayList<>();
        // the page itself leads to the other teams of the viewer
        member.teams().stream().limit(1).forEach(team -> {
            add(links, "/board/teams/" + team + "/queue", "nav.queue");
            if (Coordinator.DISCIPLINES.contains(member.discipline())) {
                add(links, "/board/teams/" + team + "/plans", "nav.plans");
            }
            if (member.is(Role.TEAM_LEAD)) {
                add(links, "/board/teams/" + team + "/lead", "nav.lead");
            }
            add(links, "/board/teams/" + team + "/neighbourhoods", "nav.neighbourhoods");
        });
        if (!member.teams().isEmpty()) {
            add(links, "/board/asked", "nav.asked");
        }
        if (member.is(Role.PRIVACY_OFFICER)) {
            add(links, "/board/privacy", "nav.privacy");
        }
        if (member.is(Role.ADMINISTRATOR)) {
            add(links, "/board/operations", "nav.operations");
        }
        return links;
    }

    /** The same page of each team of the viewer; empty when there is one team. */
    public List<Link> ofOtherTeams(String page) {
        if (member.teams().size() < 2) {
            return List.of();
        }
        List<Link> links = new ArrayList<>();
        for (String team : member.teams()) {
            String path = "/board/teams/" + team + page;
            links.add(new Link(path + "?lang=" + texts.language(), teamName(team), here.equals(path)));
        }
        return links;
    }

    public String teamName(String id) {
        return teams.find(id).map(Team::name).orElse(id);
    }

    private void add(List<Link> links, String path, String key) {
        links.add(new Link(path + "?lang=" + texts.language(), texts.get(key), here.equals(path)));
    }
}
