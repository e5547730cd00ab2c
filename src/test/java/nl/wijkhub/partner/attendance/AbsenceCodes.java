package nl.wijkhub.partner.attendance;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import nl.wijkhub.kernel.ConfigNode;
import nl.wijkhub.signal.CodeFiles;
import nl.wijkhub.signal.Vocabulary;

/**
 * Codes of absence → shared vocabulary: vocabulary/attendance.yaml.
 *
 * @param categories code → category
 */
public record AbsenceCodes(String system, Map<String, Vocabulary.Category> categories) {

    public static AbsenceCodes read(CodeFiles files) {
        ConfigNode file = files.file("vocabulary/attendance.yaml");
        Map<String, Vocabulary.Category> categories = new HashMap<>();
        for (ConfigNode node : file.nodes("codes")) {
            String code = node.text("code");
            node.value("category", "a category of the vocabulary", files.vocabulary()::category)
                    .ifPresent(category -> categories.put(code, category));
            node.nothingElse();
        }
        AbsenceCodes codes = new AbsenceCodes(file.text("system"), categories);
        file.nothingElse();
        return codes;
    }

    Optional<Vocabulary.Category> find(String code) {
        return Optional.ofNullable(code).map(categories::get);
    }
}
