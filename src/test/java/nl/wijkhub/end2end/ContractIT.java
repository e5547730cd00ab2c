package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkhub.Contract;
import nl.wijkhub.Contract.Example;
import nl.wijkhub.Contract.Operation;
import nl.wijkhub.end2end.ContractVisits.Visit;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.signal.SignalReading;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The published documents against a running hub: every operation with every example it shows, by somebody who may, and
 * with everything that is to be refused. An answer that the document does not tell is a fault of the one or the other.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContractIT {
    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";
    private static final String SENT = "Fakewaarde";
    private static final String NO_UTF_8 = "\u00ff";

    /** What a walk cannot bring about. */
    private static final Map<String, String> NOT_BROUGHT_ABOUT = Map.of(
            "429", "the demo's limit per partner is far above what one test sends",
            "500", "a fault of our own",
            "503", "a part that is away; AttemptIT and ChaosIT");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, Set<Integer>> MET = new TreeMap<>();
    private static RunningHub hub;
    private static Contract contract;
    private static ContractTown town;
    private static ContractListeners listeners;
    private static ContractVisits visits;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start(Map.of(
                "hub.properties",
                Map.of(
                        "hub.attention.every=PT1M",
                        "hub.attention.every=PT1S",
                        "hub.attention.unclaimed-after=P5D",
                        "hub.attention.unclaimed-after=PT1S")));
        contract = new Contract(published("/v1/openapi.json"));
        town = new ContractTown(hub);
        listeners = new ContractListeners(hub, town);
        visits = new ContractVisits(hub, town, listeners);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static JsonNode published(String path) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(hub.process.url() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> every_operation_answers_as_the_document_says() {
        return contract.operations().stream().map(operation -> dynamicTest(operation.name(), () -> walk(operation)));
    }

    @Test
    @Order(2)
    void every_answer_the_document_tells_was_met_or_cannot_be_brought_about_here() {
        Set<String> missed = new TreeSet<>();
        for (Operation operation : contract.operations()) {
            operation.node().get("responses").fieldNames().forEachRemaining(status -> {
                if (!NOT_BROUGHT_ABOUT.containsKey(status)
                        && !MET.getOrDefault(operation.id(), Set.of()).contains(Integer.valueOf(status))) {
                    missed.add(operation.id() + " " + status);
                }
            });
        }
        assertThat(missed).isEmpty();
    }

    @Test
    @Order(3)
    void every_message_the_document_tells_is_as_it_says() throws Exception {
        Contract messages = new Contract(published("/v1/asyncapi"));

        Set<String> met = new ContractMessages(messages, hub, town, listeners).met();

        assertThat(messages.document().at("/components/messages").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(met);
    }

    private static void walk(Operation operation) throws Exception {
        List<Visit> ways = visits.of(operation.id());
        assertThat(ways).as("who visits " + operation.id()).isNotEmpty();
        List<Example> examples = contract.requests(operation);
        for (int way = 0; way < ways.size(); way++) {
            ContractCall call = ways.get(way).prepare();
            Example first = examples.isEmpty() ? null : examples.get(0);
            if (way == 0) {
                refused(operation, call, first);
            }
            succeeds(operation, call, first);
        }
        Visit clash = visits.clash(operation.id());
        if (clash != null) {
            ContractCall call = clash.prepare();
            Example first = examples.isEmpty() ? null : examples.get(0);
            refusal(operation, 409, send(operation, call, call.token, mediaType(first), body(call, first)));
        }
        for (Example more : examples.stream().skip(1).toList()) {
            ContractCall call = ways.get(0).prepare();
            badBodies(operation, call, more);
            succeeds(operation, call, more);
        }
    }

    private static String mediaType(Example example) {
        return example == null ? null : example.mediaType();
    }

    private static String body(ContractCall call, Example example) {
        return example == null ? null : call.body(example.value());
    }

    private static void succeeds(Operation operation, ContractCall call, Example example) throws Exception {
        String mediaType = mediaType(example);
        String body = body(call, example);
        HttpResponse<String> answer = send(operation, call, call.token, mediaType, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        if (isLines(answer)) {
            assertThat(answer.body().lines().findFirst().orElseThrow()).doesNotContain("\"problem\"");
        }
        check(operation, answer);
        // again is a repeat, or too late
        check(operation, send(operation, call, call.token, mediaType, body));
    }

    /** Whatever is wrong with a request: the answer says so, and nothing has changed. */
    private static void refused(Operation operation, ContractCall call, Example example) throws Exception {
        String mediaType = mediaType(example);
        String body = body(call, example);
        if (!operation.isOpen()) {
            refusal(operation, 401, send(operation, call, null, mediaType, body));
            refusal(operation, 401, send(operation, call, "no-token", mediaType, body));
            refusal(operation, 403, send(operation, call, hub.token("nobody-we-know"), mediaType, body));
            rights(operation, call, mediaType, body);
        }
        if (documents(operation, 404)) {
            unknown(operation, call, mediaType, body);
        }
        if (documents(operation, 412)) {
            ContractCall stale = again(call);
            stale.headers.put("If-Match", "\"fake\"");
            refusal(operation, 412, send(operation, stale, call.token, mediaType, body));
        }
        for (JsonNode parameter : contract.parameters(operation)) {
            if (parameter.get("in").asText().equals("query")) {
                badParameter(operation, call, parameter);
            }
        }
        badBodies(operation, call, example);
    }

    /**
     * Who has no right to it is refused, and who has is let in: to look at once, to change something as far as what is wrong
     * with the request, so that nothing is changed.
     */
    private static void rights(Operation operation, ContractCall call, String mediaType, String body) throws Exception {
        boolean isLook = operation.method().equalsIgnoreCase("GET");
        // what is not there takes its time to say so: all at once
        Map<String, HttpResponse<String>> answers = ContractRights.everybody().parallelStream()
                // what takes no body cannot be wrong: those who may are tried as the visit is made
                .filter(who ->
                        !operation.method().equalsIgnoreCase("DELETE") || !ContractRights.may(operation.id(), who))
                .collect(Collectors.toConcurrentMap(
                        who -> who,
                        who -> isLook || !ContractRights.may(operation.id(), who)
                                ? asked(operation, call, who, mediaType, body)
                                : asked(operation, call, who, "application/json", "{\"fakeField\":1}")));
        Set<String> wrong = new TreeSet<>();
        for (Map.Entry<String, HttpResponse<String>> one : answers.entrySet()) {
            int status = one.getValue().statusCode();
            boolean isRight = !ContractRights.may(operation.id(), one.getKey())
                    ? status == 403 || status == 404
                    : isLook ? status == 200 : status == 400 || status == 415;
            if (!isRight) {
                wrong.add(one.getKey() + " " + status);
            }
            check(operation, one.getValue());
        }
        assertThat(wrong).as("rights to " + operation.id()).isEmpty();
    }

    private static HttpResponse<String> asked(
            Operation operation, ContractCall call, String who, String mediaType, String body) {
        try {
            return send(operation, call.of(who), ContractRights.token(hub, who), mediaType, body);
        } catch (Exception e) {
            throw new IllegalStateException(who, e);
        }
    }

    private static boolean documents(Operation operation, int status) {
        return !contract.response(operation, status).isMissingNode();
    }

    private static ContractCall again(ContractCall call) {
        ContractCall copy = ContractCall.by(call.token);
        copy.path.putAll(call.path);
        copy.query.putAll(call.query);
        copy.headers.putAll(call.headers);
        return copy;
    }

    private static void unknown(Operation operation, ContractCall call, String mediaType, String body)
            throws Exception {
        for (String name : call.path.keySet()) {
            for (String none : List.of(NOBODY, "fake")) {
                ContractCall wrong = again(call);
                wrong.path.put(name, none);
                refusal(operation, 404, send(operation, wrong, call.token, mediaType, body));
            }
        }
        if (call.path.isEmpty() && !call.query.isEmpty()) {
            ContractCall wrong = again(call);
            wrong.query.replaceAll((name, value) -> SENT);
            refusal(operation, 404, send(operation, wrong, call.token, mediaType, body));
        }
    }

    private static void badParameter(Operation operation, ContractCall call, JsonNode parameter) throws Exception {
        String name = parameter.get("name").asText();
        ContractCall bad = again(call);
        if (parameter.path("required").asBoolean()) {
            bad.query.remove(name);
            faults(refusal(operation, 400, send(operation, bad, call.token, null, null)), "/" + name);
        }
        JsonNode schema = contract.follow(parameter.get("schema"));
        if (schema.has("enum") || schema.has("pattern") || schema.has("format") || schema.has("minimum")) {
            bad.query.put(name, SENT);
            faults(refusal(operation, 400, send(operation, bad, call.token, null, null)), "/" + name);
        }
    }

    private static void badBodies(Operation operation, ContractCall call, Example example) throws Exception {
        if (!documents(operation, 413)) {
            return;
        }
        String mediaType = example == null ? "application/json" : example.mediaType();
        String wrong = mediaType.endsWith("xml") ? "<fake>" + SENT + "</fake>" : "{\"fakeField\":\"" + SENT + "\"}";
        if (!mediaType.endsWith("ndjson")) {
            faults(refusal(operation, 400, send(operation, call, call.token, mediaType, wrong)), null);
        }
        noText(operation, send(operation, call, call.token, mediaType, NO_UTF_8));
        faults(refusal(operation, 415, send(operation, call, call.token, "text/plain", wrong)), null);
        int tooLarge = SignalReading.MANY.contains(mediaType) ? 9_000_000 : 1_200_000;
        refusal(operation, 413, send(operation, call, call.token, mediaType, "x".repeat(tooLarge)));
    }

    /** Bytes that are no text are refused: as a whole, or in the line where they stand. */
    private static void noText(Operation operation, HttpResponse<String> answer) throws Exception {
        if (!isLines(answer)) {
            faults(refusal(operation, 400, answer), null);
            return;
        }
        check(operation, answer);
        JsonNode only = Json.MAPPER.readTree(answer.body());
        assertThat(only.at("/problem/status").asInt()).isEqualTo(400);
        assertThat(only.at("/problem/errors")).isNotEmpty();
    }

    private static boolean isLines(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").startsWith(SignalReading.LINES);
    }

    /** What is said to be wrong, each at its place, and nothing of what was sent. */
    private static void faults(HttpResponse<String> answer, String pointer) throws Exception {
        JsonNode errors = hub.json(answer).path("errors");
        assertThat(errors).as(answer.body()).isNotEmpty();
        if (pointer != null) {
            assertThat(errors.findValuesAsText("pointer")).as(answer.body()).contains(pointer);
        }
    }

    private static HttpResponse<String> refusal(Operation operation, int status, HttpResponse<String> answer)
            throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain(SENT);
        assertThat(hub.json(answer).get("status").asInt()).isEqualTo(status);
        check(operation, answer);
        return answer;
    }

    /** Status, headers, media type and body are as the document says. */
    private static void check(Operation operation, HttpResponse<String> answer) throws Exception {
        String what = operation.name() + " " + answer.statusCode() + " " + answer.body();
        JsonNode documented = contract.response(operation, answer.statusCode());
        assertThat(documented.isMissingNode()).as("not documented: " + what).isFalse();
        MET.computeIfAbsent(operation.id(), id -> new TreeSet<>()).add(answer.statusCode());
        documented.path("headers").properties().forEach(one -> {
            JsonNode header = contract.follow(one.getValue());
            String value = answer.headers().firstValue(one.getKey()).orElse(null);
            if (value == null && !header.path("required").asBoolean()) {
                return;
            }
            assertThat(value).as(one.getKey() + " of " + what).isNotNull();
            JsonNode typed = header.at("/schema/type").asText().equals("integer")
                    ? Json.MAPPER.getNodeFactory().numberNode(Long.parseLong(value))
                    : TextNode.valueOf(value);
            assertThat(contract.faults(header.get("schema"), typed))
                    .as(one.getKey() + " of " + what)
                    .isEmpty();
        });
        if (!documented.has("content")) {
            assertThat(answer.body()).as(what).isEmpty();
            return;
        }
        String mediaType =
                answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
        JsonNode content = documented.path("content").path(mediaType);
        assertThat(content.isMissingNode())
                .as("no " + mediaType + " for " + what)
                .isFalse();
        JsonNode body = mediaType.endsWith("json") && !mediaType.endsWith("ndjson")
                ? hub.json(answer)
                : TextNode.valueOf(answer.body());
        assertThat(contract.faults(content.get("schema"), body)).as(what).isEmpty();
        if (content.has("x-line-schema")) {
            for (String line : answer.body().lines().toList()) {
                assertThat(contract.faults(content.get("x-line-schema"), Json.MAPPER.readTree(line)))
                        .as(line)
                        .isEmpty();
            }
        }
    }

    private static HttpResponse<String> send(
            Operation operation, ContractCall call, String token, String mediaType, String body) throws Exception {
        String path = operation.path();
        for (Map.Entry<String, String> part : call.path.entrySet()) {
            path = path.replace("{" + part.getKey() + "}", part.getValue());
        }
        List<String> query = new ArrayList<>();
        call.query.forEach((name, value) -> query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create(hub.process.url() + "/v1" + path + (query.isEmpty() ? "" : "?" + String.join("&", query))));
        Map<String, String> headers = new HashMap<>(call.headers);
        if (token != null) {
            headers.put("Authorization", "Bearer " + token);
        }
        if (mediaType != null && body != null) {
            headers.put("Content-Type", mediaType);
        }
        headers.forEach(request::header);
        request.timeout(Duration.ofSeconds(30))
                .method(
                        operation.method().toUpperCase(java.util.Locale.ROOT),
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(
                                        body,
                                        body.equals(NO_UTF_8) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
        return operation.id().equals("followQueue")
                ? begin(request.build())
                : HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** An answer that stays open: what it begins with. A problem ends, and may come in pieces. */
    private static HttpResponse<String> begin(HttpRequest request) throws Exception {
        HttpResponse<InputStream> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        byte[] begin = new byte[4096];
        int read;
        try (InputStream body = answer.body()) {
            read = answer.statusCode() == 200 ? body.read(begin) : body.readNBytes(begin, 0, begin.length);
        }
        return new Begun(answer, new String(begin, 0, Math.max(read, 0), StandardCharsets.UTF_8));
    }

    /** The beginning of an answer, as if it were all of it. */
    private record Begun(HttpResponse<InputStream> answer, String body) implements HttpResponse<String> {
        @Override
        public int statusCode() {
            return answer.statusCode();
        }

        @Override
        public HttpRequest request() {
            return answer.request();
        }

        @Override
        public java.util.Optional<HttpResponse<String>> previousResponse() {
            return java.util.Optional.empty();
        }

        @Override
        public java.net.http.HttpHeaders headers() {
            return answer.headers();
        }

        @Override
        public java.util.Optional<javax.net.ssl.SSLSession> sslSession() {
            return java.util.Optional.empty();
        }

        @Override
        public URI uri() {
            return answer.uri();
        }

        @Override
        public HttpClient.Version version() {
            return answer.version();
        }
    }
}
