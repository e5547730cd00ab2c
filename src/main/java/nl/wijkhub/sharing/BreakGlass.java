package nl.wijkhub.sharing;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Address;
import nl.wijkhub.signal.SignalStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Life in danger: a named user sees at once what is known at an address, as far as no prohibition stops it. What the
 * police brought stays where it is. The privacy officer is told, reviews it, and the citizen is informed.
 */
public final class BreakGlass {
    private static final Logger LOG = LoggerFactory.getLogger(BreakGlass.class);
    private static final int MOST_SIGNALS = 50;

    /** What was seen; a release per signal of which something passes. */
    public record Seen(UUID id, List<MatchedSignal> signals, List<Release> releases) {}

    private final Database database;
    private final HouseholdMatch households;
    private final SignalStore signals;
    private final SharingDecide sharing;
    private final BreakGlassStore uses;
    private final MeterRegistry meters;
    private final Clock clock;

    public BreakGlass(
            Database database,
            HouseholdMatch households,
            SignalStore signals,
            SharingDecide sharing,
            BreakGlassStore uses,
            MeterRegistry meters,
            Clock clock) {
        this.database = database;
        this.households = households;
        this.signals = signals;
        this.sharing = sharing;
        this.uses = uses;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * @param reason why, and in whose interest, in the user's words; sealed when stored
     * @return what may be seen; nothing, and logged all the same, for an address nobody knows
     */
    public Seen at(Address address, Recipient recipient, String user, String reason) {
        Seen seen = database.inTransaction(() -> {
            Instant now = clock.instant();
            Optional<UUID> household = households.at(address);
            List<MatchedSignal> known = new ArrayList<>();
            household.ifPresent(id -> {
                for (AcceptedSignal accepted : signals.byIds(households.signalsOf(id, MOST_SIGNALS))) {
                    known.add(households.again(accepted, id));
                }
            });
            List<Release> releases = sharing.breakGlass(known, recipient, user).stream()
                    .filter(release -> release.decision().releases())
                    .toList();
            UUID id = Identifier.next();
            uses.use(new BreakGlassStore.Use(
                    id, user, recipient, household.orElse(null), releases.size(), reason, now, null, null));
            return new Seen(id, known, releases);
        });
        LOG.warn("event=break-glass.used id={} recipient={}", seen.id(), recipient.clientId());
        meters.counter(Meters.BREAK_GLASS).increment();
        return seen;
    }
}
