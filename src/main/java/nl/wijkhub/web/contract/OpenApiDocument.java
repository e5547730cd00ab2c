package nl.wijkhub.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.web.http.Answers;
import nl.wijkhub.web.http.ProblemAnswer;

/**
 * The OpenAPI document of {@code /v1}, put together from {@code resources/openapi}: {@code api.yaml} and the parts it
 * names, each of which adds paths and components of its own. What is the same for every operation is added here: the
 * header of the version, and the refusals that come before an operation is reached.
 * Rejects at start: two parts that say different things about one place.
 */
public final class OpenApiDocument {
    private static final String FOLDER = "/openapi/";
    private static final String PARTS = "x-parts";

    /** Stands among the parts for those that tell of doors for partners. */
    private static final String DOORS = "doors";

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Set<String> CHANGES = Set.of("post", "put", "patch");
    private static final Pattern VERB = Pattern.compile("put|post|patch");
    private static final Trace EXAMPLE = new Trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");

    private final ObjectNode tree;

    /**
     * @param publicUrl where callers reach the hub
     * @param issuer whose tokens count
     * @param caseSignal the published schema
     * @param doors what partners may be let through, as in partners.yaml
     */
    public OpenApiDocument(String publicUrl, String issuer, JsonNode caseSignal, Collection<String> doors) {
        tree = ContractSource.read(FOLDER + "api.yaml");
        Set<String> parts = new LinkedHashSet<>();
        tree.get(PARTS)
                .forEach(part -> parts.addAll(
                        part.asText().equals(DOORS) ? ContractSource.doors(doors) : List.of(part.asText())));
        tree.remove(PARTS);
        for (String part : parts) {
            merge(tree, ContractSource.read(FOLDER + part + ".yaml"), part);
        }
        ((ObjectNode) tree.get("info")).put("version", Answers.API_VERSION);
        ((ArrayNode) tree.get("servers")).addObject().put("url", publicUrl + "/v1");
        String discovery = issuer + "/.well-known/openid-configuration";
        for (String scheme : List.of("client", "user")) {
            ((ObjectNode) tree.at("/components/securitySchemes/" + scheme)).put("openIdConnectUrl", discovery);
        }
        ObjectNode schemas = (ObjectNode) tree.at("/components/schemas");
        schemas.set("CaseSignal", ContractSource.within(caseSignal, "#/components/schemas/CaseSignal"));
        tree.at("/components/responses").forEach(response -> version((ObjectNode) response));
        ((ObjectNode) tree.at("/components/responses")).setAll(refusals());
        tree.get("paths").forEach(path -> path.properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(operation -> complete(operation.getKey(), (ObjectNode) operation.getValue())));
        tree.findValues("examples").forEach(OpenApiDocument::setApart);
    }

    /** The document as a tree, for whoever reads in it; not to be changed. */
    public JsonNode tree() {
        return tree;
    }

    String json() {
        return tree.toString();
    }

    String yaml() {
        return ContractSource.yaml(tree);
    }

    private static void merge(ObjectNode whole, ObjectNode part, String name) {
        for (Map.Entry<String, JsonNode> field : part.properties()) {
            JsonNode there = whole.get(field.getKey());
            if (there == null) {
                whole.set(field.getKey(), field.getValue());
            } else if (there instanceof ObjectNode object && field.getValue() instanceof ObjectNode more) {
                merge(object, more, name);
            } else {
                throw new IllegalStateException(name + ".yaml says again what was said: " + field.getKey());
            }
        }
    }

    private static void version(ObjectNode response) {
        response.withObject("/headers").set("API-Version", reference("headers", "ApiVersion"));
    }

    private static ObjectNode reference(String kind, String name) {
        return Json.MAPPER.createObjectNode().put("$ref", "#/components/" + kind + '/' + name);
    }

