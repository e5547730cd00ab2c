package nl.wijkhub.team;

import java.util.Map;
import java.util.Set;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;

/**
 * A user of the hub.
 *
 * @param discipline the one angle this user sees from; null for staff, who are recipients of nothing
 * @param organisation the partner this user works for; null for staff
 * @param seats team → the seat this user has there
 */
public record Member(
        String user, Discipline discipline, String organisation, Map<String, Recipient> seats, Set<Role> roles) {
    /** The teams this user sits in, as listed. */
    public Set<String> teams() {
        return seats.keySet();
    }

    /** The seat this user looks from, within a team. */
    public Recipient in(String teamId) {
        return seats.get(teamId);
    }

    public boolean sitsIn(String teamId) {
        return seats.containsKey(teamId);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}
