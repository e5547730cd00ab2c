package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.ConsultationAnswerStore.Said;
import nl.wijkhub.sharing.ConsultationStore.Consultation;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.signal.Vocabulary;

/**
 * Care is consulted before enforcement comes to the door: first without a name, what kind of thing and roughly where.
 * Whether it may be asked at all, and what of it, is decided like any other release. Who says that it may be about
 * somebody of theirs is told what a rule lets pass to care, and nothing when none does. An answer ends the waiting, unless
 * another professional said that it may be theirs: that one is waited for.
 */
public final class Consultations {
    /** It may be about somebody this professional knows: not yet an answer. */
    public static final String MAY_BE_MINE = "may-be-mine";

    /** Nobody goes alone: when one of those asked says so, that is the answer. */
    private static final String GO_TOGETHER = "go-together";

    /** What care may say; none of it tells anything about a person. */
    public static final List<String> ADVICE = List.of("no-objection", GO_TOGETHER, MAY_BE_MINE);

    /**
     * What passes about a household to who said that it may be theirs.
     *
     * @param release the decision of this moment for the care seat of the professional
     */
    public record Released(Release release, MatchedSignal matched) {}

    /**
     * What is asked.
     *
     * @param categoryClass the first part of the category, e.g. {@code housing}; null when it does not pass
     * @param area four digits of a postal code; null when it does not pass, or nobody knows
     * @param released null when the professional did not say that it may be theirs, or no rule lets anything pass
     */
    public record Question(
            UUID id,
            String teamId,
            Instant askedAt,
            Instant dueAt,
            String categoryClass,
            String area,
            String ground,
            Released released) {}

    private final ConsultationStore consultations;
    private final ConsultationAnswerStore answers;
    private final HoldLiftStore holds;
    private final SignalStore signals;
    private final HouseholdMatch match;
    private final SharingInputs inputs;
    private final SharingDecide decide;
    private final ConsultationClaim claims;
    private final RecipientsOfPlace recipients;
    private final DecisionTrail trail;
    private final AgreementInForce inForce;
    private final Vocabulary vocabulary;
    private final Duration term;
    private final Clock clock;

    /**
     * @param term how long care may take over a question; one of a hold has the time of its hold
     */
    public Consultations(
            DecisionContext context,
            ConsultationStore consultations,
            ConsultationAnswerStore answers,
            HoldLiftStore holds,
            SharingDecide decide,
            Vocabulary vocabulary,
            Duration term) {
        this.consultations = consultations;
        this.answers = answers;
        this.holds = holds;
        this.signals = context.signals();
        this.match = context.match();
        this.inputs = context.inputs();
        this.decide = decide;
        this.claims = new ConsultationClaim(context, decide);
        this.recipients = context.recipients();
        this.trail = context.trail();
        this.inForce = context.inForce();
        this.vocabulary = vocabulary;
        this.term = term;
        this.clock = context.clock();
    }

    /** What waits for this care professional in these teams: ids and terms alone. */
    public List<Consultation> open(Collection<String> teams, String professional, int limit) {
        return consultations.open(teams, professional, limit);
    }

    /** What waits for the care seat of a team, whoever of it said something already: ids and terms alone. */
    public List<Consultation> unanswered(String teamId, int limit) {
        return consultations.open(List.of(teamId), null, limit);
    }

