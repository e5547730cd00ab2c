package nl.wijkhub.app.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;

/** Every part of a hub stands on these. */
public record Foundation(HubConfig config, Database database, Vault vault, MeterRegistry meters, Clock clock) {}
