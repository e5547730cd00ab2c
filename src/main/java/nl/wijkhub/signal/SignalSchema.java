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
import java.util.Map;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Json;

/** The published JSON Schema 2020-12 of the case signal, and the faults it finds, as pointers and plain Dutch. */
public final class SignalSchema {
    private static final String RESOURCE = "/schema/case-signal.json";
    private static final Map<String, String> DETAILS = Map.ofEntries(
            Map.entry("required", "Dit veld is verplicht."),
            Map.entry("additionalProperties", "Dit veld is hier niet bekend."),
            Map.entry("unevaluatedProperties", "Dit veld is hier niet bekend."),
            Map.entry("type", "Dit veld heeft het verkeerde type."),
            Map.entry("enum", "Deze waarde staat niet in de lijst van het schema."),
            Map.entry("const", "Deze waarde is hier niet toegestaan."),
            Map.entry("pattern", "Deze waarde heeft niet de vorm die het schema vraagt."),
            Map.entry("format", "Deze waarde heeft niet de vorm die het schema vraagt."),
            Map.entry("minimum", "Deze waarde is te klein."),
            Map.entry("maximum", "Deze waarde is te groot."),
            Map.entry("minLength", "Deze tekst is te kort."),
            Map.entry("maxLength", "Deze tekst is te lang."),
            Map.entry("minItems", "Deze lijst is te kort."),
            Map.entry("maxItems", "Deze lijst is te lang."),
            Map.entry("minProperties", "Hier ontbreekt iets: precies één mogelijkheid is nodig."),
            Map.entry("maxProperties", "Hier staat te veel: precies één mogelijkheid is nodig."));

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
            checks.fault(
                    pointer, codeOf(keyword), DETAILS.getOrDefault(keyword, "Deze waarde past niet in het schema."));
        }
    }

    private static String codeOf(String keyword) {
        return switch (keyword) {
            case "required" -> "missing";
            case "additionalProperties", "unevaluatedProperties" -> "unknown-field";
            case "type" -> "wrong-type";
            case "enum", "const" -> "not-in-list";
            case "pattern", "format" -> "wrong-form";
            case "minimum", "maximum" -> "out-of-range";
            case "minLength", "minItems" -> "too-short";
            case "maxLength", "maxItems" -> "too-long";
            case "minProperties", "maxProperties" -> "exactly-one";
            default -> "does-not-fit";
        };
    }
}