    /**
     * One question, decided anew at this moment and logged; the caller's transaction. What may not be asked any more waits
     * for nobody from then on.
     *
     * @param seats team → the care seat there of the professional who asks
     */
    public Optional<Question> question(UUID id, Map<String, Recipient> seats, String professional) {
        Consultation asked = inTeams(id, seats.keySet()).orElse(null);
        if (asked == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Recipient seat = seats.get(asked.teamId());
        MatchedSignal matched = matched(asked);
        return look(asked, matched, "consultation-read", AccessedBy.reads(professional, seat.clientId()), now)
                .map(decision -> new Question(
                        id,
                        asked.teamId(),
                        asked.askedAt(),
                        asked.dueAt(),
                        decision.passes("categoryClass") ? categoryClass(matched.accepted()) : null,
                        decision.passes("area") ? area(matched) : null,
                        decision.ground(),
                        said(id, professional)
                                .filter(mine -> mine.claimedAt() != null)
                                .flatMap(mine -> claims.released(
                                        asked, matched, facts(matched, asked.teamId(), now), seat, professional, now))
                                .orElse(null)));
    }

    /** What passed about the household of a question; empty when nothing did. */
    public Optional<ReleasedSignal> released(Question question) {
        return Optional.ofNullable(question.released())
                .map(released -> ReleasedSignal.of(
                        released.release(),
                        released.matched(),
                        recipients.contactOf(question.teamId()),
                        inForce.agreement()
                                .sentenceNl(released.release().decision().says()),
                        vocabulary::classOfLifeDomain));
    }

    private Optional<Consultation> inTeams(UUID id, Collection<String> teams) {
        return consultations.byId(id).filter(asked -> teams.contains(asked.teamId()));
    }

    private MatchedSignal matched(Consultation asked) {
        return match.again(signals.byId(asked.signalId()).orElseThrow(), asked.householdId());
    }

    /** Whether it may still be asked (row 28), and what of it. */
    private Optional<Decision> look(
            Consultation asked, MatchedSignal matched, String what, AccessedBy by, Instant now) {
        SharingFacts facts = asked.of(facts(matched, asked.teamId(), now));
        Release look = decide.release(matched, facts, consulted(asked.teamId()), now);
        DecisionTrail.Written written = trail.at(now);
        written.released(matched, facts, List.of(look));
        if (look.decision().releases()) {
            written.processed(matched, what, now, by);
        } else {
            consultations.close(asked.id(), now);
            holds.lift(asked.signalId(), asked.teamId(), SharingHold.HoldKind.CONSULT_CARE_FIRST, now);
        }
        written.write();
        return Optional.of(look.decision()).filter(Decision::releases);
    }

    private SharingFacts facts(MatchedSignal matched, String teamId, Instant now) {
        List<Recipient> seats = recipients.of(matched);
        return decide.known(inputs.of(matched, now), seats).with(hasCare(seats, teamId));
    }

    /** Whether somebody of care sits in this team, and the team is the one of the place. */
    static boolean hasCare(List<Recipient> seats, String teamId) {
        return seats.stream().anyMatch(seat -> seat.teamId().equals(teamId) && seat.discipline() == Discipline.CARE);
    }

    /**
     * Asks by hand, or for a step up the ladder; the caller's transaction.
     *
     * @param seat the seat that asks and hears what is answered; null for a step of the ladder that is not the municipality's
     * @return the question, the one there was if it was asked before; empty when no rule lets it be asked
     */
    public Optional<UUID> ask(MatchedSignal matched, String teamId, String user, Recipient seat) {
        Instant now = clock.instant();
        SharingFacts known = facts(matched, teamId, now);
        SharingFacts facts = seat == null || seat.discipline() == Discipline.MUNICIPALITY
                ? known
                : known.with(Circumstance.WELFARE_ASKS);
        Release question = decide.release(matched, facts, consulted(teamId), now);
        DecisionTrail.Written written = trail.at(now);
        written.released(matched, facts, List.of(question));
        written.write();
        if (!question.decision().releases()) {
            return Optional.empty();
        }
        consultations.ask(
                Consultation.asked(
                        Identifier.next(), matched.signalId(), matched.householdId(), teamId, now, now.plus(term)),
                user,
                seat);
        return Optional.of(consultations.of(matched.signalId(), teamId));
    }

    /**
     * Answers; the caller's transaction. The same advice a second time changes nothing.
     * Rejects: one that was answered otherwise, or that nobody waits for any more.
     *
     * @param advice one of {@link #ADVICE}
     * @param contact whom to call; null for nobody
     * @return whether there is such a question for this professional
     */
    public boolean answer(UUID id, Map<String, Recipient> seats, String advice, String contact, String professional) {
        Consultation known = inTeams(id, seats.keySet()).orElse(null);
        if (known == null) {
            return false;
        }
        if (known.householdId() != null) {
            match.hold(known.householdId());
        }
        Consultation asked = consultations.locked(id).orElseThrow();
        Instant now = clock.instant();
        AccessedBy by =
                AccessedBy.changes(professional, seats.get(asked.teamId()).clientId());
        if (look(asked, matched(asked), "consultation-answer", by, now).isEmpty()) {
            return false;
        }
        Said mine = said(id, professional).orElse(null);
        boolean isClaim = advice.equals(MAY_BE_MINE);
        boolean isAgain =
                mine != null && (mine.isFinal() ? advice.equals(mine.advice()) : isClaim && mine.claimedAt() != null);
        if (isAgain) {
            return true;
        }
        if ((mine != null && mine.isFinal()) || asked.answeredAt() != null) {
            throw Rejected.of(Problem.STATE_CONFLICT, "", "answered-already");
        }
        if (!consultations.isWaitedFor(id)) {
            throw Rejected.of(Problem.STATE_CONFLICT, "", "too-late");
        }
        if (isClaim) {
            answers.claim(id, professional, contact, now);
        } else {
            answers.answer(id, professional, mine, advice, contact, now);
            settle(asked, now);
        }
        return true;
    }

    /** Once nobody who may know the household is still to answer. */
    private void settle(Consultation asked, Instant now) {
        List<Said> said = answers.of(asked.id());
        if (said.stream().allMatch(Said::isFinal)) {
            Said last = said.get(said.size() - 1);
            Said one = said.stream()
                    .filter(answer -> answer.advice().equals(GO_TOGETHER))
                    .findFirst()
                    .orElse(last);
            consultations.settle(asked.id(), one.advice(), one.contact(), one.professional(), now);
            holds.lift(asked.signalId(), asked.teamId(), SharingHold.HoldKind.CONSULT_CARE_FIRST, now);
        }
    }

    private Optional<Said> said(UUID id, String professional) {
        return answers.of(id).stream()
                .filter(one -> one.professional().equals(professional))
                .findFirst();
    }

    static Recipient consulted(String teamId) {
        return new Recipient(teamId, Discipline.CARE).as(Recipient.RecipientKind.CONSULTED);
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
