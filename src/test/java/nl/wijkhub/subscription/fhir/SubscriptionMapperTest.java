package nl.wijkhub.subscription.fhir;

import static nl.wijkhub.subscription.SubscriptionFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.fhir.FhirOutcome;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.subscription.EventType;
import nl.wijkhub.subscription.SinkPolicy;
import nl.wijkhub.subscription.Subscription.Content;
import nl.wijkhub.subscription.Subscription.Credential;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.Subscriptions.Wish;
import nl.wijkhub.subscription.WishPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Subscription of the Backport IG is read whole, and refused with every fault at its place. */
class SubscriptionMapperTest {
    private static final String JSON = "application/fhir+json";
    private static final String IG = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";
    private static final Partner CARE = new Partner(
            "zorg-demo",
            "Fictieve zorg",
            Discipline.CARE,
            Set.of(),
            null,
            true,
            10,
            Set.of("WK999901", "BU99990201"),
            0);
    private static final String GOOD = """
            {"resourceType":"Subscription","status":"requested","reason":"Fictieve reden",
             "criteria":"https://hub.example.nl/fhir/SubscriptionTopic/escalation",
             "_criteria":{"extension":[{"url":"%1$sbackport-filter-criteria","valueString":"Task?area=BU99990101,BU99990201&level=2,3"}]},
             "channel":{"extension":[{"url":"%1$sbackport-heartbeat-period","valueUnsignedInt":60},
               {"url":"%1$sbackport-timeout","valueUnsignedInt":60},{"url":"%1$sbackport-max-count","valuePositiveInt":20}],
              "type":"rest-hook","endpoint":"https://ontvanger.example.nl/fhir","payload":"application/fhir+json",
              "_payload":{"extension":[{"url":"%1$sbackport-payload-content","valueCode":"id-only"}]},
              "header":["Authorization: Bearer fake-secret"]}}
            """.formatted(IG);

    private final SubscriptionMapper mapper = mapper(true, false);