    /** One response per status, with each of its problems as an example. */
    private static ObjectNode refusals() {
        Map<Integer, ObjectNode> byStatus = new TreeMap<>();
        for (Problem problem : Problem.values()) {
            ObjectNode response = byStatus.computeIfAbsent(problem.status(), OpenApiDocument::refusal);
            String before = response.path("description").asText("");
            response.put("description", before + (before.isEmpty() ? "" : ", or: ") + problem.title() + '.');
            List<Fault> faults =
                    problem == Problem.INVALID_INPUT ? List.of(Fault.of("/example", "unknown-field")) : List.of();
            ObjectNode example = response.withObject("/content/application~1problem+json/examples");
            example.putObject(problem.code())
                    .set(
                            "value",
                            Json.read(ProblemAnswer.body(new Rejected(problem, faults), EXAMPLE), ObjectNode.class));
        }
        ObjectNode responses = Json.MAPPER.createObjectNode();
        byStatus.forEach((status, response) -> responses.set("Problem" + status, response));
        return responses;
    }

    private static ObjectNode refusal(int status) {
        ObjectNode response = Json.MAPPER.createObjectNode();
        version(response);
        ObjectNode headers = response.withObject("/headers");
        if (status == Problem.NOT_AUTHENTICATED.status()) {
            headers.set("WWW-Authenticate", reference("headers", "WwwAuthenticate"));
        }
        if (status == Problem.TOO_MANY_REQUESTS.status() || status == Problem.UNAVAILABLE.status()) {
            headers.set("Retry-After", reference("headers", "RetryAfter"));
        }
        response.withObject("/content/application~1problem+json").set("schema", reference("schemas", "Problem"));
        return response;
    }

    /** Adds what holds for any operation of its kind, and puts the responses in order. */
    private static void complete(String method, ObjectNode operation) {
        Map<String, JsonNode> responses = new TreeMap<>();
        operation.get("responses").properties().forEach(one -> {
            if (!one.getValue().has("$ref")) {
                version((ObjectNode) one.getValue());
            }
            responses.put(one.getKey(), one.getValue());
        });
        List<Problem> refusals = new ArrayList<>(List.of(Problem.INTERNAL_ERROR, Problem.UNAVAILABLE));
        if (!operation.get("security").isEmpty()) {
            refusals.addAll(List.of(Problem.NOT_AUTHENTICATED, Problem.NOT_ALLOWED, Problem.TOO_MANY_REQUESTS));
        }
        if (CHANGES.contains(method)) {
            refusals.addAll(List.of(Problem.INVALID_INPUT, Problem.TOO_LARGE, Problem.UNSUPPORTED_MEDIA_TYPE));
        }
        if (hasQuery(operation)) {
            refusals.add(Problem.INVALID_INPUT);
        }
        for (Problem refusal : refusals) {
            String status = String.valueOf(refusal.status());
            responses.put(status, reference("responses", "Problem" + status));
        }
        operation.set("responses", Json.MAPPER.createObjectNode().setAll(responses));
        if (method.equals("get") && !operation.at("/security").findPath("user").isMissingNode()) {
            ((ArrayNode) operation.get("security")).addObject().putArray("board");
        }
    }

    /**
     * The national ruleset takes any key with a verb in it for an operation, also {@code postalCode} in an example. Such an
     * example stands beside the document, as a data URI, and in words: it is the same for a reader and for a tool.
     */
    private static void setApart(JsonNode examples) {
        for (JsonNode one : examples) {
            if (one instanceof ObjectNode example && example.has("value") && hasVerb(example.get("value"))) {
                JsonNode value = example.remove("value");
                example.put("description", "```json\n" + value.toPrettyString() + "\n```");
                example.put(
                        "externalValue",
                        "data:application/json,"
                                + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8)
                                        .replace("+", "%20"));
            }
        }
    }

    private static boolean hasVerb(JsonNode value) {
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            if (VERB.matcher(field.getKey()).find() || hasVerb(field.getValue())) {
                return true;
            }
        }
        for (JsonNode item : value.isArray() ? value : Json.MAPPER.createArrayNode()) {
            if (hasVerb(item)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasQuery(JsonNode operation) {
        for (JsonNode parameter : operation.path("parameters")) {
            String reference = parameter.path("$ref").asText();
            if (parameter.path("in").asText().equals("query")
                    || reference.endsWith("/PageSize")
                    || reference.endsWith("/After")) {
                return true;
            }
        }
        return false;
    }
}
