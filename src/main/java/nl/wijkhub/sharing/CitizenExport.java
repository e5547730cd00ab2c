package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.ProcessingLogStore.Look;
import nl.wijkhub.audit.ProcessingRecord;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Organisations.Party;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.signal.Vocabulary;

/**
 * Who of which organisation knew what of one citizen, when and on what ground: from the releases and the processing
 * log. Who asks for it is logged as well. Of the others in a signal nothing shows.
 */
public final class CitizenExport {
    private static final int MOST_SIGNALS = 1000;

    /**
     * All that is known of one citizen, at a moment.
     *
     * @param looks at the household itself: its plan, and whether it is one with another
     */
    public record Exported(Instant at, List<ExportedSignal> signals, List<ExportedLook> looks) {}

    /**
     * One signal about this person.
     *
     * @param category code of the vocabulary
     * @param categoryNl the same in words
     * @param from the sender's discipline
     */
    public record ExportedSignal(
            UUID signalId,
            String category,
            String categoryNl,
            Discipline from,
            Instant receivedAt,
            List<ExportedRelease> told,
            List<ExportedLook> looks) {}

    /**
     * One recipient to whom something of it passed.
     *
     * @param to of which organisation it is
     * @param ground code of the agreement
     * @param groundNl the same in words
     * @param recalled why it was recalled; null while it stands
     */
    public record ExportedRelease(
            Party to,
            Instant at,
            Disclosure disclosure,
            List<String> fields,
            boolean named,
            String ground,
            String groundNl,
            String purpose,
            String article,
            String recalled) {
        /** Its name in other answers. */
        public String recipient() {
            return to.recipient().name();
        }
    }

    /**
     * Somebody looked.
     *
     * @param user a person; a system by its client id
     * @param role null in records from before there were capacities
     * @param by of which organisation
     */
    public record ExportedLook(String user, String role, Party by, String name, Instant at) {
        /** Whether no person looked, but a seat's or a partner's own system. */
        public boolean isSystem() {
            Recipient seat = by.recipient();
            return seat != null
                    && (user.equals(by.id())
                            || user.equals(seat.clientId())
                            || user.equals(seat.clientId() + '.' + by.id()));
        }
    }

    private final Database database;
    private final HouseholdMatch households;
    private final SignalStore signals;
    private final ReleaseStore releases;
    private final ProcessingLogStore processingLog;
    private final AgreementInForce inForce;
    private final Organisations organisations;
    private final Vocabulary vocabulary;
    private final Clock clock;

    public CitizenExport(
            DecisionContext context,
            Database database,
            ProcessingLogStore processingLog,
            Organisations organisations,
            Vocabulary vocabulary) {
        this.database = database;
        this.households = context.match();
        this.signals = context.signals();
        this.releases = context.releases();
        this.processingLog = processingLog;
        this.inForce = context.inForce();
        this.organisations = organisations;
        this.vocabulary = vocabulary;
        this.clock = context.clock();
    }

    /**
     * Rejects: a name and birth date that two households know; then a BSN is needed.
     *
     * @param person with a BSN, or with name and birth date
     * @param user who asks
     */
    public Exported of(CaseSignal.Person person, String user) {
        return database.inTransaction(() -> {
            Map<UUID, UUID> idIn = households.personsLike(person);
            if (person.bsn() == null && households.apart(idIn.keySet()) > 1) {
                throw Rejected.of(Problem.INVALID_INPUT, "/name", "ambiguous");
            }
            List<ExportedSignal> known = new ArrayList<>();
            List<ProcessingRecord> asked = new ArrayList<>();
            Instant now = clock.instant();
            idIn.forEach((household, personId) -> {
                for (AcceptedSignal accepted : signals.ofHousehold(household, MOST_SIGNALS)) {
                    MatchedSignal matched = households.again(accepted, household);
                    if (matched.personIds().contains(personId)) {
                        known.add(known(accepted, Set.copyOf(idIn.values())));
                        asked.add(new ProcessingRecord(
                                accepted.trace(),
                                "citizen-export",
                                now,
                                now,
                                accepted.id(),
                                personId,
                                "person",
                                AccessedBy.reads(user, "privacy-officer")));
                    }
                }
            });
            processingLog.insert(asked);
            return new Exported(now, known, looks(processingLog.looksAtHouseholds(idIn.keySet())));
        });
    }

    private ExportedSignal known(AcceptedSignal accepted, Set<UUID> personIds) {
        List<ExportedRelease> told = releases.ofSignal(accepted.id()).stream()
                .filter(release -> release.decision().releases())
                .map(release -> told(release, personIds))
                .toList();
        return new ExportedSignal(
                accepted.id(),
                accepted.signal().category(),
                vocabulary.label(accepted.signal().category()),
                accepted.discipline(),
                accepted.acceptedAt(),
                told,
                looks(processingLog.looksAt(List.of(accepted.id()))));
    }

    private List<ExportedLook> looks(List<Look> looks) {
        return looks.stream()
                .filter(look -> !look.name().equals("citizen-export"))
                .distinct()
                .map(look -> new ExportedLook(
                        look.user(),
                        look.role(),
                        organisations.behind(look.user(), look.role()),
                        look.name(),
                        look.at()))
                .toList();
    }

    private ExportedRelease told(Release release, Set<UUID> personIds) {
        Decision decision = release.decision();
        boolean isNamed = decision.visiblePersons().stream().anyMatch(personIds::contains)
                && decision.fields().stream().anyMatch(field -> field.startsWith("persons."));
        return new ExportedRelease(
                organisations.of(release.recipient()),
                release.decidedAt(),
                decision.disclosure(),
                decision.fields(),
                isNamed,
                decision.ground(),
                inForce.agreement().groundNl(decision.ground()),
                decision.purpose(),
                decision.article(),
                releases.recalled(release.id()).orElse(null));
    }
}
