package nl.wijkhub.signal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.app.wiring.RouteFiles;
import nl.wijkhub.kernel.ConfigFault;

/** The vocabulary and partners that are shipped, and one fixed moment. */
public final class SignalFixture {
    public static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final Path CONFIG = Path.of("config");
    private static final List<ConfigFault> FAULTS = new ArrayList<>();
    public static final Vocabulary VOCABULARY = Vocabulary.read(CONFIG, FAULTS);
    public static final PartnerDoors DOORS =
            RouteFiles.read(Path.of("routes"), FAULTS).doors();
    public static final Partners PARTNERS = Partners.read(CONFIG, DOORS, FAULTS);

    private SignalFixture() {}
}
