package nl.wijkhub.team;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.wijkhub.sharing.Recipient;

/**
 * A Veilige Buurten Team.
 *
 * @param contact what somebody who gets a NOTICE is told to call
 * @param terms how long a queue item may wait, by priority
 * @param seats who sits there, as listed: of each discipline its first seat comes first
 * @param consulted care providers outside the team whose systems are consulted beside its care seat, by partner id
 */
public record Team(
        String id,
        String name,
        String contact,
        boolean orphan,
        Map<Priority, Duration> terms,
        List<Seat> seats,
        Set<String> consulted) {

    public List<Recipient> recipients() {
        return seats.stream()
                .map(Seat::recipient)
                .sorted(Comparator.comparing(Recipient::discipline).thenComparing(Recipient::seatName))
                .toList();
    }
}
