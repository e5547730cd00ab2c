package nl.wijkhub.sharing;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.SharingFacts.Age;
import nl.wijkhub.sharing.SharingFacts.PersonFacts;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.Consent.Provision;
import nl.wijkhub.signal.Consent.Reach;
import nl.wijkhub.signal.Consent.Voice;

/**
 * Whether a person's consents let a recipient have something. Pure. Any deny wins over any permit; within one consent
 * the deepest provision that applies speaks, and a deny beats a permit at the same depth.
 * Source: docs/sharing.md, "Consent as data" and "Minors".
 */
final class ConsentPolicy {
    private enum Answer {
        PERMIT,
        DENY,
        SILENT
    }

    private ConsentPolicy() {}

    /** @param organisation whose seat it is, as the id of a partner; null for nobody's: then only a role reaches it */
    static boolean permits(PersonFacts person, Recipient recipient, String organisation, LocalDate day) {
        Set<Voice> heard = EnumSet.noneOf(Voice.class);
        for (Consent consent : person.consents()) {
            switch (answer(consent, recipient.discipline(), organisation, day)) {
                case DENY -> {
                    return false;
                }
                case PERMIT -> heard.addAll(consent.by());
                case SILENT -> {}
            }
        }
        return heard.containsAll(voicesNeeded(person));
    }

    /**
     * Whether asking this person, or who speaks for this person, might help: nobody said no, and nobody took back a yes.
     */
    static boolean isUnasked(PersonFacts person, Recipient recipient, String organisation, LocalDate day) {
        return person.consents().stream()
                        .allMatch(consent -> consent.state() == Consent.ConsentStatus.ACTIVE
                                && answer(consent, recipient.discipline(), organisation, day) != Answer.DENY)
                && !permits(person, recipient, organisation, day);
    }

    private static Answer answer(Consent consent, Discipline discipline, String organisation, LocalDate day) {
        if (consent.state() != Consent.ConsentStatus.ACTIVE) {
            return Answer.SILENT;
        }
        int deepest = -1;
        Answer answer = Answer.SILENT;
        for (Provision provision : consent.provisions()) {
            if (provision.depth() >= deepest && applies(provision, discipline, organisation, day)) {
                boolean denies = !provision.permit() || (provision.depth() == deepest && answer == Answer.DENY);
                answer = denies ? Answer.DENY : Answer.PERMIT;
                deepest = provision.depth();
            }
        }
        return answer;
    }

    private static boolean applies(Provision provision, Discipline discipline, String organisation, LocalDate day) {
        boolean reaches = provision.reach() == Reach.NAMED
                ? provision.disciplines().contains(discipline)
                        || (organisation != null && provision.organisations().contains(organisation))
                // a permit reaches the police only where it names the police; a deny reaches everybody
                : !provision.permit() || discipline != Discipline.POLICE;
        return reaches
                && (provision.from() == null || !day.isBefore(provision.from()))
                && (provision.until() == null || !day.isAfter(provision.until()));
    }

    private static Set<Voice> voicesNeeded(PersonFacts person) {
        Age age = person.age();
        if (age == Age.UNDER_12) {
            return Set.of(Voice.AUTHORITY);
        }
        boolean maybeMinor = age == Age.FROM_12_TO_15 || age == Age.UNKNOWN;
        return maybeMinor ? Set.of(Voice.PERSON, Voice.AUTHORITY) : Set.of(Voice.PERSON);
    }
}
