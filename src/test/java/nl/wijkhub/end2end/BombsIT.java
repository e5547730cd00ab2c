package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import nl.wijkhub.Contract;
import nl.wijkhub.ForeignAmqp;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Numbers and texts that ask for more than there is, in every value of every message, at every door: each is answered with
 * what is wrong, the hub lives on, and nothing of it stands in an answer or a log.
 */
class BombsIT {
    private static final String JSON = "application/json";
    private static final String FHIR = "application/fhir+json";
    private static final String FHIR_XML = "application/fhir+xml";
    private static final String EVENT = "application/cloudevents+json";
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Pattern IDS = Pattern.compile("\\b[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\\b");

    private static final Map<String, String> SAMPLES = Map.of(
            "/v1/partners/housing/zaken", "housing/noise-in-one-house",
            "/v1/partners/housing/signaleringen", "housing/signalering-noise",
            "/v1/partners/police/reports", "police/acute-threat-escalates",
            "/v1/partners/welfare/intakes", "welfare/consent-for-care",
            "/v1/partners/care/notes", "care/consent-for-police-danger",
            "/v1/partners/public-space/signals", "public-space/category-by-its-slugs");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private static RunningHub hub;
    private static long pid;
    private static final int AT_ONCE = 8;
    private final Semaphore inFlight = new Semaphore(AT_ONCE);
    private int sent;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start();
        pid = hub.process.pid();
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(hub).ifPresent(RunningHub::close);
    }

    @AfterEach
    void the_hub_lives_on_and_its_log_says_nothing_of_it() throws Exception {
        assertThat(hub.process.isAlive()).isTrue();
        assertThat(hub.process.pid()).isEqualTo(pid);
        assertThat(hub.process.isReady()).isTrue();
        assertThat(hub.log().lines())
                .noneMatch(BombsIT::repeats)
                .noneMatch(line -> line.contains("event=door.failed")
                        || line.contains("event=request.failed")
                        || line.contains("event=message.failed")
                        || line.contains("event=message.parked")
                        || line.contains("OutOfMemory")
                        || line.contains("StackOverflow"));
        System.out.println("bombs sent: " + sent);
    }

    @Test
    void at_the_doors_of_partners() throws Exception {
        Collection<String> fallen = new ConcurrentLinkedQueue<>();
        for (Map.Entry<String, String> door : SAMPLES.entrySet()) {
            JsonNode sample = sample(door.getValue());
            String mediaType = sample.path("mediaType").asText(JSON);
            String partner = sample.path("partner").asText();
            for (Map.Entry<String, String> bomb : Bombs.in(sample.get("body")).entrySet()) {
                post(partner, "POST", door.getKey(), mediaType, Map.of(), bomb, fallen);
            }
        }
        JsonNode unit =
                Json.MAPPER.readTree("{\"bagId\":\"9999010000000001\",\"postcode\":\"9990 AB\",\"huisnummer\":5}");
        for (Map.Entry<String, String> bomb : Bombs.in(unit).entrySet()) {
            post("corporatie-demo", "PUT", "/v1/partners/housing/eenheden/E-1", JSON, Map.of(), bomb, fallen);
            post(
                    "corporatie-demo",
                    "POST",
                    "/v1/partners/housing/eenheden",
                    "application/x-ndjson",
                    Map.of(),
                    bomb,
                    fallen);
        }
        assertNothingFell(fallen);
    }

    @Test
    void in_the_shared_language_alone_as_an_event_and_among_many() throws Exception {
        Collection<String> fallen = new ConcurrentLinkedQueue<>();
        ObjectNode event = (ObjectNode) Json.MAPPER.readTree("""
                {"specversion":"1.0","id":"fake","source":"urn:nld:oin:00000009999999999002:systeem:fake",
                 "type":"nl.fake.signaal-gemeld.v1","subject":"fake","fakeextension":5}""");
        event.set("data", Json.MAPPER.readTree(signal()));
        for (Map.Entry<String, String> bomb :
                Bombs.in(Json.MAPPER.readTree(signal())).entrySet()) {
            post("gemeente-demo", "POST", "/v1/signals", JSON, Map.of(), bomb, fallen);
            post("gemeente-demo", "POST", "/v1/signals", "application/x-ndjson", Map.of(), bomb, fallen);
        }
        for (Map.Entry<String, String> bomb : Bombs.in(event).entrySet()) {
            post("gemeente-demo", "POST", "/v1/signals", EVENT, Map.of(), bomb, fallen);
            Map.Entry<String, String> batch = Map.entry(bomb.getKey() + " (batch)", '[' + bomb.getValue() + ']');
            post("gemeente-demo", "POST", "/v1/signals", "application/cloudevents-batch+json", Map.of(), batch, fallen);
        }
        for (String header : List.of("ce-id", "ce-type", "ce-source", "ce-subject", "ce-time", "ce-fakeextension")) {
            for (Map.Entry<String, String> bomb : bombsOfOneLine()) {
                Map<String, String> headers = new LinkedHashMap<>(Map.of(
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "fake",
                        "ce-type",
                        "nl.fake.gemeld.v1",
                        "ce-source",
                        "urn:fake"));
                headers.put(
                        header,
                        bomb.getValue()
                                .substring(0, Math.min(6_000, bomb.getValue().length())));
                post(
                        "gemeente-demo",
                        "POST",
                        "/v1/signals",
                        JSON,
                        headers,
                        Map.entry(header + ": " + bomb.getKey(), signal()),
                        fallen);
            }
        }
        assertNothingFell(fallen);
    }

    @Test
    void in_xml_and_fhir() throws Exception {
        Collection<String> fallen = new ConcurrentLinkedQueue<>();
        String report = Files.readString(golden("police/article-20-without-decision/message.xml"));
        for (Map.Entry<String, String> bomb : Bombs.inXml(report).entrySet()) {
            post("politie-demo", "POST", "/v1/partners/police/reports", "application/xml", Map.of(), bomb, fallen);
        }
        FhirContext r4 = FhirContext.forR4();
        for (String door : List.of("/v1/partners/welfare/intakes", "/v1/partners/care/notes")) {
            JsonNode sample = sample(SAMPLES.get(door));
            String xml = r4.newXmlParser()
                    .encodeResourceToString(r4.newJsonParser()
                            .parseResource(Bundle.class, sample.get("body").toString()));
            for (Map.Entry<String, String> bomb : Bombs.inXml(xml).entrySet()) {
                post(sample.path("partner").asText(), "POST", door, FHIR_XML, Map.of(), bomb, fallen);
            }
        }
        JsonNode consent = consent();
        for (Map.Entry<String, String> bomb : Bombs.in(consent).entrySet()) {
            post("zorg-demo", "POST", "/fhir/Consent", FHIR, Map.of(), bomb, fallen);
            post("zorg-demo", "PUT", "/fhir/Consent/" + UUID.randomUUID(), FHIR, Map.of(), bomb, fallen);
        }
        for (Map.Entry<String, String> bomb : Bombs.in(subscription()).entrySet()) {
            post("zorg-demo", "POST", "/fhir/Subscription", FHIR, Map.of(), bomb, fallen);
        }
        assertNothingFell(fallen);
    }

    @Test
    void more_consents_than_anybody_gives_are_refused_each_at_its_place() throws Exception {
        JsonNode sample = sample(SAMPLES.get("/v1/partners/care/notes")).get("body");
        ObjectNode many = sample.deepCopy();
        for (int i = 0; i < 21; i++) {
            ObjectNode entry = sample.at("/entry/2").deepCopy();
            entry.put("fullUrl", "urn:uuid:00000000-0000-4000-8000-1000000000" + (10 + i));
            ((ObjectNode) entry.at("/resource/identifier/0")).put("value", "fake-consent-" + i);
            ((ArrayNode) many.get("entry")).add(entry);
        }
        ObjectNode deep = sample.deepCopy();
        ArrayNode provisions = ((ObjectNode) deep.at("/entry/2/resource/provision")).putArray("provision");
        for (int i = 0; i < 201; i++) {
            provisions.addObject().put("type", "permit");
        }

        HttpResponse<String> ofMany = hub.post("zorg-demo", "/v1/partners/care/notes", FHIR, many.toString());
        HttpResponse<String> ofDeep = hub.post("zorg-demo", "/v1/partners/care/notes", FHIR, deep.toString());

        assertThat(ofMany.statusCode()).isEqualTo(400);
        assertThat(ofMany.body())
                .contains("/entry/22/resource", "/entry/23/resource")
                .doesNotContain("/entry/21/resource\"");
        assertThat(ofDeep.statusCode()).isEqualTo(400);
        assertThat(ofDeep.body()).contains("/entry/2/resource/provision", "too-many");
    }

    @Test
    void at_every_operation_of_the_api() throws Exception {
        Collection<String> fallen = new ConcurrentLinkedQueue<>();
        Contract contract = new Contract(hub.json(hub.get(hub.token("gemeente-demo"), "/v1/openapi.json")));
        int operations = 0;
        for (Contract.Operation operation : contract.operations()) {
            String path = operation.path();
            if (path.startsWith("/partners/") || path.equals("/signals")) {
                continue;
            }
            String place = "/v1"
                    + path.replace("{team}", "vb-noord")
                            .replaceAll("\\{[^}]*[cC]ode}", "BU99990101")
                            .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
            for (Contract.Example example : contract.requests(operation)) {
                if (!example.value().isObject()) {
                    continue;
                }
                operations++;
                for (Map.Entry<String, String> bomb : Bombs.in(example.value()).entrySet()) {
                    String caller = ContractRights.anyoneWhoMay(operation.id());
                    post(
                            caller,
                            operation.method().toUpperCase(java.util.Locale.ROOT),
                            place,
                            example.mediaType(),
                            Map.of(),
                            bomb,
                            fallen);
                }
            }
        }
        assertThat(operations).isGreaterThan(20);
        assertNothingFell(fallen);
    }

    @Test
    void in_forms_addresses_and_tokens() throws Exception {
        Collection<String> fallen = new ConcurrentLinkedQueue<>();
        for (Map.Entry<String, String> bomb : bombsOfOneLine()) {
            String encoded = URLEncoder.encode(bomb.getValue(), StandardCharsets.UTF_8);
            form("/receipt", "code=" + encoded, null, bomb.getKey(), fallen);
            form(
                    "/fhir/Consent/_search",
                    "patient.identifier=" + encoded,
                    hub.token("zorg-demo"),
                    bomb.getKey(),
                    fallen);
            String inAddress =
                    encoded.substring(0, Math.min(2_000, encoded.length())).replaceAll("%[0-9A-F]?$", "");
            for (String query : List.of("pageSize=", "after=", "sort=", "state=")) {
                look(
                        "/v1/teams/vb-noord/queue-items?" + query + inAddress,
                        hub.user("medewerker-demo"),
                        bomb.getKey(),
                        fallen);
            }
            look("/v1/receipts/" + inAddress, null, bomb.getKey(), fallen);
            String claims = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(("{\"iss\":\"fake\",\"exp\":" + Bombs.MARK + "e1000000000,\"iat\":\"x\"}")
                            .getBytes(StandardCharsets.UTF_8));
            look("/v1/signals?reference=fake", "eyJhbGciOiJSUzI1NiJ9." + claims + ".ZmFrZQ", bomb.getKey(), fallen);
        }
        assertNothingFell(fallen);
    }

    @Test
    void by_amqp() throws Exception {
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (Map.Entry<String, String> door : SAMPLES.entrySet()) {
            JsonNode sample = sample(door.getValue());
            String partner = sample.path("partner").asText();
            List<String> bodies = new ArrayList<>();
            Bombs.in(sample.get("body")).forEach((name, body) -> {
                if (name.contains(": a gigabyte")
                        || name.contains(": an exponent past")
                        || name.contains(": many digits")) {
                    bodies.add(body);
                }
            });
            send(partner, sample.path("mediaType").asText(JSON), bodies);
            expected.merge(partner, bodies.size(), Integer::sum);
        }
        List<String> signals = new ArrayList<>();
        Bombs.in(Json.MAPPER.readTree(signal())).forEach((name, body) -> {
            if (!name.contains(": text")) {
                signals.add(body);
            }
        });
        send("opbouwwerk-demo", JSON, signals);
        expected.put("opbouwwerk-demo", signals.size());
        for (Map.Entry<String, Integer> partner : expected.entrySet()) {
            await().atMost(SOON).untilAsserted(() -> assertThat(quarantined(partner.getKey()))
                    .as(partner.getKey())
                    .hasSize(partner.getValue())
                    .allMatch(entry -> entry.contains("number-too-large"))
                    .noneMatch(BombsIT::repeats));
        }
    }

    /** Every entry, as the partner sees it. */
    private static List<String> quarantined(String partner) throws Exception {
        List<String> entries = new ArrayList<>();
        String after = "";
        while (after != null) {
            JsonNode page = hub.json(hub.get(hub.token(partner), "/v1/quarantine?pageSize=100" + after));
            page.path("items").forEach(entry -> entries.add(entry.toString()));
            after = page.has("next") ? "&after=" + page.get("next").asText() : null;
        }
        return entries;
    }

    private void send(String partner, String mediaType, List<String> bodies) {
        Vault vault = Vault.open(hub.config().resolve("secrets"));
        try (ForeignAmqp amqp =
                new ForeignAmqp(hub.process.amqpPort(), partner, BrokerLogins.passwordOf(vault, partner))) {
            for (String body : bodies) {
                sent++;
                amqp.send(
                        "signal.in." + partner, ForeignAmqp.message(mediaType, body.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private void post(
            String caller,
            String method,
            String path,
            String mediaType,
            Map<String, String> headers,
            Map.Entry<String, String> bomb,
            Collection<String> fallen)
            throws Exception {
        String token = ContractRights.USERS.contains(caller) ? hub.user(caller) : hub.token(caller);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub.process.url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", mediaType)
                .method(method, HttpRequest.BodyPublishers.ofString(bomb.getValue()));
        headers.forEach(request::header);
        note(request.build(), method + ' ' + path + ' ' + bomb.getKey(), fallen);
    }

    private void form(String path, String body, String token, String name, Collection<String> fallen) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub.process.url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        note(request.build(), "form " + path + ' ' + name, fallen);
    }

    private void look(String path, String token, String name, Collection<String> fallen) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(hub.process.url() + path)).timeout(Duration.ofSeconds(30));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        note(request.build(), "GET " + path.substring(0, Math.min(60, path.length())) + ' ' + name, fallen);
    }

    /** What gets no answer, or one that is the hub's own fault, has made something fall; what is not let in has tried nothing. */
    private void note(HttpRequest request, String what, Collection<String> fallen) throws InterruptedException {
        sent++;
        inFlight.acquire();
        HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((answer, noAnswer) -> {
            if (noAnswer != null) {
                fallen.add(noAnswer.getClass().getSimpleName() + ' ' + what);
            } else if (answer.statusCode() >= 500
                    || answer.statusCode() == 415
                    || answer.statusCode() == 403
                    || answer.body().contains("\"status\":500")) {
                fallen.add(answer.statusCode() + " " + what);
            } else if (answer.statusCode() >= 400 && repeats(answer.body())) {
                fallen.add(answer.statusCode() + " repeats it, " + what);
            }
            inFlight.release();
        });
    }

    private void assertNothingFell(Collection<String> fallen) throws InterruptedException {
        inFlight.acquire(AT_ONCE);
        inFlight.release(AT_ONCE);
        assertThat(fallen).isEmpty();
    }

    /** A number of ids may hold these digits by chance, so the ids are taken out first. */
    private static boolean repeats(String text) {
        String told = IDS.matcher(text).replaceAll("");
        return told.contains(Bombs.MARK + Bombs.MARK)
                || told.contains(Bombs.MARK + "e")
                || told.contains(Bombs.MARK + "E");
    }

    private static List<Map.Entry<String, String>> bombsOfOneLine() {
        List<Map.Entry<String, String>> bombs = new ArrayList<>(Bombs.NUMBERS.entrySet());
        Bombs.TEXTS.forEach((name, text) -> {
            if (text.chars().allMatch(c -> c < 128)) {
                bombs.add(Map.entry(name, text));
            }
        });
        return bombs;
    }

    private static String signal() {
        return """
                {"reference":"fake-bomb","occurredAt":"2026-11-20T10:00:00Z","reportedAt":"2026-11-20T10:00:00Z",\
                "category":"nuisance.noise","severity":"low","experiencedImpact":3,"narrative":"fictief",\
                "subject":{"household":{"address":{"postalCode":"9990 AB","houseNumber":12,"addition":"A"},\
                "persons":[{"role":"tenant","name":"Fake Bewoner","birthDate":"1970-01-01"}]}},\
                "reporter":{"name":"Fake Melder","phone":"0000","sharingAllowed":false},\
                "ground":{"article":"Wmo2015"}}""";
    }

    private static JsonNode subscription() throws IOException {
        String ig = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";
        return Json.MAPPER.readTree("""
                {"resourceType":"Subscription","status":"requested","reason":"Fictieve reden",
                 "criteria":"%s/fhir/SubscriptionTopic/escalation",
                 "_criteria":{"extension":[{"url":"%sbackport-filter-criteria","valueString":"Task?level=1"}]},
                 "channel":{"extension":[{"url":"%sbackport-heartbeat-period","valueUnsignedInt":60}],
                  "type":"rest-hook","endpoint":"http://127.0.0.1:9/fake","payload":"application/fhir+json",
                  "_payload":{"extension":[{"url":"%sbackport-payload-content","valueCode":"empty"}]}}}
                """.formatted(hub.process.url(), ig, ig, ig));
    }

    private static JsonNode consent() throws IOException {
        JsonNode bundle = sample(SAMPLES.get("/v1/partners/care/notes")).get("body");
        ObjectNode consent = bundle.at("/entry/2/resource").deepCopy();
        ObjectNode patient = bundle.at("/entry/1/resource").deepCopy();
        consent.putArray("contained").add(patient.put("id", "p"));
        consent.putObject("patient").put("reference", "#p");
        consent.putArray("performer").addObject().put("reference", "#p");
        return consent;
    }

    private static JsonNode sample(String name) throws IOException {
        return Json.MAPPER.readTree(Files.readString(golden(name).resolve("00-in.json")));
    }

    private static Path golden(String name) {
        return Path.of("src/test/golden").resolve(name);
    }
}
