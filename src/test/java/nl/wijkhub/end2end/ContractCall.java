package nl.wijkhub.end2end;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** How one operation is called: by whom, where, and what stands in its body instead of what the example says. */
final class ContractCall {
    final String token;
    final Map<String, String> path = new LinkedHashMap<>();
    final Map<String, String> query = new LinkedHashMap<>();
    final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> known = new LinkedHashMap<>();
    private final Map<String, JsonNode> instead = new LinkedHashMap<>();
    private final Map<String, String> replaced = new LinkedHashMap<>();

    private ContractCall(String token) {
        this.token = token;
    }

    /**
     * @param token null for an operation that is open to everybody
     */
    static ContractCall by(String token) {
        return new ContractCall(token);
    }

    ContractCall at(String name, String value) {
        path.put(name, value);
        return this;
    }

    /** Somebody else knows what is in the path by this id. */
    ContractCall knownTo(String who, String id) {
        known.put(who, id);
        return this;
    }

    /** The same, with the id by which somebody knows what is in the path. */
    ContractCall of(String who) {
        ContractCall copy = new ContractCall(token);
        copy.path.putAll(path);
        copy.query.putAll(query);
        copy.headers.putAll(headers);
        if (known.containsKey(who)) {
            copy.path.put("id", known.get(who));
        }
        return copy;
    }

    ContractCall ask(String name, String value) {
        query.put(name, value);
        return this;
    }

    ContractCall with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** An example can name no id of this hub, and no day to come. */
    ContractCall instead(String field, String value) {
        return instead(field, TextNode.valueOf(value));
    }

    ContractCall instead(String field, JsonNode value) {
        instead.put(field, value);
        return this;
    }

    /** The same with other content. */
    ContractCall replacing(String text, String other) {
        replaced.put(text, other);
        return this;
    }

    String body(JsonNode example) {
        if (example.isTextual()) {
            return example.asText();
        }
        JsonNode body = example.deepCopy();
        instead.forEach((field, value) -> {
            if (body.has(field)) {
                ((ObjectNode) body).set(field, value);
            }
        });
        String text = body.toString();
        for (Map.Entry<String, String> one : replaced.entrySet()) {
            if (!text.contains(one.getKey())) {
                throw new IllegalArgumentException("the example does not say " + one.getKey());
            }
            text = text.replace(one.getKey(), one.getValue());
        }
        return text;
    }
}
