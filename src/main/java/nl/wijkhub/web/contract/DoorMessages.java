package nl.wijkhub.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.MediaType;

/**
 * What a partner may send to a door it may send by message too: each body of each of these doors becomes a message of the
 * AsyncAPI document, with its schema, its examples and the subject that names the door.
 */
final class DoorMessages {
    private static final String DOORS = "/partners/";
    private static final String SCHEMAS = "#/components/schemas/";

    private final ObjectNode tree;
    private final ObjectNode known = Json.MAPPER.createObjectNode();

    private DoorMessages(ObjectNode tree) {
        this.tree = tree;
    }

    /** @param parts of the OpenAPI document that tell of doors for partners */
    static void addTo(ObjectNode asyncApi, Collection<String> parts) {
        DoorMessages messages = new DoorMessages(asyncApi);
        List<ObjectNode> documents = parts.stream()
                .map(part -> ContractSource.read("/openapi/" + part + ".yaml"))
                .toList();
        documents.forEach(openApi -> messages.known.setAll(openApi.withObject("/components/schemas")));
        documents.forEach(openApi -> openApi.get("paths")
                .properties()
                .forEach(path -> messages.door(path.getKey(), path.getValue().path("post"))));
    }

    private void door(String path, JsonNode operation) {
        operation.at("/requestBody/content").properties().forEach(body -> {
            String name = operation.get("operationId").asText()
                    + (MediaType.of(body.getKey()).isXml() ? "Xml" : "");
            message(name, path.substring(DOORS.length()), operation, body.getKey(), body.getValue());
        });
    }

    private void message(String name, String subject, JsonNode operation, String mediaType, JsonNode body) {
        ObjectNode message = tree.withObject("/components/messages").putObject(name);
        message.put("name", name);
        message.put("title", operation.get("summary").asText());
        message.put("summary", "The body of the door; its subject is `" + subject + "`, or it has none.");
        message.put("contentType", mediaType);
        message.set("payload", body.get("schema"));
        copySchemas(body.get("schema"));
        ArrayNode examples = message.putArray("examples");
        body.get("examples").properties().forEach(one -> {
            ObjectNode example = examples.addObject().put("name", one.getKey());
            example.set("summary", one.getValue().get("summary"));
            example.set("payload", one.getValue().get("value"));
        });
        tree.withObject("/channels/signalIn/messages").putObject(name).put("$ref", "#/components/messages/" + name);
    }

    /** Whatever a schema refers to has to stand in this document too. */
    private void copySchemas(JsonNode schema) {
        for (String reference : schema.findValuesAsText("$ref")) {
            String name = reference.substring(SCHEMAS.length());
            ObjectNode schemas = tree.withObject("/components/schemas");
            if (!schemas.has(name)) {
                schemas.set(name, known.get(name));
                copySchemas(known.get(name));
            }
        }
    }
}
