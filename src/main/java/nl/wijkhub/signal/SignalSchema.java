package nl.wijkhub.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Json;

/** The published JSON Schema 2020-12 of the case signal, and the faults it finds, each at its pointer. */
public final class SignalSchema {
    private static final String RESOURCE = "/schema/case-signal.json";
    private final String text;
    private final Schema schema;

    public SignalSchema() {
        try (InputStream in = SignalSchema.class.getResourceAsStream(RESOURCE)) {
            this.text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the case signal schema is missing", e);
        }
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .formatAssertionsEnabled(true)
                .build();
        this.schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config))
                .getSchema(text, InputFormat.JSON);
    }

    /** The schema as published at {@code /v1/schemas/case-signal}. */
    public String text() {
        return text;
    }

    /** The same, as a tree. */
    public JsonNode tree() {
        return Json.read(text, JsonNode.class);
    }

    /** Adds a fault for every place where the document leaves the schema. */
    public void check(JsonNode document, Checks checks) {
        for (Error error : schema.validate(document)) {
            String keyword = error.getKeyword();
            String pointer = error.getInstanceLocation().toString();
            if (error.getProperty() != null && ("required".equals(keyword) || "additionalProperties".equals(keyword))) {
                pointer = Fault.at(pointer, error.getProperty());
            }
            checks.fault(pointer, keyOf(keyword));
        }
    }

    private static String keyOf(String keyword) {
        return switch (keyword) {
            case "required" -> "missing.field";
            case "additionalProperties", "unevaluatedProperties" -> "unknown-field.partner";
            case "type" -> "wrong-type.schema";
            case "enum" -> "not-in-list.schema";
            case "const" -> "not-in-list.const";
            case "pattern", "format" -> "wrong-form.schema";
            case "minimum" -> "out-of-range.too-small";
            case "maximum" -> "out-of-range.too-large";
            case "minLength" -> "too-short.schema";
            case "maxLength" -> "too-long.schema";
            case "minItems" -> "too-short.list";
            case "maxItems" -> "too-long.list";
            case "minProperties" -> "exactly-one.none";
            case "maxProperties" -> "exactly-one.more";
            default -> "does-not-fit";
        };
    }
}
