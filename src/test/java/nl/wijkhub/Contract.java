package nl.wijkhub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.wijkhub.kernel.Json;

/**
 * A published document (OpenAPI or AsyncAPI) as a test reads it. What it says about an object is taken as all there is: a
 * field it does not name is a fault, though a caller is asked to put up with one.
 */
public final class Contract {
    private static final String HERE = "https://contract.example/document";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** One operation; {@code path} as the document writes it, without /v1. */
    public record Operation(String id, String method, String path, JsonNode node) {
        public String name() {
            return method.toUpperCase(java.util.Locale.ROOT) + " /v1" + path;
        }

        public boolean isOpen() {
            return node.get("security").isEmpty();
        }
    }

    /** A request or answer as the document shows it. */
    public record Example(String mediaType, String name, JsonNode value) {}

    private final JsonNode document;
    private final SchemaRegistry schemas;

    public Contract(JsonNode published) {
        document = published.deepCopy();
        close(document, false);
        JsonNode whole = document.deepCopy();
        absolute(whole);
        String components = Json.MAPPER
                .createObjectNode()
                .set("components", whole.get("components"))
                .toString();
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config).schemas(Map.of(HERE, components)));
    }

    public JsonNode document() {
        return document;
    }

    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(one -> METHODS.contains(one.getKey()))
                .forEach(one -> operations.add(new Operation(
                        one.getValue().path("operationId").asText(), one.getKey(), path.getKey(), one.getValue()))));
        return operations;
    }

    /** What a reference leads to; the node itself when it is none. */
    public JsonNode follow(JsonNode node) {
        JsonNode there = node;
        while (there.has("$ref")) {
            String reference = there.get("$ref").asText();
            there = document.at(reference.substring(1));
            if (there.isMissingNode()) {
                throw new AssertionError("leads nowhere: " + reference);
            }
        }
        return there;
    }

    /** Parameters of the operation and of its path. */
    public List<JsonNode> parameters(Operation operation) {
        List<JsonNode> parameters = new ArrayList<>();
        operation.node().path("parameters").forEach(one -> parameters.add(follow(one)));
        document.get("paths").get(operation.path()).path("parameters").forEach(one -> parameters.add(follow(one)));
        return parameters;
    }

    public List<Example> requests(Operation operation) {
        return operation.node().has("requestBody")
                ? examples(follow(operation.node().get("requestBody")))
                : List.of();
    }

    /** The examples of whatever has a content. */
    public List<Example> examples(JsonNode body) {
        List<Example> examples = new ArrayList<>();
        body.path("content").properties().forEach(media -> media.getValue()
                .path("examples")
                .properties()
                .forEach(
                        one -> examples.add(new Example(media.getKey(), one.getKey(), value(follow(one.getValue()))))));
        return examples;
    }

    private static JsonNode value(JsonNode example) {
        String apart = example.path("externalValue").asText("");
        return apart.isEmpty()
                ? example.path("value")
                : Json.read(
                        URLDecoder.decode(apart.substring(apart.indexOf(',') + 1), StandardCharsets.UTF_8),
                        JsonNode.class);
    }

    /** The documented answer of this status; missing when there is none. */
    public JsonNode response(Operation operation, int status) {
        return follow(operation.node().get("responses").path(String.valueOf(status)));
    }

    /** In what a value leaves a schema of this document. */
    public List<String> faults(JsonNode schema, JsonNode value) {
        JsonNode whole = schema.deepCopy();
        absolute(whole);
        return schemas.getSchema(whole).validate(value).stream()
                .map(Error::toString)
                .toList();
    }

    /** A schema may itself be a reference: only the ones within it are made to lead out of it. */
    private static void absolute(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (field.getKey().equals("$ref") && field.getValue().asText().startsWith("#/")) {
                    field.setValue(TextNode.valueOf(HERE + field.getValue().asText()));
                } else {
                    absolute(field.getValue());
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(Contract::absolute);
        }
    }

    /** What is put together by allOf says in none of its parts all there is. */
    private static void close(JsonNode node, boolean isPart) {
        if (node instanceof ObjectNode object) {
            if (!isPart
                    && object.path("properties").isObject()
                    && object.path("type").toString().contains("object")
                    && !object.has("additionalProperties")
                    && !object.has("propertyNames")) {
                object.put("additionalProperties", false);
            }
            object.properties()
                    .forEach(field ->
                            close(field.getValue(), isPart || field.getKey().equals("allOf")));
        } else if (node instanceof ArrayNode array) {
            array.forEach(one -> close(one, isPart));
        }
    }
}
