package nl.wijkhub.partner.publicspace;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.signal.CodeFiles;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.Severity;
import nl.wijkhub.signal.Vocabulary;

/** Categories of Signalen → shared vocabulary: config/vocabulary/public-space-signalen.yaml. */
public final class MeldingCodes {
    public static final String FILE = "vocabulary/public-space-signalen.yaml";

    /**
     * One row of the table.
     *
     * @param classes beside those of the category
     * @param severity the least severity; {@code LOW} when the row says nothing
     */
    record Row(String category, Set<DataClass> classes, Severity severity) {}

    private final String system;
    private final Map<String, Row> rows;
    private final Row unknown;

    private MeldingCodes(String system, Map<String, Row> rows, Row unknown) {
        this.system = system;
        this.rows = rows;
        this.unknown = unknown;
    }

    public static MeldingCodes read(CodeFiles files) {
        Vocabulary vocabulary = files.vocabulary();
        ConfigNode file = files.file(FILE);
        String system = file.text("system");
        Map<String, Row> rows = new HashMap<>();
        for (ConfigNode node : file.nodes("codes")) {
            String code = code(node.text("main"), node.text("sub"));
            if (rows.put(code, row(node, vocabulary)) != null) {
                node.fault("'" + code + "' stands twice");
            }
        }
        Optional<ConfigNode> fallback = file.node("unknown");
        if (fallback.isEmpty()) {
            file.fault("'unknown' is missing: what becomes of a category that is not in this table");
        }
        file.nothingElse();
        return new MeldingCodes(
                system, rows, fallback.map(node -> row(node, vocabulary)).orElse(null));
    }

    private static Row row(ConfigNode node, Vocabulary vocabulary) {
        String category = node.required("category", "a category of the vocabulary", "", t -> Optional.of(t)
                .filter(c -> vocabulary.category(c).isPresent()));
        Row row = new Row(
                category,
                Set.copyOf(node.values("classes", "a data class", DataClass::of)),
                node.value("severity", "low, elevated, high or acute", code -> Coded.of(Severity.class, code))
                        .orElse(Severity.LOW));
        node.nothingElse();
        return row;
    }

    /** As it is kept beside the shared category. */
    static String code(String main, String sub) {
        return main + '/' + sub;
    }

    String system() {
        return system;
    }

    Optional<Row> find(String code) {
        return Optional.ofNullable(rows.get(code));
    }

    Row unknown() {
        return unknown;
    }

    /** Every category of the table, as {@code main/sub}. */
    Set<String> codes() {
        return rows.keySet();
    }
}
