package nl.wijkhub.sharing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.DataClass;

/**
 * What a recipient sees of a signal: only the fields its decision lets pass, under their canonical names.
 * A person who may not be seen leaves no gap: nothing says how many there are.
 */
public final class ReleasedView {
    private ReleasedView() {}

    /**
     * @param contact whom a NOTICE says to call
     * @param classOfLifeDomain what a life domain tells: one that tells more than the signal's classes does not pass
     * @param advice the fixed sentence of the deciding rule; null for none
     */
    public static ObjectNode of(
            Release release,
            MatchedSignal matched,
            String contact,
            String advice,
            Function<String, Optional<DataClass>> classOfLifeDomain) {
        Decision decision = release.decision();
        CaseSignal signal = matched.accepted().signal();
        ObjectNode view = Json.MAPPER.createObjectNode();
        view.put("id", release.signalId().toString());
        view.put("releaseId", release.id().toString());
        view.put("disclosure", decision.disclosure().name());
        view.put("ground", decision.ground());
        if (decision.article() != null) {
            view.put("article", decision.article());
        }
        if (decision.externalDecision() != null) {
            view.put("externalDecision", decision.externalDecision());
        }
        if (advice != null) {
            view.put("advice", advice);
        }
        put(view, decision, "contact", contact);
        put(view, decision, "occurredAt", signal.occurredAt());
        put(view, decision, "reportedAt", signal.reportedAt());
        put(view, decision, "category", decision.categoryOf(signal));
        put(
                view,
                decision,
                "lifeDomains",
                signal.lifeDomains().stream()
                        .filter(domain -> matched.accepted()
                                .classes()
                                .containsAll(
                                        classOfLifeDomain.apply(domain).stream().toList()))
                        .toList());
        put(view, decision, "scores", signal.scores());
        put(view, decision, "severity", signal.severity().code());
        put(view, decision, "senderDiscipline", matched.accepted().discipline().name());
        put(view, decision, "experiencedImpact", signal.experiencedImpact());
        put(view, decision, "knownToPolice", signal.knownToPolice());
        put(view, decision, "reporter", signal.reporter());
        put(view, decision, "workerSafety", signal.workerSafety());
        put(view, decision, "narrative", signal.narrative());
        put(view, decision, "senderTerm", signal.senderTerm());
        put(view, decision, "strengths", signal.strengths());
        put(view, decision, "informalHelpers", signal.informalHelpers());
        if (signal.subject().isHousehold()) {
            Address address = signal.subject().household().address();
            put(view, decision, "address", address);
            persons(view, decision, matched);
        } else {
            put(view, decision, "area", signal.subject().neighbourhood());
        }
        return view;
    }

    private static void persons(ObjectNode view, Decision decision, MatchedSignal matched) {
        List<CaseSignal.Person> persons =
                matched.accepted().signal().subject().household().persons();
        ArrayNode visible = Json.MAPPER.createArrayNode();
        for (int i = 0; i < persons.size(); i++) {
            // somebody named beside the person it is about may live elsewhere, and was asked nothing
            boolean isSubject = !Boolean.TRUE.equals(persons.get(i).related());
            if (isSubject
                    && decision.visiblePersons().contains(matched.personIds().get(i))) {
                ObjectNode person = Json.MAPPER.createObjectNode();
                putPerson(person, decision, "role", persons.get(i).role());
                putPerson(person, decision, "name", persons.get(i).name());
                putPerson(person, decision, "birthDate", persons.get(i).birthDate());
                putPerson(person, decision, "phone", persons.get(i).phone());
                if (!person.isEmpty()) {
                    visible.add(person);
                }
            }
        }
        if (!visible.isEmpty()) {
            view.set("persons", visible);
        }
    }

    private static void putPerson(ObjectNode person, Decision decision, String field, Object value) {
        if (value != null && decision.passes("persons." + field)) {
            person.set(field, Json.MAPPER.valueToTree(value));
        }
    }

    private static void put(ObjectNode view, Decision decision, String field, Object value) {
        boolean empty = value == null || (value instanceof List<?> list && list.isEmpty());
        if (!empty && decision.passes(field)) {
            view.set(field, Json.MAPPER.valueToTree(value));
        }
    }
}
