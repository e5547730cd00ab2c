package nl.wijkhub.sharing;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Discipline;
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
        return new SharingFacts(from, classes, category, false, false, false, false, true, List.of());
    }
}
