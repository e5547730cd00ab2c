package nl.wijkhub.web.board;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkhub.sharing.ReleasedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Vocabulary;

/** What passed of a signal, in words: label → value, what somebody at the door has to know first. Each field that can pass has a line. */
final class ReleasedFields {
    private final Texts texts;
    private final Map<String, String> lines = new LinkedHashMap<>();

    private ReleasedFields(Texts texts) {
        this.texts = texts;
    }

    static Map<String, String> of(ReleasedSignal passed, Texts texts, Vocabulary vocabulary) {
        ReleasedFields fields = new ReleasedFields(texts);
        fields.first(passed, vocabulary);
        fields.report(passed);
        fields.people(passed);
        return fields.lines;
    }

    private void first(ReleasedSignal passed, Vocabulary vocabulary) {
        say("workerSafety", passed.workerSafety(), this::safety);
        say("advice", passed.terms().advice(), text -> text);
        say("category", passed.report().category(), vocabulary::label);
        say("contact", passed.contact(), text -> text);
        say("address", passed.subject().address(), Address::oneLine);
        say("area", passed.subject().area(), ReleasedFields::area);
    }

    private void report(ReleasedSignal passed) {
        ReleasedSignal.Report report = passed.report();
        say("severity", report.severity(), severity -> texts.code("severity", severity.code()));
        say("senderDiscipline", passed.sender().discipline(), from -> texts.code("discipline", from.name()));
        say("occurredAt", report.occurredAt(), this::time);
        say("reportedAt", report.reportedAt(), this::time);
        say("experiencedImpact", report.experiencedImpact(), String::valueOf);
        say("knownToPolice", report.knownToPolice(), known -> texts.get(known ? "words.yes" : "words.no"));
    }

    private void people(ReleasedSignal passed) {
        ReleasedSignal.Life life = passed.life();
        sayAll("lifeDomains", life.domains(), ", ", domain -> texts.code("domain", domain));
        sayAll("scores", life.scores(), ", ", one -> texts.code("domain", one.lifeDomain()) + ' ' + one.value());
        sayAll("persons", passed.subject().persons(), "; ", this::person);
        sayAll("strengths", life.strengths(), " · ", text -> text);
        sayAll("informalHelpers", life.helpers(), " · ", text -> text);
        say("reporter", passed.sender().reporter(), one -> parts(one.name(), one.phone()));
        say("senderTerm", passed.sender().term(), term -> parts(term.label(), term.code()));
        say("narrative", passed.report().narrative(), text -> text);
    }

    private <T> void say(String name, T value, Function<T, String> words) {
        if (value != null) {
            lines.put(texts.get("field." + name), words.apply(value));
        }
    }

    private <T> void sayAll(String name, Collection<T> values, String between, Function<T, String> words) {
        say(name, values.isEmpty() ? null : values, all -> all.stream()
                .map(words)
                .collect(Collectors.joining(between)));
    }

    private String safety(CaseSignal.WorkerSafety safety) {
        return safety.until() == null
                ? safety.advice()
                : texts.get(
                        "words.until", safety.advice(), texts.day(safety.until().toString()));
    }

    static String area(CaseSignal.Neighbourhood area) {
        return area.buurtCode() == null ? area.place() : area.buurtCode();
    }

    private String time(OffsetDateTime at) {
        return texts.time(at.toInstant());
    }

    private String person(ReleasedSignal.Person one) {
        return parts(
                one.name(),
                one.role() == null ? null : texts.code("role", one.role()),
                one.birthDate() == null ? null : texts.day(one.birthDate().toString()),
                one.phone());
    }

    private static String parts(String... parts) {
        return Stream.of(parts).filter(part -> part != null && !part.isEmpty()).collect(Collectors.joining(", "));
    }
}
