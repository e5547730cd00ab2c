package nl.wijkhub.plan;

import java.time.Instant;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.Recipient;

/**
 * What one recipient may know of one signal on an agenda. Written with the release and taken back with it: what did not
 * pass never counts.
 *
 * @param sender null when it does not pass
 * @param impact 1..5 as experienced; null when it does not pass, or was not said
 * @param knownToPolice null when it does not pass, or was not said
 * @param since when it was released to this recipient
 */
record AgendaSeen(Recipient by, Discipline sender, Integer impact, Boolean knownToPolice, Instant since) {
    /** Without a space, so that a list of them is one text. */
    String written() {
        return PlanStore.seenBy(by) + text(sender) + '|' + text(impact) + '|' + text(knownToPolice) + '|' + since;
    }

    static AgendaSeen read(String written) {
        String[] part = written.split("\\|", -1);
        return new AgendaSeen(
                new Recipient(part[0], Discipline.valueOf(part[1])),
                part[2].isEmpty() ? null : Discipline.valueOf(part[2]),
                part[3].isEmpty() ? null : Integer.valueOf(part[3]),
                part[4].isEmpty() ? null : Boolean.valueOf(part[4]),
                Instant.parse(part[5]));
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
