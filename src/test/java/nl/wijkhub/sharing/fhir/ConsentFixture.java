package nl.wijkhub.sharing.fhir;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import nl.wijkhub.signal.Checks;
import nl.wijkhub.signal.Consent.Voice;
import nl.wijkhub.signal.SignalFixture;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Resource;

/** A FHIR Consent as a door would read it, beside the partners of the demo. */
public final class ConsentFixture {
    private ConsentFixture() {}

    /**
     * Rejects: what a door would refuse it for.
     *
     * @param beside what stands with it in its Bundle
     */
    public static Optional<nl.wijkhub.signal.Consent> read(
            Consent sent, Set<Voice> voices, Instant now, Resource... beside) {
        Checks checks = new Checks(Clock.fixed(now, ZoneOffset.UTC));
        Bundle bundle = new Bundle().setType(BundleType.COLLECTION);
        bundle.addEntry().setResource(sent);
        for (Resource one : beside) {
            bundle.addEntry().setResource(one);
        }
        BundleReading reading = new BundleReading(bundle, checks);
        Optional<nl.wijkhub.signal.Consent> read =
                ConsentReading.read(reading.all(Consent.class).get(0), reading, voices, SignalFixture.PARTNERS, checks);
        checks.orReject();
        return read;
    }
}
