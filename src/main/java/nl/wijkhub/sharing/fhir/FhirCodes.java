package nl.wijkhub.sharing.fhir;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.signal.CaseSignal.SenderTerm;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.CodeFiles;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.signal.Vocabulary;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * FHIR codes of one door → shared vocabulary, keyed on system + code: the mapping table of a partner that speaks FHIR.
 * A coding of the shared system carries a category of the vocabulary as it is.
 */
public final class FhirCodes {
    private static final Set<String> PRIORITIES = Set.of("routine", "urgent", "asap", "stat");
    private static final Set<String> ROLES = Set.of("resident", "tenant", "child", "other");

    /** What a coding means here, and the sender's own word for it. */
    public record Meaning(Vocabulary.Category category, Severity severity, SenderTerm term) {}

    private record Row(String category, Severity severity) {}

    private final String shared;
    private final String scores;
    private final Map<String, Row> rows;
    private final Map<String, Severity> priorities;
    private final Map<String, String> relationships;
    private final Set<String> authority;
    private final Vocabulary vocabulary;

    private FhirCodes(
            String shared,
            String scores,
            Map<String, Row> rows,
            Map<String, Severity> priorities,
            Map<String, String> relationships,
            Set<String> authority,
            Vocabulary vocabulary) {
        this.shared = shared;
        this.scores = scores;
        this.rows = rows;
        this.priorities = priorities;
        this.relationships = relationships;
        this.authority = authority;
        this.vocabulary = vocabulary;
    }

    /** @param file the table, below the config folder */
    public static FhirCodes read(CodeFiles files, String file) {
        Vocabulary vocabulary = files.vocabulary();
        ConfigNode root = files.file(file);
        String shared = root.text("sharedSystem");
        String scores = root.optionalText("scoreSystem").orElse(null);
        Map<String, Row> rows = new HashMap<>();
        for (ConfigNode node : root.nodes("codes")) {
            String key = key(node.text("system"), node.text("code"));
            Row row = new Row(
                    node.required("category", "a category of the vocabulary", "", t -> Optional.of(t)
                            .filter(c -> vocabulary.category(c).isPresent())),
                    node.value("severity", "low, elevated, high or acute", code -> Coded.of(Severity.class, code))
                            .orElse(Severity.LOW));
            if (rows.put(key, row) != null) {
                node.fault("this system and code stand twice");
            }
            node.nothingElse();
        }
        Map<String, Severity> priorities = new HashMap<>();
        root.node("priorities").ifPresent(node -> {
            PRIORITIES.forEach(priority -> priorities.put(
                    priority,
                    node.required(
                            priority,
                            "low, elevated, high or acute",
                            Severity.ACUTE,
                            code -> Coded.of(Severity.class, code))));
            node.nothingElse();
        });
        if (priorities.isEmpty()) {
            root.fault("'priorities' is missing: " + PRIORITIES);
        }
        Map<String, String> relationships = new HashMap<>();
        root.node("relationships").ifPresent(node -> node.keys().forEach(code -> node.value(
                        code, "one of " + ROLES, t -> Optional.of(t).filter(ROLES::contains))
                .ifPresent(role -> relationships.put(code, role))));
        Set<String> authority = new HashSet<>(root.texts("authority"));
        root.nothingElse();
        return new FhirCodes(shared, scores, rows, priorities, relationships, authority, vocabulary);
    }

    private static String key(String system, String code) {
        return system + '|' + code;
    }

    /** The one category these concepts name; empty with a fault when they name none, or two. */
    public Optional<Meaning> meaning(List<CodeableConcept> concepts, String pointer, Checks checks) {
        Meaning found = null;
        for (CodeableConcept concept : concepts) {
            for (Coding coding : concept.getCoding()) {
                Optional<Meaning> meaning = meaning(coding);
                if (meaning.isPresent() && found == null) {
                    found = meaning.get();
                } else if (meaning.isPresent()
                        && !meaning.get()
                                .category()
                                .code()
                                .equals(found.category().code())) {
                    checks.fault(pointer, "too-many.categories");
                }
            }
        }
        if (found == null) {
            boolean isEmpty = concepts.stream().noneMatch(CodeableConcept::hasCoding);
            checks.fault(pointer, isEmpty ? "missing.category" : "unknown-code.category", shared);
        }
        return Optional.ofNullable(found);
    }

    private Optional<Meaning> meaning(Coding coding) {
        SenderTerm term = new SenderTerm(coding.getSystem(), coding.getCode(), shortened(coding.getDisplay()));
        if (shared.equals(coding.getSystem())) {
            return vocabulary.category(coding.getCode()).map(c -> new Meaning(c, Severity.LOW, term));
        }
        return Optional.ofNullable(rows.get(key(coding.getSystem(), coding.getCode())))
                .map(row -> new Meaning(vocabulary.category(row.category()).orElseThrow(), row.severity(), term));
    }

    private static String shortened(String display) {
        return display == null || display.length() <= 200 ? display : display.substring(0, 200);
    }

    /** The severity of a FHIR request priority; {@code LOW} for none. */
    public Severity severity(String priority) {
        return priority == null ? Severity.LOW : priorities.getOrDefault(priority, Severity.LOW);
    }

    /** The life domain a concept scores; empty when it scores none of this table. */
    public Optional<String> lifeDomain(CodeableConcept concept) {
        return concept.getCoding().stream()
                .filter(coding -> scores != null && scores.equals(coding.getSystem()))
                .map(Coding::getCode)
                .filter(code -> code != null && vocabulary.knowsLifeDomain(code))
                .findFirst();
    }

    /** What somebody related to the patient is in the household; {@code other} when the table does not say. */
    public String role(List<CodeableConcept> relationship) {
        return codes(relationship).stream()
                .map(relationships::get)
                .filter(role -> role != null)
                .findFirst()
                .orElse("other");
    }

    /** Whether such a relation holds parental authority or guardianship. */
    public boolean hasAuthority(List<CodeableConcept> relationship) {
        return codes(relationship).stream().anyMatch(authority::contains);
    }

    private static List<String> codes(List<CodeableConcept> concepts) {
        return concepts.stream()
                .flatMap(concept -> concept.getCoding().stream())
                .map(Coding::getCode)
                .filter(code -> code != null)
                .toList();
    }
}
