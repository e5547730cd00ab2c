package nl.wijkhub.team;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;

/**
 * A Veilige Buurten Team.
 *
 * @param contact what somebody who gets a NOTICE is told to call
 * @param terms how long a queue item may wait, by priority
 * @param members every discipline with a seat → its users
 * @param consulted care providers outside the team whose systems are consulted beside its care seat, by partner id
 */
public record Team(
        String id,
        String name,
        String contact,
        boolean orphan,
        Map<Priority, Duration> terms,
        Map<Discipline, Set<String>> members,
        Set<String> consulted) {

    public java.util.List<Recipient> recipients() {
        return members.keySet().stream()
                .sorted()
                .map(discipline -> new Recipient(id, discipline))
                .toList();
    }
}
