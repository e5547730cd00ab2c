package nl.wijkhub.web.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.Vocabulary;

/** What passed of a signal, in words: label → value, what somebody at the door has to know first. Each field that can pass has a line. */
final class ReleasedFields {
    private static final Map<String, Function<Words, String>> WORDS = new LinkedHashMap<>();

    /** A field as JSON has it, and the words to say it in. */
    private record Words(JsonNode value, Texts texts, Vocabulary vocabulary) {}

    static {
        WORDS.put("workerSafety", in -> until(in));
        WORDS.put("advice", ReleasedFields::text);
        WORDS.put("category", in -> in.vocabulary.label(in.value.asText()));
        WORDS.put("contact", ReleasedFields::text);
        WORDS.put("address", in -> address(in.value));
        WORDS.put(
                "area",
                in -> in.value.path("buurtCode").asText(in.value.path("place").asText()));
        WORDS.put("severity", in -> in.texts.code("severity", in.value.asText()));
        WORDS.put("senderDiscipline", in -> in.texts.code("discipline", in.value.asText()));
        WORDS.put("occurredAt", ReleasedFields::time);
        WORDS.put("reportedAt", ReleasedFields::time);
        WORDS.put("experiencedImpact", ReleasedFields::text);
        WORDS.put("knownToPolice", in -> in.texts.get(in.value.asBoolean() ? "words.yes" : "words.no"));
        WORDS.put("lifeDomains", in -> each(in, ", ", one -> in.texts.code("domain", one.asText())));
        WORDS.put(
                "scores",
                in -> each(
                        in,
                        ", ",
                        one -> in.texts.code("domain", one.path("lifeDomain").asText())
                                + ' '
                                + one.path("value").asText()));
        WORDS.put("persons", in -> each(in, "; ", one -> person(one, in.texts)));
        WORDS.put("strengths", in -> each(in, " · ", JsonNode::asText));
        WORDS.put("informalHelpers", in -> each(in, " · ", JsonNode::asText));
        WORDS.put(
                "reporter",
                in -> parts(
                        in.value.path("name").asText(), in.value.path("phone").asText("")));
        WORDS.put(
                "senderTerm",
                in -> parts(
                        in.value.path("label").asText(""), in.value.path("code").asText("")));
        WORDS.put("narrative", ReleasedFields::text);
    }

    private ReleasedFields() {}

    static Map<String, String> of(ObjectNode passed, Texts texts, Vocabulary vocabulary) {
        Map<String, String> fields = new LinkedHashMap<>();
        WORDS.forEach((name, words) -> {
            if (passed.has(name)) {
                fields.put(texts.get("field." + name), words.apply(new Words(passed.get(name), texts, vocabulary)));
            }
        });
        return fields;
    }

    private static String text(Words in) {
        return in.value.asText();
    }

    private static String time(Words in) {
        return in.texts.time(OffsetDateTime.parse(in.value.asText()).toInstant());
    }

    private static String until(Words in) {
        String advice = in.value.path("advice").asText();
        return in.value.path("until").isTextual()
                ? in.texts.get(
                        "words.until",
                        advice,
                        in.texts.day(in.value.get("until").asText()))
                : advice;
    }

    static String address(JsonNode value) {
        return new Address(
                        value.path("postalCode").asText(),
                        value.path("houseNumber").asInt(),
                        value.path("houseLetter").asText(null),
                        value.path("addition").asText(null),
                        null)
                .oneLine();
    }

    private static String person(JsonNode one, Texts texts) {
        String birthDate = one.path("birthDate").asText("");
        return parts(
                one.path("name").asText(""),
                one.has("role") ? texts.code("role", one.get("role").asText()) : "",
                birthDate.isEmpty() ? "" : texts.day(birthDate),
                one.path("phone").asText(""));
    }

    private static String parts(String... parts) {
        return String.join(
                ", ", Stream.of(parts).filter(part -> !part.isEmpty()).toList());
    }

    private static String each(Words in, String between, Function<JsonNode, String> words) {
        List<String> all = new ArrayList<>();
        StreamSupport.stream(in.value.spliterator(), false).map(words).forEach(all::add);
        return String.join(between, all);
    }
}
