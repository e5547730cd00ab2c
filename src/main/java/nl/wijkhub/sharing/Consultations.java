package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import nl.wijkhub.audit.Looker;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.ConsultationStore.Consultation;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.SignalStore;

/**
 * Care is consulted before enforcement comes to the door: first without a name, what kind of thing and roughly where.
 * Whether it may be asked at all, and what of it, is decided like any other release. An answer ends the hold.
 */
public final class Consultations {
    /** What care may say; none of it tells anything about a person. */
    public static final List<String> ADVICE = List.of("no-objection", "go-together");

    /** How long care may take over a question asked by hand; one of a hold has the time of its hold. */
    private static final Duration TERM = Duration.ofDays(2);

    /**
     * What is asked.
     *
     * @param categoryClass the first part of the category, e.g. {@code housing}; null when it does not pass
     * @param area four digits of a postal code; null when it does not pass, or nobody knows
     */
    public record Question(UUID id, Instant askedAt, Instant dueAt, String categoryClass, String area, String ground) {}

    private final ConsultationStore consultations;
    private final HoldStore holds;
    private final SignalStore signals;
    private final HouseholdMatch match;
    private final SharingInputs inputs;
    private final SharingDecide decide;
    private final RecipientsOfPlace recipients;
    private final DecisionTrail trail;
    private final Clock clock;

    public Consultations(
            ConsultationStore consultations,
            HoldStore holds,
            SignalStore signals,
            HouseholdMatch match,
            SharingInputs inputs,
            SharingDecide decide,
            RecipientsOfPlace recipients,
            DecisionTrail trail,
            Clock clock) {
        this.consultations = consultations;
        this.holds = holds;
        this.signals = signals;
        this.match = match;
        this.inputs = inputs;
        this.decide = decide;
        this.recipients = recipients;
        this.trail = trail;
        this.clock = clock;
    }

    /** What waits for the care professional of these teams: ids and terms alone. */
    public List<Consultation> open(Collection<String> teams, int limit) {
        return consultations.open(teams, limit);
    }

    /**
     * One question, decided anew at this moment and logged; the caller's transaction.
     *
     * @param teams where the one who asks is the care professional
     */
    public Optional<Question> question(UUID id, Collection<String> teams, String user) {
        return look(id, teams, "consultation-read", role -> Looker.reads(user, role));
    }

    private Optional<Question> look(UUID id, Collection<String> teams, String what, Function<String, Looker> by) {
        Instant now = clock.instant();
        return consultations
                .byId(id)
                .filter(asked -> teams.contains(asked.teamId()))
                .flatMap(asked -> {
                    AcceptedSignal accepted = signals.byId(asked.signalId()).orElseThrow();
                    MatchedSignal matched = match.again(accepted, asked.householdId());
                    List<Recipient> pairs = recipients.of(matched);
                    SharingFacts facts = decide.known(inputs.of(matched, now), pairs)
                            .with(pairs.contains(new Recipient(asked.teamId(), Discipline.CARE)));
                    Release look = decide.release(matched, facts, consulted(asked.teamId()), now);
                    DecisionTrail.Written written = trail.at(now);
                    written.released(matched, facts, List.of(look));
                    if (look.decision().releases()) {
                        written.processed(
                                matched,
                                what,
                                now,
                                by.apply(consulted(asked.teamId()).clientId()));
                    }
                    written.write();
                    return Optional.of(look.decision())
                            .filter(Decision::releases)
                            .map(decision -> new Question(
                                    id,
                                    asked.askedAt(),
                                    asked.dueAt(),
                                    decision.passes("categoryClass") ? categoryClass(accepted) : null,
                                    decision.passes("area") ? area(matched) : null,
                                    decision.ground()));
                });
    }

    /**
     * Asks by hand; the caller's transaction.
     *
     * @return the question, the one there was if it was asked before; empty when no rule lets it be asked
     */
    public Optional<UUID> ask(MatchedSignal matched, String teamId, String user) {
        Instant now = clock.instant();
        List<Recipient> pairs = recipients.of(matched);
        SharingFacts facts = decide.known(inputs.of(matched, now), pairs)
                .with(pairs.contains(new Recipient(teamId, Discipline.CARE)));
        Release question = decide.release(matched, facts, consulted(teamId), now);
        DecisionTrail.Written written = trail.at(now);
        written.released(matched, facts, List.of(question));
        written.write();
        if (!question.decision().releases()) {
            return Optional.empty();
        }
        consultations.ask(
                new Consultation(
                        Identifier.next(),
                        matched.signalId(),
                        matched.householdId(),
                        teamId,
                        now,
                        now.plus(TERM),
                        null,
                        null),
                user);
        return Optional.of(consultations.of(matched.signalId(), teamId));
    }

    /**
     * Answers; the caller's transaction. The same advice a second time changes nothing.
     * Rejects: a question this professional may not see; one that was answered otherwise.
     *
     * @param advice one of {@link #ADVICE}
     * @param contact whom to call; null for nobody
     */
    public void answer(UUID id, Collection<String> teams, String advice, String contact, String user) {
        if (look(id, teams, "consultation-answer", role -> Looker.changes(user, role))
                .isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        Instant now = clock.instant();
        Consultation asked = consultations.byId(id).orElseThrow();
        if (consultations.answer(id, advice, contact, user, now)) {
            holds.lift(asked.signalId(), asked.teamId(), SharingHold.Kind.CONSULT_CARE_FIRST, now);
        } else if (!advice.equals(consultations.byId(id).orElseThrow().advice())) {
            throw new Rejected(Problem.STATE_CONFLICT);
        }
    }

    static Recipient consulted(String teamId) {
        return new Recipient(Recipient.Kind.CONSULTED, teamId, Discipline.CARE, null);
    }

    private static String categoryClass(AcceptedSignal accepted) {
        String category = accepted.signal().category();
        return category.substring(0, category.indexOf('.'));
    }

    private static String area(MatchedSignal matched) {
        Address address =
                matched.place().isHousehold() ? matched.place().household().address() : null;
        return address == null ? null : address.postalCode().substring(0, 4);
    }
}
