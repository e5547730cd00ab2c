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
record AgendaSeen(Recipient by, Discipline sender, Integer impact, Boolean knownToPolice, Instant since) {}
