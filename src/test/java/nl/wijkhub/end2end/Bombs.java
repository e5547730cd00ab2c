package nl.wijkhub.end2end;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of a few characters, or of many, that once asked for all the memory there is, or for a deeper stack than there is. */
final class Bombs {
    /** Found in no log and no answer: digits that are in each number below. */
    static final String MARK = "7777";

    private static final String PLACE = "@@bomb@@";

    /** As they stand in JSON, without quotes. */
    static final Map<String, String> NUMBERS = new LinkedHashMap<>();

    /** As they are meant, to be quoted by whoever writes them. */
    static final Map<String, String> TEXTS = new LinkedHashMap<>();

    static {
        NUMBERS.put("a gigabyte in full", MARK + "e1000000000");
        NUMBERS.put("an exponent past 32 bits", MARK + "e99999999999");
        NUMBERS.put("the same below zero", "-" + MARK + "E-99999999999");
        NUMBERS.put("an exponent at the edge of 32 bits", MARK + "e2147483647");
        NUMBERS.put("a scale below", MARK + "e-2147483647");
        NUMBERS.put("many digits", MARK.repeat(2_500));
        NUMBERS.put("many decimals", "0." + MARK.repeat(2_500));
        TEXTS.put("labels", "a." + "a.".repeat(5_000) + "b");
        TEXTS.put("dashes", "a-".repeat(5_000) + "b");
        TEXTS.put("digits", MARK.repeat(2_500));
        TEXTS.put("a number", MARK + "e1000000000");
        TEXTS.put("spaces", "a" + " ".repeat(20_000) + "b");
        TEXTS.put("escapes", "%".repeat(5_000));
        TEXTS.put("slashes", "a/".repeat(5_000) + "#");
        TEXTS.put("long", "e".repeat(60_000));
        TEXTS.put("two units each", "\uD83C\uDFE0".repeat(5_000));
    }

    private Bombs() {}

    /** The document with each bomb in the place of each of its values, one at a time: where and what → the text. */
    static Map<String, String> in(JsonNode document) {
        Map<String, String> planted = new LinkedHashMap<>();
        for (String pointer : leaves(document, "", new ArrayList<>())) {
            JsonNode copy = document.deepCopy();
            set(copy, pointer);
            String text = copy.toString();
            NUMBERS.forEach((name, bomb) -> planted.put(pointer + ": " + name, text.replace('"' + PLACE + '"', bomb)));
            TEXTS.forEach((name, bomb) -> planted.put(
                    pointer + ": text, " + name,
                    text.replace('"' + PLACE + '"', TextNode.valueOf(bomb).toString())));
        }
        return planted;
    }

    /** The same for the attributes of an XML document that hold its values, or for its texts when it has none. */
    static Map<String, String> inXml(String document) {
        Map<String, String> planted = new LinkedHashMap<>();
        Matcher value =
                Pattern.compile("value=\"([^\"]*)\"|>([^<>]*[^<>\\s][^<>]*)</").matcher(document);
        int count = 0;
        while (value.find()) {
            int group = value.group(1) == null ? 2 : 1;
            String before = document.substring(0, value.start(group));
            String after = document.substring(value.end(group));
            String place = "value " + count++;
            NUMBERS.forEach((name, bomb) -> planted.put(place + ": " + name, before + bomb + after));
            TEXTS.forEach((name, bomb) -> planted.put(place + ": text, " + name, before + bomb + after));
        }
        return planted;
    }

    private static List<String> leaves(JsonNode node, String here, List<String> found) {
        if (node.isValueNode()) {
            found.add(here);
        }
        node.properties()
                .forEach(field -> leaves(
                        field.getValue(),
                        here + '/' + field.getKey().replace("~", "~0").replace("/", "~1"),
                        found));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            leaves(node.get(i), here + '/' + i, found);
        }
        return found;
    }

    private static void set(JsonNode document, String pointer) {
        int last = pointer.lastIndexOf('/');
        JsonNode parent = document.at(pointer.substring(0, last));
        String key = pointer.substring(last + 1).replace("~1", "/").replace("~0", "~");
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(key), TextNode.valueOf(PLACE));
        } else {
            ((ObjectNode) parent).set(key, TextNode.valueOf(PLACE));
        }
    }
}
