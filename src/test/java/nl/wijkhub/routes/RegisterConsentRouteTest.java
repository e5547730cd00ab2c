package nl.wijkhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

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

    private Answer search(Object form) {
        return post("search-consent", "zorg-demo", "application/x-www-form-urlencoded", form, Map.of());
    }

    private static long consents() {
        return TestDatabase.store().with(h -> h.createQuery("select count(*) from consent")
                .mapTo(Long.class)
                .one());
    }

    private static String consent(String status, String id) {
        return """
                {"resourceType":"Consent",%s"contained":[{"resourceType":"Patient","id":"p",
                 "identifier":[{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"999990342"}]}],
                 "identifier":[{"system":"https://zorg.example/toestemming","value":"T-1"}],"status":"%s",
                 "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
                 "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IDSCL"}]}],
                 "patient":{"reference":"#p"},"dateTime":"2026-11-20",
                 "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTOUT"}]},
                 "provision":{"type":"permit","period":{"start":"2026-01-01","end":"2036-01-01"},"actor":[
                  {"role":{"coding":[{"system":"urn:wijkhub:codesystem:discipline","code":"WELFARE"}]},
                   "reference":{"display":"Fake"}}]}}
                """.formatted(id, status);
    }
}
