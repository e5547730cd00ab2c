package nl.wijkhub.sharing;

import java.time.LocalDate;
import java.util.Set;
import nl.wijkhub.kernel.Discipline;

/**
 * A decision taken outside the hub on which a sender may rest what it shares, such as one under Wpg article 20: whom it
 * names, and for how long. Only what stands in the agreement counts, whatever a message says.
 *
 * @param article the article it was taken under, as senders write it, e.g. {@code Wpg20}
 * @param line where it stands in the file
 */
record ExternalDecision(
        String id,
        String article,
        Set<String> teams,
        Set<Discipline> disciplines,
        LocalDate validFrom,
        LocalDate validUntil,
        int line) {

    boolean isValid(String namedArticle, LocalDate day) {
        return article.equals(namedArticle) && !day.isBefore(validFrom) && !day.isAfter(validUntil);
    }

    boolean names(Recipient recipient) {
        return teams.contains(recipient.teamId()) && disciplines.contains(recipient.discipline());
    }
}
