package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.ConsentDraft;
import nl.wijkhub.sharing.ConsentRegister.Registered;
import nl.wijkhub.sharing.Release;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 15-register-consent: a consent and what it takes back are one transaction; the recalls are sent after it. */
class RegisterConsentRouteTest extends RealDoors {
    private static final String FHIR = "application/fhir+json";
    private static final String KVK = "http://fhir.nl/fhir/NamingSystem/kvk";
    private static final List<Release> RECALLED = List.of(new Release(UUID.randomUUID(), null, null, null, null, null));

    private final WrittenRows written = new WrittenRows(HUB.database);

    RegisterConsentRouteTest() {
        super("15-register-consent", "70-team-queue");
    }

    @Override
    void bind(Registry registry) {
        super.bind(registry);
        registry.bind("oneTransaction", written.transaction());
        registry.bind("consentRegister", new Register());
        stages.bind(registry, "planAttach", "teamQueue");
        stages.work = written::write;
    }

    /** The real register, which finds something to take back. */
    public final class Register {
        public Registered register(ConsentDraft draft) {
            stages.calls.add("consentRegister.register");
            Registered real = HUB.parts.sharing().register.register(draft);
            return new Registered(real.id(), real.created(), RECALLED);
        }
    }

    @Test
    void a_new_consent_is_answered_201_with_the_resource_and_its_place() throws Exception {
        Answer answer = create();

        String id = Json.MAPPER.readTree(answer.body()).get("id").asText();
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.mediaType()).startsWith(FHIR);
        assertThat(answer.headers()).containsEntry("Location", "/fhir/Consent/" + id);
        assertThat(consents()).isEqualTo(1);
    }

    @Test
    void a_consent_is_registered_then_what_it_takes_back_leaves_plan_and_queue_and_then_recalls_are_sent() {
        create();

        assertThat(stages.calls)
                .containsExactly(
                        "consentRegister.register", "planAttach.takeBack", "teamQueue.recall", "teamQueue.send");
        assertThat(stages.given).containsExactly(RECALLED, RECALLED, "teamQueue.recall");
    }

    @Test
    void all_but_the_sending_is_one_transaction() {
        create();

        assertThat(written.seenAt)
                .containsEntry("planAttach.takeBack", 0L)
                .containsEntry("teamQueue.recall", 0L)
                .containsEntry("teamQueue.send", 2L);
    }

    @ParameterizedTest(name = EACH)
    @ValueSource(strings = {"planAttach.takeBack", "teamQueue.recall"})
    void when_a_step_fails_no_consent_is_registered_and_nothing_is_sent(String step) {
        written.fails = step;

        assertThat(create().status()).isEqualTo(500);

        assertThat(consents()).isZero();
        assertThat(written.committed()).isZero();
        assertThat(stages.calls).doesNotContain("teamQueue.send");
    }

    @Test
    void an_update_is_answered_200_and_goes_the_same_way() throws Exception {
        String id = Json.MAPPER.readTree(create().body()).get("id").asText();
        stages.calls.clear();

        Answer answer = post(
                "update-consent",
                "zorg-demo",
                FHIR,
                consent("inactive", "\"id\":\"" + id + "\","),
                Map.of("consent", id));

        assertThat(answer.body()).contains("inactive");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Location", "/fhir/Consent/" + id);
        assertThat(stages.calls).hasSize(4);
    }

    @Test
    void a_consent_for_a_partner_is_kept_and_read_back_as_it_was_sent() throws Exception {
        Answer answer =
                createFor("{\"identifier\":{\"system\":\"" + KVK + "\",\"value\":\"99990005\"},\"display\":\"Fake\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(Json.MAPPER.readTree(answer.body()).at("/meta/tag").isMissingNode())
                .isTrue();
        assertThat(actor(answer).at("/reference/identifier/value").asText()).isEqualTo("99990005");
        assertThat(actor(answer).at("/reference/display").asText()).isEqualTo("Fake");
        assertThat(organisations()).isEqualTo("[\"zorg-demo\"]");
    }

    @Test
    void a_consent_for_an_organisation_nobody_knows_is_kept_and_says_that_it_opens_nothing() throws Exception {
        Answer answer = createFor("{\"identifier\":{\"system\":\"" + KVK + "\",\"value\":\"99990099\"}}");
        Answer found = search(Map.of("identifier", "https://zorg.example/toestemming|T-1"));

        assertThat(answer.status()).isEqualTo(201);
        JsonNode tag = Json.MAPPER.readTree(answer.body()).at("/meta/tag");
        assertThat(tag).hasSize(1);
        assertThat(tag.at("/0/system").asText()).isEqualTo("urn:wijkhub:codesystem:consent-note");
        assertThat(tag.at("/0/code").asText()).isEqualTo("unknown-organisation");
        assertThat(tag.at("/0/display").asText()).contains("kvk 99990099", "geeft niets vrij");
        assertThat(organisations()).isEqualTo("[\"kvk|99990099\"]");
        assertThat(Json.MAPPER.readTree(found.body()).at("/entry/0/resource/meta/tag"))
                .hasSize(1);
    }

    @Test
    void what_was_read_is_sent_back_without_its_tag_counting_twice() throws Exception {
        ObjectNode read = (ObjectNode)
                Json.MAPPER.readTree(createFor("{\"identifier\":{\"system\":\"" + KVK + "\",\"value\":\"99990099\"}}")
                        .body());
        String id = read.get("id").asText();

        Answer again = post("update-consent", "zorg-demo", FHIR, read.toString(), Map.of("consent", id));
        ((ObjectNode) read.at("/provision/actor/0/reference/identifier")).put("value", "99990005");
        Answer known = post("update-consent", "zorg-demo", FHIR, read.toString(), Map.of("consent", id));

        assertThat(Json.MAPPER.readTree(again.body()).at("/meta/tag")).hasSize(1);
        assertThat(known.status()).isEqualTo(200);
        assertThat(Json.MAPPER.readTree(known.body()).at("/meta/tag")).isEmpty();
    }

    @Test
    void an_organisation_may_be_contained_and_its_faults_are_told_where_it_stands() {
        String contained = "{\"resourceType\":\"Organization\",\"id\":\"o\",\"identifier\":[{\"system\":\"" + KVK
                + "\",\"value\":\"%s\"}]},";

        Answer refused = post(
                "create-consent",
                "zorg-demo",
                FHIR,
                consent("active", "", contained.formatted("9"), "{\"reference\":\"#o\"}"));
        Answer taken = post(
                "create-consent",
                "zorg-demo",
                FHIR,
                consent("active", "", contained.formatted("99990005"), "{\"reference\":\"#o\"}"));

        isRefused(refused, 400, "Consent.contained[0].identifier[0].value");
        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.body()).contains("Organization");
        assertThat(organisations()).isEqualTo("[\"zorg-demo\"]");
    }

    @Test
    void a_consent_for_a_person_or_for_nobody_findable_is_refused_at_its_place() {
        isRefused(
                createFor("{\"reference\":\"Practitioner/fake\"}"),
                400,
                "Consent.provision.actor[0].reference.reference");
        isRefused(createFor("{\"display\":\"Fake\"}"), 400, "Consent.provision.actor[0].reference");
        assertThat(consents()).isZero();
    }

    @Test
    void a_consent_that_names_more_than_anybody_can_have_meant_is_refused() {
        String one = "{\"identifier\":{\"system\":\"" + KVK + "\",\"value\":\"99990005\"}}";
        String more = (one + "},{\"role\":{\"text\":\"Fake\"},\"reference\":").repeat(99) + one;

        assertThat(createFor(more).status()).isEqualTo(201);
        isRefused(createFor(one + "},{\"reference\":" + more), 400, "too-many");
    }

    @Test
    void a_search_finds_what_was_registered() {
        create();

        Answer answer = search(Map.of("identifier", "https://zorg.example/toestemming|T-1"));

        assertThat(answer.body()).contains("\"total\":1", "patient-privacy");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(search(Map.of("identifier", "https://zorg.example/toestemming|T-2"))
                        .body())
                .contains("\"total\":0");
    }

    @Test
    void a_search_that_is_no_form_is_refused() {
        isRefused(search("identifier=T-1"), 400, "malformed-input");
        isRefused(search(Map.of("name", "Fake")), 400, "unknown-parameter");
    }

    @Test
    void what_is_no_consent_is_refused_as_an_operation_outcome() {
        Answer answer = post("create-consent", "zorg-demo", FHIR, "{\"resourceType\":\"Patient\"}");

        isRefused(answer, 400, "OperationOutcome");
        assertThat(stages.calls).isEmpty();
    }

    @ParameterizedTest(name = EACH)
    @ValueSource(strings = {"create-consent", "update-consent"})
    void both_doors_are_closed_to_others(String door) {
        isClosedToOthers(door, "zorg-demo", FHIR);
    }

    private Answer create() {
        return post("create-consent", "zorg-demo", FHIR, consent("active", ""));
    }

    private Answer createFor(String reference) {
        return post("create-consent", "zorg-demo", FHIR, consent("active", "", "", reference));
    }

    private static JsonNode actor(Answer answer) throws Exception {
        return Json.MAPPER.readTree(answer.body()).at("/provision/actor/0");
    }

    private static String organisations() {
        return TestDatabase.store()
                .with(h -> h.createQuery("select facts #>> '{provisions,0,organisations}' from consent")
                        .mapTo(String.class)
                        .one());
    }

    private Answer search(Object form) {
        return post("search-consent", "zorg-demo", "application/x-www-form-urlencoded", form, Map.of());
    }

    private static long consents() {
        return TestDatabase.store().with(h -> h.createQuery("select count(*) from consent")
                .mapTo(Long.class)
                .one());
    }

    private static String consent(String status, String id) {
        return consent(status, id, "", null);
    }

    /** @param reference of its actor; null for one by role */
    private static String consent(String status, String id, String contained, String reference) {
        return """
                {"resourceType":"Consent",%s"contained":[%s{"resourceType":"Patient","id":"p",
                 "identifier":[{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"999990342"}]}],
                 "identifier":[{"system":"https://zorg.example/toestemming","value":"T-1"}],"status":"%s",
                 "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IDSCL"}]}],
                 "patient":{"reference":"#p"},"dateTime":"2026-11-20",
                 "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTOUT"}]},
                 "provision":{"type":"permit","period":{"start":"2026-01-01","end":"2036-01-01"},"actor":[
                  {"role":{"coding":[%s]},"reference":%s}]}}
                """.formatted(
                        id,
                        contained,
                        status,
                        reference == null
                                ? "{\"system\":\"urn:wijkhub:codesystem:discipline\",\"code\":\"WELFARE\"}"
                                : "{\"code\":\"IRCP\"}",
                        reference == null ? "{\"display\":\"Fake\"}" : reference);
    }
}
