package nl.wijkhub.sharing;

import java.util.List;
import nl.wijkhub.signal.CaseSignal;

/** Which (team, discipline) pairs are drawn for the place of a signal. A port: the teams know. */
public interface RecipientsOfPlace {
    List<Recipient> of(CaseSignal.Subject subject);

    /** What somebody who gets a NOTICE is told to call. */
    String contactOf(String teamId);
}
