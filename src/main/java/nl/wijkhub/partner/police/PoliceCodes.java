package nl.wijkhub.partner.police;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.signal.CodeFiles;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.signal.Vocabulary;

/** Codes of the police → shared vocabulary: config/vocabulary/police-report.yaml. */
public final class PoliceCodes {
    public static final String FILE = "vocabulary/police-report.yaml";
    static final String LEAVE = "leave";
    static final String REPORTER = "reporter";
    private static final Set<String> ROLES = Set.of("resident", "tenant", "child", "other", REPORTER, LEAVE);
    private static final List<String> SCALE = List.of("1", "2", "3", "4");

    /**
     * One row of the table.
     *
     * @param classes beside those of the category
     * @param domains instead of those of the category
     * @param severity the least severity; {@code LOW} when the row says nothing
     */
    record Row(String category, Set<DataClass> classes, List<String> domains, Severity severity) {}

    private final String system;
    private final Map<String, Row> rows;
    private final Row unknown;
    private final Map<String, Severity> scale;
    private final Map<String, String> roles;

    private PoliceCodes(
            String system, Map<String, Row> rows, Row unknown, Map<String, Severity> scale, Map<String, String> roles) {
        this.system = system;
        this.rows = rows;
        this.unknown = unknown;
        this.scale = scale;
        this.roles = roles;
    }

    public static PoliceCodes read(CodeFiles files) {
        Vocabulary vocabulary = files.vocabulary();
        ConfigNode file = files.file(FILE);
        String system = file.text("system");
        Map<String, Row> rows = new HashMap<>();
        for (ConfigNode node : file.nodes("codes")) {
            String code = node.text("code");
            if (rows.put(code, row(node, vocabulary)) != null) {
                node.fault("the code '" + code + "' stands twice");
            }
        }
        Optional<ConfigNode> fallback = file.node("unknown");
        if (fallback.isEmpty()) {
            file.fault("'unknown' is missing: what becomes of a code that is not in this table");
        }
        Map<String, Severity> scale = new HashMap<>();
        file.node("ernst").ifPresent(node -> {
            for (String step : SCALE) {
                scale.put(
                        step,
                        node.required(
                                step,
                                "low, elevated, high or acute",
                                Severity.ACUTE,
                                code -> Coded.of(Severity.class, code)));
            }
            node.nothingElse();
        });
        if (scale.isEmpty()) {
            file.fault("'ernst' is missing: the scale 1 to 4");
        }
        Map<String, String> roles = new HashMap<>();
        file.node("roles").ifPresent(node -> {
            for (String role : node.keys()) {
                node.value(role, "one of " + ROLES, t -> Optional.of(t).filter(ROLES::contains))
                        .ifPresent(target -> roles.put(role, target));
            }
        });
        file.nothingElse();
        return new PoliceCodes(
                system, rows, fallback.map(node -> row(node, vocabulary)).orElse(null), scale, roles);
    }

    private static Row row(ConfigNode node, Vocabulary vocabulary) {
        node.optionalText("code");
        String category = node.required("category", "a category of the vocabulary", "", t -> Optional.of(t)
                .filter(c -> vocabulary.category(c).isPresent()));
        List<String> domains = node.has("domains")
                ? node.values("domains", "a life domain", t -> Optional.of(t).filter(vocabulary::knowsLifeDomain))
                : vocabulary
                        .category(category)
                        .map(Vocabulary.Category::lifeDomains)
                        .orElse(List.of());
        Row row = new Row(
                category,
                Set.copyOf(node.values("classes", "a data class", DataClass::of)),
                List.copyOf(domains),
                node.value("severity", "low, elevated, high or acute", code -> Coded.of(Severity.class, code))
                        .orElse(Severity.LOW));
        node.nothingElse();
        return row;
    }

    String system() {
        return system;
    }

    Optional<Row> find(String code) {
        return Optional.ofNullable(rows.get(code.toUpperCase(Locale.ROOT)));
    }

    Row unknown() {
        return unknown;
    }

    Severity severity(int ernst) {
        return scale.get(String.valueOf(ernst));
    }

    Optional<String> role(String role) {
        return Optional.ofNullable(roles.get(role));
    }

    /** Every code of the table. */
    public Set<String> codes() {
        return rows.keySet();
    }
}
