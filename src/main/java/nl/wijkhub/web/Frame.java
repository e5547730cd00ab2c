package nl.wijkhub.web;

import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.team.Member;
import nl.wijkhub.team.Role;

/**
 * What stands around every page of the board.
 *
 * @param csrf what a form has to send along
 * @param told what became of what the viewer did just now, as a key of the texts; null for nothing
 * @param here the path of this page
 */
public record Frame(Texts texts, Member member, String csrf, String told, String here) {

    /** Where the viewer may go. */
    public record Link(String href, String text, boolean isHere) {}

    public List<Link> links() {
        List<Link> links = new ArrayList<>();
        // the page itself leads to the other teams of the viewer
        member.teams().stream().limit(1).forEach(team -> add(links, "/board/teams/" + team + "/queue", "nav.queue"));
        if (member.is(Role.ADMINISTRATOR)) {
            add(links, "/board/operations", "nav.operations");
        }
        return links;
    }

    private void add(List<Link> links, String path, String key) {
        links.add(new Link(path + "?lang=" + texts.language(), texts.get(key), here.equals(path)));
    }
}
