package nl.wijkhub.team;

import java.util.Set;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;

/**
 * A user of the hub.
 *
 * @param discipline the one angle this user sees from; null for staff, who are recipients of nothing
 */
public record Member(String user, Discipline discipline, Set<String> teams, Set<Role> roles) {
    /** The pair this user looks as, within a team. */
    public Recipient in(String teamId) {
        return new Recipient(teamId, discipline);
    }

    public boolean sitsIn(String teamId) {
        return discipline != null && teams.contains(teamId);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}