    private static SubscriptionMapper mapper(boolean mayHear, boolean isFull) {
        return new SubscriptionMapper(
                new Backport("https://hub.example.nl/fhir"),
                new WishPolicy(new SinkPolicy(List.of()), (type, partner) -> mayHear, client -> isFull),
                Duration.ofSeconds(10),
                Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @Test
    void a_whole_wish_is_read() {
        Wish wish = mapper.wish(CARE, bytes(GOOD), JSON);

        assertThat(wish.types()).containsExactly(EventType.ESCALATION.type());
        assertThat(wish.areas()).containsExactlyInAnyOrder("BU99990101", "BU99990201");
        assertThat(wish.levels()).containsExactlyInAnyOrder(2, 3);
        assertThat(wish.protocol()).isEqualTo(Protocol.FHIR);
        assertThat(wish.content()).isEqualTo(Content.ID_ONLY);
        assertThat(wish.heartbeatSeconds()).isEqualTo(60);
        assertThat(wish.sink()).isEqualTo(URI.create("https://ontvanger.example.nl/fhir"));
        assertThat(wish.credential().kind()).isEqualTo(Credential.CredentialKind.AUTHORIZATION);
        assertThat(wish.credential().clientSecret()).isEqualTo("Bearer fake-secret");
    }

    @Test
    void the_least_there_can_be_is_everything_the_partner_may_hear_of() {
        Wish wish = mapper.wish(CARE, bytes("""
                {"resourceType":"Subscription","status":"requested","reason":"Fictieve reden",
                 "criteria":"http://127.0.0.1:8080/fhir/SubscriptionTopic/escalation",
                 "channel":{"type":"rest-hook","endpoint":"https://ontvanger.example.nl/","payload":"application/fhir+json",
                  "_payload":{"extension":[{"url":"%sbackport-payload-content","valueCode":"empty"}]}}}
                """.formatted(IG)), JSON);

        assertThat(wish.areas()).isEqualTo(CARE.areas());
        assertThat(wish.levels()).isEmpty();
        assertThat(wish.content()).isEqualTo(Content.EMPTY);
        assertThat(wish.heartbeatSeconds()).isZero();
        assertThat(wish.credential()).isNull();
    }

    @Test
    void xml_is_read_alike() {
        Wish wish = mapper.wish(CARE, bytes("""
                <Subscription xmlns="http://hl7.org/fhir"><status value="requested"/><reason value="Fictieve reden"/>
                <criteria value="https://hub.example.nl/fhir/SubscriptionTopic/escalation">
                 <extension url="%1$sbackport-filter-criteria"><valueString value="level=4"/></extension></criteria>
                <channel><type value="rest-hook"/><endpoint value="https://ontvanger.example.nl/"/>
                 <payload value="application/fhir+json">
                  <extension url="%1$sbackport-payload-content"><valueCode value="empty"/></extension></payload>
                </channel></Subscription>
                """.formatted(IG)), "application/fhir+xml");

        assertThat(wish.levels()).containsExactly(4);
        assertThat(wish.content()).isEqualTo(Content.EMPTY);
    }

    /** What is put at a place (nothing to take it away) → the code of the fault, and where it is blamed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "nothing",
            value = {
                "/status|nothing|missing|Subscription.status",
                "/status|\"active\"|not-in-list|Subscription.status",
                "/status|\"fake\"|wrong-form|Subscription.status",
                "/reason|nothing|missing|Subscription.reason",
                "/end|\"2027-01-01T00:00:00Z\"|not-taken|Subscription.end",
                "/error|\"fake\"|not-taken|Subscription.error",
                "/id|\"fake\"|id-not-allowed|Subscription.id",
                "/fake|1|unknown-field|Subscription.fake",
                "/extension|[{\"url\":\"urn:fake\",\"valueCode\":\"fake\"}]|unknown-extension|Subscription.extension[0]",
                "/modifierExtension|[{\"url\":\"urn:fake\",\"valueCode\":\"fake\"}]|modifier-extension|Subscription.modifierExtension",
                "/contained|[{\"resourceType\":\"Basic\",\"id\":\"fake\",\"code\":{\"text\":\"fake\"}}]|not-taken|Subscription.contained",
                "/criteria|nothing|missing|Subscription.criteria",
                "/criteria|\"https://hub.example.nl/fhir/SubscriptionTopic/fake\"|not-in-list|Subscription.criteria",
                "/criteria|\"Task?status=requested\"|not-in-list|Subscription.criteria",
                "/_criteria/extension/0/url|\"urn:fake\"|unknown-extension|Subscription.criteria.extension[0]",
                "/_criteria/extension/0/valueString|\"Task?fake=1\"|unknown-filter|Subscription.criteria.extension[0].value",
                "/_criteria/extension/0/valueString|\"Patient?area=BU99990101\"|unknown-filter|Subscription.criteria.extension[0].value",
                "/_criteria/extension/0/valueString|\"Task?area:in=BU99990101\"|unknown-filter|Subscription.criteria.extension[0].value",
                "/_criteria/extension/0/valueString|\"Task?\"|wrong-form|Subscription.criteria.extension[0].value",
                "/_criteria/extension/0/valueString|\"Task?level=%\"|wrong-form|Subscription.criteria.extension[0].value",
                "/_criteria/extension/0/valueString|\"Task?level=2&level=3\"|too-many|Subscription.criteria.extension[0].value",
                "/_criteria/extension/0/valueString|\"Task?level=5\"|out-of-range|Subscription.criteria.extension[0].value",
                "/_criteria/extension/0/valueString|\"Task?area=GM0363\"|not-yours|Subscription.criteria.extension[0].value",
                "/_criteria/extension/0/valueString|\"Task?area=GM9999\"|not-yours|Subscription.criteria.extension[0].value",
                "/channel|nothing|missing|Subscription.channel.type",
                "/channel/type|\"websocket\"|not-in-list|Subscription.channel.type",
                "/channel/_type|{\"extension\":[{\"url\":\"urn:fake\",\"valueCode\":\"fake\"}]}|unknown-extension|Subscription.channel.type.extension[0]",
                "/channel/endpoint|nothing|missing|Subscription.channel.endpoint",
                "/channel/endpoint|\"https://10.0.0.1/\"|address-refused|Subscription.channel.endpoint",
                "/channel/endpoint|\"ftp://example.nl/\"|no-https|Subscription.channel.endpoint",
                "/channel/payload|nothing|missing|Subscription.channel.payload",
                "/channel/payload|\"application/fhir+xml\"|not-in-list|Subscription.channel.payload",
                "/channel/_payload|nothing|missing|Subscription.channel.payload.extension",
                "/channel/_payload/extension/0/valueCode|\"full-resource\"|content-not-taken|Subscription.channel.payload.extension[0].value",
                "/channel/_payload/extension/0/valueCode|\"fake\"|not-in-list|Subscription.channel.payload.extension[0].value",
                "/channel/extension/0/valueUnsignedInt|0|out-of-range|Subscription.channel.extension[0].value",
                "/channel/extension/0/valueUnsignedInt|99999999|out-of-range|Subscription.channel.extension[0].value",
                "/channel/extension/1/valueUnsignedInt|9|out-of-range|Subscription.channel.extension[1].value",
                "/channel/extension/1/url|\"urn:fake\"|unknown-extension|Subscription.channel.extension[1]",
                "/channel/extension/2/valuePositiveInt|nothing|wrong-type|Subscription.channel.extension[2].value",
                "/channel/header|[\"X-Fake: 1\"]|header-not-taken|Subscription.channel.header[0]",
                "/channel/header|[\"Authorization: a\\r\\nX-Fake: 1\"]|header-not-taken|Subscription.channel.header[0]",
                "/channel/header|[\"Authorization: a\",\"Authorization: b\"]|too-many|Subscription.channel.header[1]",
            })
    void a_fault_is_told_at_its_place(String place, String instead, String code, String expression) {
        assertThat(faults(mapper, put(GOOD, place, instead))).contains(code + " " + expression);
    }

    @Test
    void every_fault_comes_at_once_and_nothing_that_was_sent_comes_back() {
        String bad = GOOD;
        for (String[] fault : new String[][] {
            {"/status", "\"off\""},
            {"/reason", null},
            {"/criteria", "\"https://hub.example.nl/fhir/SubscriptionTopic/fake\""},
            {"/_criteria/extension/0/valueString", "\"Task?area=GM0363\""},
            {"/channel/type", "\"websocket\""},
            {"/channel/endpoint", "\"https://10.0.0.1/fake-path\""},
            {"/channel/_payload/extension/0/valueCode", "\"full-resource\""},
            {"/channel/header", "[\"X-Fake: fake-secret\"]"},
        }) {
            bad = put(bad, fault[0], fault[1]);
        }

        assertThat(faults(mapper, bad))
                .containsExactlyInAnyOrder(
                        "not-in-list Subscription.status",
                        "missing Subscription.reason",
                        "not-in-list Subscription.criteria",
                        "not-yours Subscription.criteria.extension[0].value",
                        "not-in-list Subscription.channel.type",
                        "content-not-taken Subscription.channel.payload.extension[0].value",
                        "address-refused Subscription.channel.endpoint",
                        "header-not-taken Subscription.channel.header[0]");
        assertThat(outcome(mapper, bad)).doesNotContain("fake-path", "fake-secret", "10.0.0.1");
    }

    @Test
    void who_may_not_hear_of_it_has_no_room_or_works_nowhere_is_refused() {
        assertThat(faults(mapper(false, false), GOOD)).containsExactly("not-yours Subscription.criteria");
        assertThat(faults(mapper(true, true), GOOD)).containsExactly("too-many Subscription");
        Partner nowhere = new Partner("zorg-demo", "Fictief", Discipline.CARE, Set.of(), null, true, 10, Set.of(), 0);
        Rejected refused = catchThrowableOfType(
                Rejected.class, () -> mapper.wish(nowhere, bytes(put(GOOD, "/_criteria", null)), JSON));
        assertThat(refused.faults()).extracting(fault -> fault.pointer()).containsExactly("/criteria");
    }

    private static List<String> faults(SubscriptionMapper mapper, String body) {
        JsonNode outcome = Json.read(outcome(mapper, body), JsonNode.class);
        List<String> faults = new ArrayList<>();
        outcome.get("issue")
                .forEach(issue -> faults.add(issue.at("/details/coding/0/code").asText() + " "
                        + issue.at("/expression/0").asText()));
        return faults;
    }

    private static String outcome(SubscriptionMapper mapper, String body) {
        Rejected refused = catchThrowableOfType(Rejected.class, () -> mapper.wish(CARE, bytes(body), JSON));
        assertThat(refused).as(body).isNotNull();
        assertThat(refused.problem()).isEqualTo(Problem.INVALID_INPUT);
        return FhirOutcome.text("Subscription", refused.problem(), refused.faults(), null, JSON);
    }

    private static String put(String body, String place, String value) {
        ObjectNode root = Json.read(body, ObjectNode.class);
        int last = place.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) root.at(place.substring(0, last));
        if (value == null) {
            parent.remove(place.substring(last + 1));
        } else {
            parent.set(place.substring(last + 1), Json.read(value, JsonNode.class));
        }
        return root.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
