package nl.wijkhub.partner.housing;

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

/** VERA codes → shared vocabulary, keyed on Soort + Code: config/vocabulary/housing-vera.yaml. */
public final class VeraCodes {
    public static final String FILE = "vocabulary/housing-vera.yaml";

    /**
     * One row of the table.
     *
     * @param extraClasses what the landlord's own word adds to the classes of the category
     * @param severity the least severity; {@code LOW} when the row says nothing
     */
    record Row(String soort, String code, String category, Set<DataClass> extraClasses, Severity severity) {}

    private final String system;
    private final Map<String, Row> rows;

    private VeraCodes(String system, Map<String, Row> rows) {
        this.system = system;
        this.rows = rows;
    }

    public static VeraCodes read(CodeFiles files) {
        Vocabulary vocabulary = files.vocabulary();
        ConfigNode file = files.file(FILE);
        String system = file.text("system");
        Map<String, Row> rows = new HashMap<>();
        for (ConfigNode node : file.nodes("codes")) {
            Row row = new Row(
                    node.text("soort"),
                    node.text("code"),
                    node.required("category", "a category of the vocabulary", "", t -> Optional.of(t)
                            .filter(c -> vocabulary.category(c).isPresent())),
                    Set.copyOf(node.values("classes", "a data class", DataClass::of)),
                    node.value("severity", "low, elevated, high or acute", code -> Coded.of(Severity.class, code))
                            .orElse(Severity.LOW));
            if (rows.put(row.soort() + '|' + row.code(), row) != null) {
                node.fault(row.soort() + " " + row.code() + " stands twice");
            }
            node.nothingElse();
        }
        file.nothingElse();
        return new VeraCodes(system, rows);
    }

    String system() {
        return system;
    }

    Optional<Row> find(String soort, String code) {
        return Optional.ofNullable(rows.get(soort + '|' + code));
    }

    /** Every Soort + Code of the table, as {@code SOORT|CODE}. */
    public Set<String> keys() {
        return rows.keySet();
    }
}
