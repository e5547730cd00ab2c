package nl.wijkhub.team;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.plan.AreaCode;
import nl.wijkhub.sharing.Recipient;

/**
 * The place of one organisation in a team.
 *
 * @param recipient what it is to everything that is shared
 * @param partner the organisation, by its id in partners.yaml
 * @param users who sits there
 * @param leads the team leads among them, by user
 * @param areas CBS codes of where it is there for; empty for the whole area of the team
 * @param categories the categories it is there for, or the beginning of them; empty for all
 * @param designated the crisis care of its team: row 10 reaches it alone of all care
 */
public record Seat(
        Recipient recipient,
        String partner,
        List<SeatUser> users,
        Set<String> leads,
        Set<String> areas,
        Set<String> categories,
        boolean designated) {

    /**
     * Somebody who sits there, and how to call them.
     *
     * @param user the name in the access token
     * @param name for colleagues; the user where none is given
     * @param phone null where none is given
     * @param email null where none is given
     */
    public record SeatUser(String user, String name, String phone, String email) {}

    public Discipline discipline() {
        return recipient.discipline();
    }

    /** Its client id with the organisation, also where it is the first of its discipline. */
    public String longClientId() {
        return recipient.teamId() + '.' + discipline().code() + '.' + partner;
    }

    /** The name of its queue with the organisation. */
    public String longQueue() {
        return "team." + longClientId();
    }

    public Optional<SeatUser> user(String user) {
        return users.stream().filter(one -> one.user().equals(user)).findFirst();
    }

    boolean isForBuurt(String buurt) {
        return areas.stream().anyMatch(area -> AreaCode.holds(area, buurt));
    }

    /** Whether it is there for a category; the place is asked apart. */
    boolean isForCategory(String category) {
        return categories.isEmpty()
                || categories.stream().anyMatch(own -> category.equals(own) || category.startsWith(own + '.'));
    }
}
