package nl.wijkhub.subscription.fhir;

import static nl.wijkhub.kernel.Fault.at;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.subscription.WishPolicy;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.StringType;

/**
 * What narrows the topic: {@code Task?area=BU99990101,WK999901&level=2,3}, written as a search, in one filter or in a few
 * that all hold. Values of one key are alternatives. Rejects: another key, a key twice (both would have to hold).
 */
final class FilterReading {
    private static final String RESOURCE = "Task";

    private final List<String> areas = new ArrayList<>();
    private final Set<Integer> levels = new LinkedHashSet<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private final Checks checks;
    private String areasAt = "/criteria";

    private FilterReading(Checks checks) {
        this.checks = checks;
    }

    static FilterReading of(StringType criteria, Checks checks) {
        FilterReading reading = new FilterReading(checks);
        List<Extension> extensions = criteria.getExtension();
        for (int i = 0; i < extensions.size(); i++) {
            Extension extension = extensions.get(i);
            String pointer = at("/criteria/extension", i);
            if (!Backport.FILTER.equals(extension.getUrl())) {
                checks.fault(pointer, "unknown-extension");
            } else if (!(extension.getValue() instanceof StringType filter) || filter.getValue() == null) {
                checks.fault(pointer, "wrong-type.filter");
            } else {
                reading.filter(filter.getValue(), pointer + "/valueString");
            }
        }
        return reading;
    }

    /** CBS codes as they were sent; none for no filter. */
    List<String> areas() {
        return areas;
    }

    /** Where they stand. */
    String areasAt() {
        return areasAt;
    }

    Set<Integer> levels() {
        return levels;
    }

    private void filter(String sent, String pointer) {
        int question = sent.indexOf('?');
        if (question > 0 && !sent.substring(0, question).equals(RESOURCE)) {
            checks.fault(pointer, "unknown-filter.task");
            return;
        }
        for (String part : sent.substring(question + 1).split("&", -1)) {
            String[] pair = part.split("=", 2);
            if (pair.length < 2 || pair[1].isBlank()) {
                checks.fault(pointer, "wrong-form.filter");
            } else if (!pair[0].equals("area") && !pair[0].equals("level")) {
                checks.fault(pointer, "unknown-filter.topic");
            } else if (!keys.add(pair[0])) {
                checks.fault(pointer, "too-many.filters");
            } else {
                values(pair[0], pair[1], pointer);
            }
        }
    }

    private void values(String key, String sent, String pointer) {
        String[] values;
        try {
            values = URLDecoder.decode(sent, StandardCharsets.UTF_8).split(",", -1);
        } catch (IllegalArgumentException halfEncoded) {
            checks.fault(pointer, "wrong-form.percent");
            return;
        }
        for (String value : values) {
            if (key.equals("area")) {
                areas.add(value);
                areasAt = pointer;
            } else if (value.matches("[1-" + WishPolicy.HIGHEST_LEVEL + "]")) {
                levels.add(Integer.valueOf(value));
            } else {
                checks.fault(pointer, "out-of-range.level", WishPolicy.HIGHEST_LEVEL);
            }
        }
    }
}
