package nl.wijkhub.sharing;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.wijkhub.audit.DecisionFacts;
import nl.wijkhub.audit.DecisionLogStore;
import nl.wijkhub.audit.DecisionRecord;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.ProcessingRecord;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.SharingFacts.Age;
import nl.wijkhub.sharing.SharingFacts.PersonFacts;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.signal.SignalStore;

/**
 * Stage 40: decides, per recipient, what may be shared of each signal and on what ground.
 * In: matched signals. Out: the same, each with a release per (team, discipline) pair of its place, denials included.
 * Consents that came with a signal are registered first, so that they count for it and for whatever comes after it.
 * Writes the decision log and, per person, the processing log, in the transaction of the batch.
 */
public final class SharingDecide {
    public static final String STAGE = "sharing-decide";
    private static final String BREAK_GLASS = "vital-interest";

    private final AgreementInForce inForce;
    private final RecipientsOfPlace recipients;
    private final ReleaseStore releases;
    private final ConsentStore consents;
    private final ConsentRegister register;
    private final SharingDuties duties;
    private final SignalStore signals;
    private final DecisionLogStore decisionLog;
    private final ProcessingLogStore processingLog;
    private final Timeline timeline;
    private final Clock clock;

    public SharingDecide(
            AgreementInForce inForce,
            RecipientsOfPlace recipients,
            ReleaseStore releases,
            ConsentStore consents,
            ConsentRegister register,
            SharingDuties duties,
            SignalStore signals,
            DecisionLogStore decisionLog,
            ProcessingLogStore processingLog,
            Timeline timeline,
            Clock clock) {
        this.inForce = inForce;
        this.recipients = recipients;
        this.releases = releases;
        this.consents = consents;
        this.register = register;
        this.duties = duties;
        this.signals = signals;
        this.decisionLog = decisionLog;
        this.processingLog = processingLog;
        this.timeline = timeline;
        this.clock = clock;
    }

    public List<DecidedSignal> decide(List<MatchedSignal> batch) {
        Instant now = clock.instant();
        SharingPolicy policy = inForce.policy();
        Map<UUID, List<Release>> recalled = recall(batch, now);
        Set<UUID> withdrawn = releases.withdrawnSignals(
                batch.stream().map(MatchedSignal::signalId).toList());
        Map<UUID, List<Release>> takenBack = register.register(batch, now);
        Map<String, Set<ConsentStore.Registered>> said = consents.of(batch);
        List<DecisionFacts> decidedOn = new ArrayList<>();
        List<DecisionRecord> decisions = new ArrayList<>();
        List<DecidedSignal> decided = new ArrayList<>();
        for (MatchedSignal matched : batch) {
            SharingFacts facts = policy.known(facts(matched, said, withdrawn.contains(matched.signalId()), now))
                    .with(true);
            DecisionFacts known = new DecisionFacts(Identifier.next(), Json.write(facts));
            List<Release> own = new ArrayList<>();
            for (Recipient recipient : recipients.of(matched.place())) {
                Release release = new Release(
                        Identifier.next(),
                        matched.signalId(),
                        matched.householdId(),
                        recipient,
                        policy.decide(facts, recipient, now),
                        now);
                own.add(release);
                decisions.add(record(release, known, DecisionRecord.RELEASE, matched.accepted()));
            }
            if (!own.isEmpty()) {
                decidedOn.add(known);
            }
            List<Release> back = new ArrayList<>(recalled.getOrDefault(matched.signalId(), List.of()));
            back.addAll(takenBack.getOrDefault(matched.signalId(), List.of()));
            decided.add(new DecidedSignal(matched, own, back));
        }
        List<Release> all = decided.stream().flatMap(d -> d.releases().stream()).toList();
        releases.insert(all);
        duties.owe(all, now);
        decisionLog.insert(decidedOn, decisions);
        processingLog.insert(batch.stream()
                .flatMap(m -> processing(m, STAGE, null, now).stream())
                .toList());
        timeline.passed(decided.stream()
                .map(d -> new Timeline.Entry(
                        d.signalId(), STAGE, d.released().isEmpty() ? "released-to-nobody" : "released", now))
                .toList());
        return decided;
    }

    /**
     * Decides anew what a recipient may see of a signal it was once decided for, and logs that it looked.
     *
     * @param user who looks; a system's client id otherwise
     * @return the new decision under the id of the original release; empty when nothing was ever decided for it
     */
    public Optional<Release> decideAnew(MatchedSignal matched, Recipient recipient, String user) {
        Instant now = clock.instant();
        SharingPolicy policy = inForce.policy();
        return releases.of(matched.signalId(), recipient).map(original -> {
            boolean withdrawn =
                    !releases.withdrawnSignals(List.of(matched.signalId())).isEmpty();
            boolean drawnFor = recipients.of(matched.place()).contains(recipient);
            SharingFacts facts = policy.known(facts(matched, consents.of(List.of(matched)), withdrawn, now))
                    .with(drawnFor);
            Release anew = new Release(
                    original.id(),
                    original.signalId(),
                    original.householdId(),
                    recipient,
                    policy.decide(facts, recipient, now),
                    now);
            DecisionFacts known = new DecisionFacts(Identifier.next(), Json.write(facts));
            decisionLog.insert(List.of(known), List.of(record(anew, known, "pull", matched.accepted())));
            if (anew.decision().releases()) {
                processingLog.insert(processing(matched, "signal-pull", user, now));
            }
            return anew;
        });
    }

