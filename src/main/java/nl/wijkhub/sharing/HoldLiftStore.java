package nl.wijkhub.sharing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import nl.wijkhub.kernel.Database;

/**
 * Lifts holds, in table {@code hold}: something happened that what waits may have waited for, so that it is to be decided
 * anew. {@link HoldStore#takeReady} finds what was lifted.
 */
public final class HoldLiftStore {
    // rows are locked in one order, whoever lifts
    private static final String LIFT_OF_HOUSEHOLDS = """
            update hold set lifted_at = :at, next_look_at = null
            where hold_id in (
                select hold_id from hold where household_id = any(:households) and kind = :kind and ended_at is null
                order by hold_id for update)
            """;
    private static final String LIFT_OF_SIGNAL = """
            update hold set lifted_at = :at, next_look_at = null
            where hold_id in (
                select hold_id from hold where signal_id = :signal and team_id = :team and kind = :kind and ended_at is null
                order by hold_id for update)
            """;
    private static final String LIFT_ALL = """
            update hold set lifted_at = :at, next_look_at = null
            where hold_id in (
                select hold_id from hold where kind = :kind and ended_at is null
                order by hold_id for update)
            """;
    private static final String LIFT_OF_SIGNALS = """
            update hold set lifted_at = :at, next_look_at = null
            where hold_id in (
                select hold_id from hold where signal_id = any(:signals) and ended_at is null
                order by hold_id for update)
            """;

    private final Database database;

    public HoldLiftStore(Database database) {
        this.database = database;
    }

    /** What waits about these households is to be decided anew. */
    void liftOf(Collection<UUID> households, SharingHold.HoldKind kind, Instant at) {
        if (!households.isEmpty()) {
            database.with(h -> h.createUpdate(LIFT_OF_HOUSEHOLDS)
                    .bind("households", households.toArray(UUID[]::new))
                    .bind("kind", kind.name())
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute());
        }
    }

    /** Whatever waits of these signals is to be decided anew. */
    void liftOfSignals(Collection<UUID> signals, Instant at) {
        if (signals.isEmpty()) {
            return;
        }
        database.with(h -> h.createUpdate(LIFT_OF_SIGNALS)
                .bind("signals", signals.toArray(UUID[]::new))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** What waits of one signal in one team is to be decided anew. */
    void lift(UUID signalId, String teamId, SharingHold.HoldKind kind, Instant at) {
        database.with(h -> h.createUpdate(LIFT_OF_SIGNAL)
                .bind("signal", signalId)
                .bind("team", teamId)
                .bind("kind", kind.name())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** Whatever waits for this is to be decided anew. */
    void liftAll(SharingHold.HoldKind kind, Instant at) {
        database.with(h -> h.createUpdate(LIFT_ALL)
                .bind("kind", kind.name())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }
}
