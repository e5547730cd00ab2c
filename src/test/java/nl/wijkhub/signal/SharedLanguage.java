package nl.wijkhub.signal;

import static nl.wijkhub.signal.SignalFixture.NOON;
import static nl.wijkhub.signal.SignalFixture.PARTNERS;
import static nl.wijkhub.signal.SignalFixture.VOCABULARY;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiPredicate;
import nl.wijkhub.kernel.Fault;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Trace;

/** Sound messages in every form of the shared language, to be spoilt by a test. */
final class SharedLanguage {
    static final Trace TRACE = new Trace("0".repeat(31) + "1", "0".repeat(15) + "1");

    private SharedLanguage() {}

    static String signal(String reference) {
        return """
                {"reference":"%s","occurredAt":"2026-11-20T10:00:00+01:00","reportedAt":"2026-11-20T11:00:00Z",\
                "category":"nuisance.noise","severity":"low",\
                "subject":{"household":{"address":{"postalCode":"9990AB","houseNumber":12}}}}""".formatted(reference);
    }

    static ObjectNode event(String reference) {
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("specversion", "1.0")
                .put("id", "fake-event-1")
                .put("source", "urn:nld:kvknr:99990001:systeem:fake")
                .put("type", "nl.fake-corporatie.overlast-gemeld.v1")
                .put("subject", "fake-subject")
                .put("time", "2026-11-20T11:00:00.123456782Z")
                .put("datacontenttype", "application/json")
                .put("dataref", "https://fake.example/signals/1")
                .put("sequence", "7")
                .put("sequencetype", "Integer");
        event.set("data", json(signal(reference)));
        return event;
    }

    static ObjectNode json(String text) {
        return (ObjectNode) Json.readStrictly(text.getBytes(StandardCharsets.UTF_8));
    }

    static SignalReading reading(BiPredicate<String, String> knows) {
        CaseSignalMapper mapper = new CaseSignalMapper(new SignalSchema(), VOCABULARY, knows, NOON);
        return new SignalReading(mapper, new CloudEventReading(mapper, NOON), 2_000);
    }

    static Incoming incoming(String mediaType, byte[] body) {
        return new Incoming(PARTNERS.get("corporatie-demo"), body, mediaType, null, TRACE, false);
    }

    static Incoming incoming(String mediaType, String body) {
        return incoming(mediaType, body.getBytes(StandardCharsets.UTF_8));
    }

    static List<Fault> faults(SignalReading reading, Incoming in) {
        return catchThrowableOfType(Rejected.class, () -> reading.one(in)).faults();
    }
}
