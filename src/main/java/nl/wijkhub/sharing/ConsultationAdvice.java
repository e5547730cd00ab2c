package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.audit.AccessedBy;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.ConsultationStore.Consultation;
import nl.wijkhub.signal.DataClass;

/**
 * What a seat that works on a plan hears of what it asked care: that it was answered; and the advice and whom to call where
 * row 11 permits it, decided anew at each look as anything else that care tells that seat. Without that the two cannot be
 * told apart: whether somebody knows the household may not show in what is advised about it.
 */
public final class ConsultationAdvice {
    /**
     * @param state as {@link Consultation#state}
     * @param answeredAt null while nobody answered
     * @param advice null while there is none, or when no rule lets it pass
     * @param contact whom to call; likewise, and when nobody was named
     * @param says the fixed sentence of the rule that lets it pass, in words; null for none
     */
    public record Heard(
            UUID id,
            UUID signalId,
            Instant askedAt,
            Instant dueAt,
            String state,
            Instant answeredAt,
            String advice,
            String contact,
            String says) {}

    private final ConsultationStore consultations;
    private final ReleaseStore releases;
    private final SharingInputs inputs;
    private final SharingDecide decide;
    private final AgreementInForce inForce;
    private final DecisionTrail trail;
    private final Clock clock;

    public ConsultationAdvice(DecisionContext context, ConsultationStore consultations, SharingDecide decide) {
        this.consultations = consultations;
        this.releases = context.releases();
        this.inputs = context.inputs();
        this.decide = decide;
        this.inForce = context.inForce();
        this.trail = context.trail();
        this.clock = context.clock();
    }

    /** What a seat itself asked about these signals, without what was advised. */
    public List<Heard> asked(Collection<UUID> signals, Recipient seat) {
        Instant now = clock.instant();
        return consultations.ofSeat(signals, seat).stream()
                .map(asked -> heard(asked, now, null, null, null))
                .toList();
    }

    /** What a seat hears about one signal it asked about; empty when it did not ask. The caller's transaction. */
    public Optional<Heard> heard(MatchedSignal matched, Recipient seat, String user) {
        Instant now = clock.instant();
        return consultations.ofSeat(List.of(matched.signalId()), seat).stream()
                .findFirst()
                .map(asked -> {
                    Decision decision = asked.answeredAt() == null ? null : decided(asked, matched, seat, user, now);
                    return decision == null || !decision.passes("contact")
                            ? heard(asked, now, null, null, null)
                            : heard(
                                    asked,
                                    now,
                                    asked.advice(),
                                    asked.contact(),
                                    inForce.agreement().sentenceNl(decision.says()));
                });
    }

    private static Heard heard(Consultation asked, Instant now, String advice, String contact, String says) {
        return new Heard(
                asked.id(),
                asked.signalId(),
                asked.askedAt(),
                asked.dueAt(),
                asked.state(now),
                asked.answeredAt(),
                advice,
                contact,
                says);
    }

    /** Logged under the question that it answers. */
    private Decision decided(Consultation asked, MatchedSignal matched, Recipient seat, String user, Instant now) {
        Release question = releases.of(asked.signalId(), Consultations.consulted(asked.teamId()))
                .orElseThrow();
        SharingFacts facts = fromCare(inputs.of(matched, now));
        Release answer = decide.release(matched, facts, seat, now).under(question.id());
        DecisionTrail.Written written = trail.at(now);
        written.decidedAgain(matched, facts, "pull", List.of(answer));
        if (answer.decision().releases()) {
            written.processed(matched, "consultation-advice", now, AccessedBy.reads(user, seat.clientId()));
        }
        written.write();
        return answer.decision();
    }

    /** It is care that speaks now, of the same people. */
    private static SharingFacts fromCare(SharingFacts asked) {
        return SharingFacts.builder()
                .from(Discipline.CARE)
                .classes(Set.of(DataClass.C, DataClass.H))
                .reporterAllows(true)
                .withdrawn(asked.withdrawn())
                .drawnFor(true)
                .persons(asked.persons())
                .at(asked.seats())
                .build();
    }
}
