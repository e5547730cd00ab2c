package nl.wijkhub.web.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The files the published documents are made of, and the schema they share. */
final class ContractSource {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private ContractSource() {}

    static ObjectNode read(String resource) {
        try (InputStream in = ContractSource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no such part of the contract: " + resource);
            }
            return (ObjectNode) YAML.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("part of the contract cannot be read: " + resource, e);
        }
    }

    /** Those of the rights to doors whose doors a file tells of: {@code openapi/<door>.yaml}. */
    static List<String> doors(Collection<String> doors) {
        return doors.stream()
                .filter(door -> ContractSource.class.getResource("/openapi/" + door + ".yaml") != null)
                .toList();
    }

    static String yaml(JsonNode document) {
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the contract cannot be written", e);
        }
    }

    /**
     * The published schema of the case signal, as it stands within another document.
     *
     * @param published what /v1/schemas/case-signal answers
     * @param place where it stands, as a reference within that document
     */
    static ObjectNode within(JsonNode published, String place) {
        ObjectNode schema = published.deepCopy();
        schema.remove("$id");
        schema.remove("$schema");
        pointTo(schema, place);
        return schema;
    }

    private static void pointTo(JsonNode node, String place) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (field.getKey().equals("$ref")) {
                    field.setValue(
                            TextNode.valueOf(place + field.getValue().asText().substring(1)));
                } else {
                    pointTo(field.getValue(), place);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(one -> pointTo(one, place));
        }
    }
}
