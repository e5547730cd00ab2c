package nl.wijkhub.sharing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.SharingFacts.Age;
import nl.wijkhub.sharing.SharingFacts.PersonFacts;
import nl.wijkhub.signal.Consent;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.SignalFixture;

/** The agreement that is shipped, and facts in sentences. */
final class SharingFixture {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final List<ConfigFault> FAULTS = new ArrayList<>();
    static final SharingAgreement AGREEMENT =
            SharingAgreement.read(Path.of("config"), SignalFixture.VOCABULARY.codes(), FAULTS);

    private SharingFixture() {}

    static Recipient noord(Discipline discipline) {
        return new Recipient("vb-noord", discipline);
    }

    static SharingFacts aSignal(Discipline from, String category) {
        Set<DataClass> classes =
                SignalFixture.VOCABULARY.category(category).orElseThrow().classes();
        return facts(from, classes, category);
    }

    static SharingFacts facts(Discipline from, Set<DataClass> classes, String category) {
        return SharingFacts.builder()
                .from(from)
                .classes(classes)
                .category(category)
                .drawnFor(true)
                .build();
    }

    /** The same facts with another value in one field, by the name under which it is stored. */
    static SharingFacts but(SharingFacts facts, String field, Object value) {
        ObjectNode node = Json.MAPPER.valueToTree(facts);
        node.set(field, Json.MAPPER.valueToTree(value));
        return Json.MAPPER.convertValue(node, SharingFacts.class);
    }

    /** An adult tenant. */
    static PersonFacts anAdult(UUID id, Consent... consents) {
        return new PersonFacts(id, "tenant", false, false, Age.FROM_16, List.of(consents));
    }
}
