package nl.wijkhub.kernel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * How JSON is read and written here. Reading is strict: UTF-8, no duplicate keys, no NUL, at most 32 levels deep, no number
 * that is larger than {@link JsonNumbers} lets it be.
 */
public final class Json {
    /** Deep enough for every format we take (the deepest, a FHIR Bundle, needs about 15), too shallow for a bomb. */
    private static final int MAX_DEPTH = 32;

    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(JsonNumbers.LONGEST)
                            .maxNameLength(200)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .serializationInclusion(JsonInclude.Include.NON_EMPTY)
            .build();

    /** We wrote it ourselves: no key stands in it twice. */
    private static final ObjectReader STORED = MAPPER.reader().without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private static final ObjectMapper IN_ORDER = new ObjectMapper();

    private Json() {}

    /**
     * Reads one JSON document as a partner sent it.
     * Rejects: bytes that are no UTF-8, text that is no JSON, duplicate keys, NUL, too deep, anything after the document;
     * numbers of too many digits or too large an exponent, each at its place.
     */
    public static JsonNode readStrictly(byte[] bytes) {
        String text = Utf8.readStrictly(bytes);
        List<Fault> numbers = JsonNumbers.faults(text);
        if (!numbers.isEmpty()) {
            throw new Rejected(Problem.INVALID_INPUT, numbers);
        }
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw Rejected.of(Problem.MALFORMED_INPUT, "", "empty");
            }
            if (text.contains("\\u0000") && holdsNul(node)) {
                throw Rejected.of(Problem.MALFORMED_INPUT, "", "nul-character.message");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new Rejected(Problem.MALFORMED_INPUT, List.of(fault(e)));
        }
    }

    /** The same bound as {@link #readStrictly} has, for a number that another reader made. */
    public static boolean isTooLarge(BigDecimal number) {
        return number.precision() > JsonNumbers.LONGEST || Math.abs(number.scale()) > JsonNumbers.FARTHEST;
    }

    /** No text of ours can hold it: the database takes none. */
    private static boolean holdsNul(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().indexOf(0) >= 0;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getKey().indexOf(0) >= 0) {
                return true;
            }
        }
        for (JsonNode child : node) {
            if (holdsNul(child)) {
                return true;
            }
        }
        return false;
    }

    public static <T> T read(String json, Class<T> type) {
        try {
            return STORED.forType(type).readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON does not fit " + type.getSimpleName(), e);
        }
    }

    /** The same of UTF-8. */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return STORED.forType(type).readValue(json);
        } catch (IOException e) {
            throw new IllegalStateException("stored JSON does not fit " + type.getSimpleName(), e);
        }
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot be written as JSON: " + value.getClass().getSimpleName(), e);
        }
    }

    /** The fields in the order of the map, empty ones too. */
    public static String writeInOrder(Map<String, Object> fields) {
        try {
            return IN_ORDER.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("fields that cannot be written as JSON", e);
        }
    }

    /** The same text for the same content, whatever order its keys were sent in. */
    public static String canonical(JsonNode node) {
        return write(MAPPER.convertValue(node, Object.class));
    }

    /** A number that is too long or reaches too far. */
    public static Fault tooLarge(String pointer) {
        return Fault.of(pointer, "number-too-large", JsonNumbers.LONGEST, JsonNumbers.FARTHEST);
    }

    private static Fault fault(JsonProcessingException e) {
        String message = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
        boolean isDuplicate = message.startsWith("Duplicate field");
        var where = e.getLocation();
        if (!isDuplicate && message.contains("nesting depth")) {
            return Fault.of("", "too-deep", MAX_DEPTH);
        }
        if (where == null) {
            return Fault.of("", isDuplicate ? "duplicate-key" : "not-json");
        }
        return Fault.of("", isDuplicate ? "duplicate-key.at" : "not-json.at", where.getLineNr(), where.getColumnNr());
    }
}
