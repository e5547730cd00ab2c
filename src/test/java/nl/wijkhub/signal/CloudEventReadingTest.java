package nl.wijkhub.signal;

import static nl.wijkhub.signal.SharedLanguage.TRACE;
import static nl.wijkhub.signal.SharedLanguage.event;
import static nl.wijkhub.signal.SharedLanguage.incoming;
import static nl.wijkhub.signal.SharedLanguage.json;
import static nl.wijkhub.signal.SharedLanguage.signal;
import static nl.wijkhub.signal.SignalFixture.PARTNERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventReadingTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private final SignalReading reading = SharedLanguage.reading((partner, reference) -> false);

    @Test
    void an_event_is_the_signal_in_its_data() {
        SignalDraft draft = structured(event("fake-1"));
        SignalDraft canonical = reading.one(incoming(SignalReading.SIGNAL, signal("fake-1")));

        assertThat(draft.signal()).isEqualTo(canonical.signal());
        assertThat(draft.content())
                .as("the same signal in another form is a repeat, no conflict")
                .isEqualTo(canonical.content());
        assertThat(draft.referencePointer()).isEqualTo("/data/reference");
        assertThat(draft.partnerId()).isEqualTo("corporatie-demo");
    }

    @Test
    void data_may_be_in_base64_and_what_is_optional_may_be_null_or_absent() {
        ObjectNode encoded = event("fake-1");
        encoded.remove("data");
        encoded.put("data_base64", base64(signal("fake-1")));
        ObjectNode bare = event("fake-1");
        bare.remove(List.of("subject", "time", "datacontenttype", "dataref", "sequence", "sequencetype"));
        ObjectNode nulls = event("fake-1");
        nulls.putNull("subject").putNull("datacontenttype").putNull("fakeextension");

        assertThat(structured(encoded).signal())
                .isEqualTo(structured(event("fake-1")).signal());
        assertThat(structured(bare).signal().reference()).isEqualTo("fake-1");
        assertThat(structured(nulls).signal().reference()).isEqualTo("fake-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"id":null}                           | /id              | missing
                    {"id":""}                             | /id              | too-short
                    {"id":5}                              | /id              | wrong-type
                    {"id":"fake\\u0007"}                  | /id              | wrong-form
                    {"source":null}                       | /source          | missing
                    {"source":""}                         | /source          | too-short
                    {"source":"geen uri"}                 | /source          | wrong-form
                    {"specversion":null}                  | /specversion     | missing
                    {"specversion":"1.0.2"}               | /specversion     | not-in-list
                    {"specversion":"0.3"}                 | /specversion     | not-in-list
                    {"specversion":1.0}                   | /specversion     | wrong-type
                    {"type":null}                         | /type            | missing
                    {"type":""}                           | /type            | too-short
                    {"type":["nl.a.b"]}                   | /type            | wrong-type
                    {"type":"signaal"}                    | /type            | wrong-form
                    {"type":"signaal.gemeld"}             | /type            | wrong-form
                    {"type":"nl.fake..gemeld"}            | /type            | wrong-form
                    {"type":"v1.gemeld.fake.nl"}          | /type            | wrong-form
                    {"type":"nl.fake.gemeld.v1.v2"}       | /type            | wrong-form
                    {"type":"https://fake.nl/gemeld"}     | /type            | wrong-form
                    {"subject":""}                        | /subject         | too-short
                    {"subject":{"bsn":"x"}}               | /subject         | wrong-type
                    {"subject":"999990342"}               | /subject         | bsn-not-allowed
                    {"subject":"burger/9999.90.342"}      | /subject         | bsn-not-allowed
                    {"subject":"%39%39%39%39%39%30%33%34%32"} | /subject     | bsn-not-allowed
                    {"id":"bsn999990342"}                 | /id              | bsn-not-allowed
                    {"source":"urn:nld:bsn:999990342"}    | /source          | bsn-not-allowed
                    {"type":"nl.fake.bsn999990342"}       | /type            | bsn-not-allowed
                    {"dataref":"https://fake.example/999990342"} | /dataref  | bsn-not-allowed
                    {"sequence":"999990342"}              | /sequence        | bsn-not-allowed
                    {"fakeextension":"999-990-342"}       | /fakeextension   | bsn-not-allowed
                    {"fakeextension":999990342}           | /fakeextension   | bsn-not-allowed
                    {"bsn999990342":"fake"}               | ''               | bsn-not-allowed
                    {"BSN-999990342":"fake"}              | ''               | bsn-not-allowed
                    {"time":"2026-11-20T10:00Z"}          | /time            | wrong-form
                    {"time":"2026-11-20T10:00:00"}        | /time            | wrong-form
                    {"time":"2026-11-20"}                 | /time            | wrong-form
                    {"time":"2026-11-31T10:00:00Z"}       | /time            | wrong-form
                    {"time":1763632800}                   | /time            | wrong-type
                    {"datacontenttype":"application/xml"} | /datacontenttype | not-json
                    {"datacontenttype":"application/json; charset=iso-8859-1"} | /datacontenttype | not-json
                    {"dataschema":"schema/1"}             | /dataschema      | wrong-form
                    {"sequence":5}                        | /sequence        | wrong-type
                    {"FakeExtension":"x"}                 | /FakeExtension   | wrong-attribute-name
                    {"fake.extension":"x"}                | /fake.extension  | wrong-attribute-name
                    {"fake_extension":"x"}                | /fake_extension  | wrong-attribute-name
                    {"":"x"}                              | /                | wrong-attribute-name
                    {"fakeextension12345678":"x"}         | /fakeextension12345678 | wrong-attribute-name
                    {"fakeextension":{"a":1}}             | /fakeextension   | wrong-type
                    {"fakeextension":["a"]}               | /fakeextension   | wrong-type
                    {"fakeextension":1.5}                 | /fakeextension   | wrong-type
                    {"fakeextension":2147483648}          | /fakeextension   | wrong-type
                    {"data":null}                         | /data            | missing
                    {"data":"tekst"}                      | /data            | wrong-type
                    {"data":[]}                           | /data            | wrong-type
                    {"data_base64":"e30="}                | /data_base64     | exactly-one
                    """)
    void one_fault_is_told_where_it_stands(String change, String pointer, String code) {
        ObjectNode event = event("fake-1");
        event.setAll(json(change));

        assertThat(faults(event)).extracting(Fault::pointer, Fault::code).containsExactly(tuple(pointer, code));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    !!!!                    | /data_base64 | wrong-form
                    e30                     | /data/reference | missing
                    dGVrc3Q=                | /data_base64 | not-json
                    eyJhIjoxLCJhIjoyfQ==    | /data_base64 | duplicate-key
                    /w==                    | /data_base64 | not-utf-8
                    """)
    void data_in_base64_is_read_as_strictly(String encoded, String pointer, String code) {
        ObjectNode event = event("fake-1");
        event.remove("data");
        event.put("data_base64", encoded);

        assertThat(faults(event)).extracting(Fault::pointer, Fault::code).contains(tuple(pointer, code));
    }

    @Test
    void extensions_may_be_texts_booleans_and_small_numbers() {
        ObjectNode event = event("fake-1");
        event.put("fakeextension", "").put("fakeflag", true).put("fakenumber", -5);

        assertThat(structured(event).signal().reference()).isEqualTo("fake-1");
    }

    @Test
    void every_fault_of_attributes_and_data_is_told_at_once() {
        ObjectNode event = event("fake-1");
        event.put("specversion", "2.0").put("type", "x").put("Fout", 1).put("subject", "999990342");
        event.remove("id");
        ((ObjectNode) event.get("data"))
                .put("severity", "erg")
                .put("reference", "")
                .put("bsn999990342", 1);
        List<Fault> faults = faults(event);

        assertThat(faults)
                .extracting(Fault::pointer)
                .containsExactlyInAnyOrder(
                        "/id",
                        "/specversion",
                        "/type",
                        "/Fout",
                        "/subject",
                        "/data/severity",
                        "/data/reference",
                        "/data");
        assertThat(faults.toString()).doesNotContain("999990342", "erg", "2.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "5", "null", "{}", "{\"data\":{}}", "{\"data\":5,\"id\":{}}"})
    void whatever_is_json_is_refused_and_nothing_else_happens(String text) {
        assertThat(SharedLanguage.faults(reading, incoming(SignalReading.EVENT, text)))
                .isNotEmpty();
    }

    @Test
    void half_a_surrogate_pair_is_no_text() {
        String half = event("fake-1").toString().replace("fake-subject", "fake\\ud800");

        assertThat(SharedLanguage.faults(reading, incoming(SignalReading.EVENT, half)))
                .extracting(Fault::pointer, Fault::code)
                .containsExactly(tuple("/subject", "wrong-form"));
    }

    @Test
    void an_event_past_64_kilobytes_is_too_large() {
        ObjectNode event = event("fake-1");
        ((ObjectNode) event.get("data")).put("narrative", "x".repeat(CloudEventReading.MOST_BYTES));
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> structured(event));

        assertThat(rejected.problem()).isEqualTo(Problem.TOO_LARGE);
        assertThat(rejected.faults()).extracting(Fault::code).containsExactly("event-too-large");
    }

    @Test
    void the_trace_of_an_event_goes_on_unless_the_request_has_one() {
        ObjectNode event = event("fake-1").put("traceparent", PARENT);
        Incoming in = incoming(SignalReading.EVENT, event.toString());
        Incoming traced = new Incoming(in.partner(), in.body(), in.mediaType(), null, TRACE, true);

        assertThat(reading.one(in).trace().traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(reading.one(traced).trace()).isEqualTo(TRACE);
        assertThat(structured(event("fake-1")).trace()).isEqualTo(TRACE);
        assertThat(structured(event("fake-1").put("traceparent", "fake"))
                        .trace()
                        .traceId())
                .hasSize(32);
    }

    @Test
    void a_binary_event_has_its_attributes_in_headers_and_is_its_data() {
        SignalDraft draft = reading.one(binary(sound(), signal("fake-1")));

        assertThat(draft.signal()).isEqualTo(structured(event("fake-1")).signal());
        assertThat(draft.referencePointer()).isEqualTo("/reference");
        List<Map.Entry<String, String>> traced = sound();
        traced.add(Map.entry("CE-TraceParent", PARENT));
        Trace trace = reading.one(binary(traced, signal("fake-1"))).trace();
        assertThat(trace.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void a_header_is_unquoted_and_percent_decoded_once() {
        EventAttributes attributes = EventAttributes.ofHeaders(List.of(
                Map.entry("ce-a", "Euro%20%e2%82%AC"),
                Map.entry("ce-b", "\"een \\\"twee\\\"\""),
                Map.entry("ce-c", "%2541")));

        assertThat(attributes.values().get("a").asText()).isEqualTo("Euro €");
        assertThat(attributes.values().get("b").asText()).isEqualTo("een \"twee\"");
        assertThat(attributes.values().get("c").asText()).isEqualTo("%41");
        assertThat(attributes.faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ce-subject         | %C0%A0                        | ce-subject         | not-utf-8
                    ce-subject         | %ff                           | ce-subject         | not-utf-8
                    ce-subject         | half%2                        | ce-subject         | not-utf-8
                    ce-subject         | %zz                           | ce-subject         | not-utf-8
                    ce-subject         | caf\u00e9                     | ce-subject         | not-utf-8
                    ce-subject         | 999990342                     | ce-subject         | bsn-not-allowed
                    ce-subject         | %39%39%39%39%39%30%33%34%32   | ce-subject         | bsn-not-allowed
                    ce-subject         | a%07                          | ce-subject         | wrong-form
                    ce-id              | twice                         | ce-id              | sent-twice
                    CE-ID              | twice                         | ce-id              | sent-twice
                    ce-datacontenttype | application/json              | ce-datacontenttype | not-in-binary
                    ce-data_base64     | e30=                          | ce-data_base64     | not-in-binary
                    ce-data            | x                             | ce-data            | not-in-binary
                    ce-999990342       | x                             | ''                 | bsn-not-allowed
                    ce-fake.extension  | x                             | ce-fake.extension  | wrong-attribute-name
                    ce-                | x                             | ce-                | wrong-attribute-name
                    """)
    void a_fault_in_a_header_is_told_under_its_name(String name, String value, String pointer, String code) {
        List<Map.Entry<String, String>> headers = sound();
        headers.add(Map.entry(name, value));

        assertThat(SharedLanguage.faults(reading, binary(headers, signal("fake-1"))))
                .extracting(Fault::pointer, Fault::code)
                .containsExactly(tuple(pointer, code));
    }

    @Test
    void what_is_missing_in_binary_is_told_beside_the_faults_of_the_body() {
        assertThat(SharedLanguage.faults(
                        reading,
                        binary(
                                List.of(Map.entry("ce-type", "x")),
                                signal("fake-1").replace("low", "erg"))))
                .extracting(Fault::pointer)
                .containsExactlyInAnyOrder("ce-id", "ce-source", "ce-specversion", "ce-type", "/severity");
        assertThat(SharedLanguage.faults(reading, binary(sound(), "{\"a\":")))
                .extracting(Fault::pointer, Fault::code)
                .containsExactly(tuple("", "not-json"));
    }

    @Test
    void headers_and_body_together_are_at_most_64_kilobytes() {
        List<Map.Entry<String, String>> headers = sound();
        headers.add(Map.entry("ce-fakeextension", "x".repeat(CloudEventReading.MOST_BYTES)));

        assertThat(SharedLanguage.faults(reading, binary(headers, signal("fake-1"))))
                .extracting(Fault::code)
                .containsExactly("event-too-large");
    }

    @Test
    void an_event_s_attributes_come_as_application_properties_too() {
        EventAttributes attributes = EventAttributes.ofProperties(Map.of(
                "cloudEvents:id",
                5,
                "cloudEvents:source",
                "urn:nld:kvknr:99990001:systeem:fake",
                "cloudEvents:specversion",
                "1.0",
                "cloudEvents_time",
                new java.util.Date(0),
                "cloudEvents:fakeflag",
                true,
                "other",
                "x"));

        assertThat(SharedLanguage.faults(reading, binary(attributes, signal("fake-1"))))
                .extracting(Fault::pointer, Fault::code)
                .containsExactlyInAnyOrder(tuple("cloudEvents:id", "wrong-type"), tuple("cloudEvents:type", "missing"));
        assertThat(EventAttributes.ofProperties(Map.of("other", "x"))).isNull();
        assertThat(EventAttributes.ofHeaders(List.of(Map.entry("content-type", "x"))))
                .isNull();
    }

    private static List<Map.Entry<String, String>> sound() {
        return new ArrayList<>(List.of(
                Map.entry("ce-id", "fake-event-1"),
                Map.entry("ce-source", "urn:nld:kvknr:99990001:systeem:fake"),
                Map.entry("ce-specversion", "1.0"),
                Map.entry("Ce-Type", "nl.fake-corporatie.overlast-gemeld.v1")));
    }

    private static Incoming binary(List<Map.Entry<String, String>> headers, String body) {
        return binary(EventAttributes.ofHeaders(headers), body);
    }

    private static Incoming binary(EventAttributes attributes, String body) {
        return new Incoming(
                PARTNERS.get("corporatie-demo"),
                body.getBytes(StandardCharsets.UTF_8),
                SignalReading.SIGNAL,
                attributes,
                TRACE,
                false);
    }

    private SignalDraft structured(ObjectNode event) {
        return reading.one(incoming(SignalReading.EVENT, event.toString()));
    }

    private List<Fault> faults(ObjectNode event) {
        return SharedLanguage.faults(reading, incoming(SignalReading.EVENT, event.toString()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
