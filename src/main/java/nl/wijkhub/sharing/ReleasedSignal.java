package nl.wijkhub.sharing;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.Severity;

/**
 * What a recipient sees of a signal: only the fields its decision lets pass; each of the others is null, or an empty list.
 * A person who may not be seen leaves no gap: nothing says how many there are.
 *
 * @param contact whom a NOTICE says to call
 */
public record ReleasedSignal(
        UUID signalId,
        UUID releaseId,
        Terms terms,
        String contact,
        Report report,
        Sender sender,
        Life life,
        CaseSignal.WorkerSafety workerSafety,
        Subject subject) {
    /**
     * On what ground it is shared, and how much of it.
     *
     * @param article the article the sender named, where the agreement turns on it
     * @param externalDecision the decision named with it
     * @param advice the fixed sentence of the deciding rule
     */
    public record Terms(Disclosure disclosure, String ground, String article, String externalDecision, String advice) {}

    /** What happened, and how bad it is. */
    public record Report(
            OffsetDateTime occurredAt,
            OffsetDateTime reportedAt,
            String category,
            Severity severity,
            Integer experiencedImpact,
            Boolean knownToPolice,
            String narrative) {}

    /** Who sent it, in which words, and who told the sender. */
    public record Sender(Discipline discipline, CaseSignal.SenderTerm term, CaseSignal.Reporter reporter) {}

    /** How those it is about get along. */
    public record Life(
            List<String> domains, List<CaseSignal.Score> scores, List<String> strengths, List<String> helpers) {}

    /** Whom or what it is about: of a household an address and people, of anything else an area. */
    public record Subject(Address address, List<Person> persons, CaseSignal.Neighbourhood area) {}

    /** One of the people it is about, of whom something passes. */
    public record Person(String role, String name, LocalDate birthDate, String phone) {
        private boolean isEmpty() {
            return role == null && name == null && birthDate == null && phone == null;
        }
    }

    /**
     * @param contact whom a NOTICE says to call
     * @param advice the fixed sentence of the deciding rule; null for none
     * @param classOfLifeDomain what a life domain tells: one that tells more than the signal's classes does not pass
     */
    public static ReleasedSignal of(
            Release release,
            MatchedSignal matched,
            String contact,
            String advice,
            Function<String, Optional<DataClass>> classOfLifeDomain) {
        Decision decision = release.decision();
        CaseSignal signal = matched.accepted().signal();
        List<String> domains = signal.lifeDomains().stream()
                .filter(domain -> matched.accepted()
                        .classes()
                        .containsAll(classOfLifeDomain.apply(domain).stream().toList()))
                .toList();
        return new ReleasedSignal(
                release.signalId(),
                release.id(),
                new Terms(
                        decision.disclosure(),
                        decision.ground(),
                        decision.article(),
                        decision.externalDecision(),
                        advice),
                passed(decision, "contact", contact),
                report(decision, signal),
                new Sender(
                        passed(decision, "senderDiscipline", matched.accepted().discipline()),
                        passed(decision, "senderTerm", signal.senderTerm()),
                        passed(decision, "reporter", signal.reporter())),
                new Life(
                        all(decision, "lifeDomains", domains),
                        all(decision, "scores", signal.scores()),
                        all(decision, "strengths", signal.strengths()),
                        all(decision, "informalHelpers", signal.informalHelpers())),
                passed(decision, "workerSafety", signal.workerSafety()),
                subject(decision, matched));
    }

    private static Report report(Decision decision, CaseSignal signal) {
        return new Report(
                passed(decision, "occurredAt", signal.occurredAt()),
                passed(decision, "reportedAt", signal.reportedAt()),
                decision.categoryOf(signal),
                passed(decision, "severity", signal.severity()),
                passed(decision, "experiencedImpact", signal.experiencedImpact()),
                passed(decision, "knownToPolice", signal.knownToPolice()),
                passed(decision, "narrative", signal.narrative()));
    }

    private static Subject subject(Decision decision, MatchedSignal matched) {
        CaseSignal.Subject subject = matched.accepted().signal().subject();
        return subject.isHousehold()
                ? new Subject(
                        passed(decision, "address", subject.household().address()), persons(decision, matched), null)
                : new Subject(null, List.of(), passed(decision, "area", subject.neighbourhood()));
    }

    private static List<Person> persons(Decision decision, MatchedSignal matched) {
        List<CaseSignal.Person> persons =
                matched.accepted().signal().subject().household().persons();
        List<Person> visible = new ArrayList<>();
        for (int i = 0; i < persons.size(); i++) {
            // somebody named beside the person it is about may live elsewhere, and was asked nothing
            boolean isSubject = !Boolean.TRUE.equals(persons.get(i).related());
            if (isSubject
                    && decision.visiblePersons().contains(matched.personIds().get(i))) {
                visible.add(person(decision, persons.get(i)));
            }
        }
        return visible.stream().filter(person -> !person.isEmpty()).toList();
    }

    private static Person person(Decision decision, CaseSignal.Person of) {
        return new Person(
                passed(decision, "persons.role", of.role()),
                passed(decision, "persons.name", of.name()),
                passed(decision, "persons.birthDate", of.birthDate()),
                passed(decision, "persons.phone", of.phone()));
    }

    private static <T> T passed(Decision decision, String field, T value) {
        return decision.passes(field) ? value : null;
    }

    private static <T> List<T> all(Decision decision, String field, List<T> values) {
        return decision.passes(field) ? values : List.of();
    }
}