    /**
     * Decides for somebody who breaks the glass what may be seen of these signals now, and logs it with the user; the
     * caller's transaction.
     */
    List<Release> breakGlass(List<MatchedSignal> known, Recipient recipient, String user) {
        Instant now = clock.instant();
        SharingPolicy policy = inForce.policy();
        Map<String, Set<ConsentStore.Registered>> said = consents.of(known);
        List<DecisionFacts> decidedOn = new ArrayList<>();
        List<DecisionRecord> decisions = new ArrayList<>();
        List<Release> seen = new ArrayList<>();
        for (MatchedSignal matched : known) {
            boolean withdrawn =
                    !releases.withdrawnSignals(List.of(matched.signalId())).isEmpty();
            SharingFacts facts = policy.known(facts(matched, said, withdrawn, now))
                    .with(recipients.of(matched.place()).contains(recipient))
                    .onwardFor(BREAK_GLASS);
            DecisionFacts rests = new DecisionFacts(Identifier.next(), Json.write(facts));
            Release release = new Release(
                    Identifier.next(),
                    matched.signalId(),
                    matched.householdId(),
                    recipient,
                    policy.decide(facts, recipient, now),
                    now);
            seen.add(release);
            decidedOn.add(rests);
            decisions.add(record(release, rests, DecisionRecord.RELEASE, matched.accepted()));
            if (release.decision().releases()) {
                processingLog.insert(processing(matched, "break-glass", user, now));
            }
        }
        releases.insert(seen);
        decisionLog.insert(decidedOn, decisions);
        duties.owe(seen, now);
        return seen;
    }

    private Map<UUID, List<Release>> recall(List<MatchedSignal> batch, Instant now) {
        Map<UUID, UUID> successorOf = batch.stream()
                .filter(m -> m.accepted().supersededId() != null)
                .collect(Collectors.toMap(m -> m.accepted().supersededId(), MatchedSignal::signalId, (a, b) -> a));
        if (successorOf.isEmpty()) {
            return Map.of();
        }
        signals.markSuperseded(successorOf.keySet(), now);
        releases.withdraw(successorOf.keySet(), "superseded", now);
        return releases.recall(releases.passedOf(successorOf.keySet()), "superseded", now).stream()
                .collect(Collectors.groupingBy(release -> successorOf.get(release.signalId())));
    }

    static SharingFacts facts(
            MatchedSignal matched, Map<String, Set<ConsentStore.Registered>> said, boolean withdrawn, Instant now) {
        AcceptedSignal accepted = matched.accepted();
        CaseSignal signal = accepted.signal();
        return new SharingFacts(
                accepted.discipline(),
                accepted.classes(),
                signal.category(),
                !signal.subject().isHousehold(),
                signal.ground().article(),
                signal.ground().decision(),
                signal.severity() == Severity.ACUTE,
                signal.reporter() == null || signal.reporter().sharingAllowed(),
                withdrawn,
                false,
                false,
                null,
                Set.of(),
                persons(matched, said, now));
    }

    private static List<PersonFacts> persons(
            MatchedSignal matched, Map<String, Set<ConsentStore.Registered>> said, Instant now) {
        List<PersonFacts> persons = new ArrayList<>();
        for (int i = 0; i < matched.personIds().size(); i++) {
            var person =
                    matched.accepted().signal().subject().household().persons().get(i);
            List<Consent> consents = matched.subjectKeys().get(i).stream()
                    .flatMap(key -> said.getOrDefault(key, Set.of()).stream())
                    .distinct()
                    .sorted(Comparator.comparing(ConsentStore.Registered::id))
                    .map(ConsentStore.Registered::consent)
                    .toList();
            persons.add(new PersonFacts(
                    matched.personIds().get(i), person.role(), false, age(person.birthDate(), now), consents));
        }
        return persons;
    }

    private static Age age(LocalDate birthDate, Instant now) {
        if (birthDate == null) {
            return Age.UNKNOWN;
        }
        int years = Period.between(birthDate, LocalDate.ofInstant(now, SharingPolicy.CALENDAR))
                .getYears();
        return years < 12 ? Age.UNDER_12 : years < 16 ? Age.FROM_12_TO_15 : Age.FROM_16;
    }

    private static DecisionRecord record(
            Release release, DecisionFacts facts, String evaluation, AcceptedSignal accepted) {
        return new DecisionRecord(
                Identifier.next(),
                release.id(),
                evaluation,
                accepted.trace(),
                release.decidedAt(),
                facts.id(),
                Json.write(release.decision()),
                release.decision().policyVersion());
    }

    /** One record per person; one for the household when nobody is named; none for a neighbourhood. */
    private static List<ProcessingRecord> processing(MatchedSignal matched, String name, String user, Instant now) {
        if (matched.householdId() == null) {
            return List.of();
        }
        List<UUID> persons = matched.personIds();
        int records = Math.max(1, persons.size());
        return IntStream.range(0, records)
                .mapToObj(i -> new ProcessingRecord(
                        matched.accepted().trace(),
                        name,
                        matched.accepted().acceptedAt(),
                        now,
                        matched.signalId(),
                        persons.isEmpty() ? matched.householdId() : persons.get(i),
                        persons.isEmpty() ? "household" : "person",
                        user))
                .toList();
    }
}
