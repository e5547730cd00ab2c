package nl.wijkhub.subscription;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Database;

/**
 * Keeps when a subscription has work, and that somebody does it: {@code wake_at} and {@code leased_until} of table
 * {@code subscription}. A kill leaves a lease that runs out, and the work is taken up again.
 */
public final class SubscriptionLeaseStore {
    // one whose receiver fails keeps its pace
    private static final String WAKE = """
            update subscription set wake_at = case when failure_count = 0 then cast(:now as timestamptz) else wake_at end
            where subscription_id = any(:ids) and status = 'ACTIVE' and (sink_sealed is not null or address is not null)
            """;
    private static final String WAKE_NOW = """
            update subscription set wake_at = :now where subscription_id = :id and status = 'ACTIVE'
                and (sink_sealed is not null or address is not null)
            """;
    // what fails comes after what goes well, and never takes more than its share of the places
    private static final String CLAIM = """
            update subscription set leased_until = :until, wake_at = null
            where subscription_id in (
                select subscription_id from subscription
                where status in ('PENDING', 'ACTIVE') and (failure_count > 0) = :failing
                    and (wake_at <= :now or leased_until <= :now)
                    and (leased_until is null or leased_until <= :now)
                order by coalesce(wake_at, leased_until) limit :limit for update skip locked)
            returning subscription_id
            """;
    private static final String CLAIM_SILENT = """
            update subscription set leased_until = :until
            where subscription_id in (
                select subscription_id from subscription
                where protocol = 'FHIR' and status = 'ACTIVE' and heartbeat_seconds > 0 and leased_until is null
                    and wake_at is null
                    and coalesce(last_attempt_at, status_at) + heartbeat_seconds * interval '1 second' <= :now
                order by last_attempt_at limit :limit for update skip locked)
            returning subscription_id
            """;
    private static final String EXTEND =
            "update subscription set leased_until = :until, last_attempt_at = :now where subscription_id = :id";
    private static final String RELEASE_LEASE = """
            update subscription set leased_until = null, failure_count = 0, failing_since = null,
                reason = case when cast(:success as timestamptz) is null then reason end,
                wake_at = case when status = 'ACTIVE' then greatest(wake_at, :next) end,
                last_success_at = coalesce(:success, last_success_at)
            where subscription_id = :id
            """;
    private static final String FAILED = """
            update subscription set leased_until = null, failure_count = failure_count + 1,
                failing_since = coalesce(failing_since, :now), reason = :reason,
                wake_at = case when status in ('PENDING', 'ACTIVE') then cast(:next as timestamptz) end
            where subscription_id = :id
            """;
    private static final String SUCCEEDED = """
            update subscription set failure_count = 0, failing_since = null, reason = null, last_success_at = :now
            where subscription_id = :id
            """;

    private final Database database;

    public SubscriptionLeaseStore(Database database) {
        this.database = database;
    }

    void wake(Collection<UUID> ids, Instant now) {
        if (!ids.isEmpty()) {
            database.with(h -> h.createUpdate(WAKE)
                    .bind("ids", ids.toArray(UUID[]::new))
                    .bind("now", at(now))
                    .execute());
        }
    }

    void wakeNow(UUID id, Instant now) {
        database.with(h ->
                h.createUpdate(WAKE_NOW).bind("id", id).bind("now", at(now)).execute());
    }

    /**
     * Takes those that have work; nobody else has them until the lease ends.
     *
     * @param failing those whose last attempt failed, or the others
     */
    List<UUID> claim(boolean failing, Instant now, Instant until, int limit) {
        return database.inTransaction(() -> database.with(h -> h.createQuery(CLAIM)
                .bind("failing", failing)
                .bind("now", at(now))
                .bind("until", at(until))
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list()));
    }

    /** Takes FHIR subscriptions that have been silent for as long as they may be. */
    List<UUID> claimSilent(Instant now, Instant until, int limit) {
        return database.inTransaction(() -> database.with(h -> h.createQuery(CLAIM_SILENT)
                .bind("now", at(now))
                .bind("until", at(until))
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list()));
    }

    void extend(UUID id, Instant now, Instant until) {
        database.with(h -> h.createUpdate(EXTEND)
                .bind("id", id)
                .bind("now", at(now))
                .bind("until", at(until))
                .execute());
    }

    /**
     * Ends a lease on a good note.
     *
     * @param next when it may have work again at the soonest; null for none but what came meanwhile
     * @param success when the receiver took something; null when nothing was sent
     */
    void releaseLease(UUID id, Instant next, Instant success) {
        database.with(h -> h.createUpdate(RELEASE_LEASE)
                .bind("id", id)
                .bind("next", next == null ? null : at(next))
                .bind("success", success == null ? null : at(success))
                .execute());
    }

    /** Ends a lease with a failure. */
    void failed(UUID id, String reason, Instant next, Instant now) {
        database.with(h -> h.createUpdate(FAILED)
                .bind("id", id)
                .bind("reason", reason)
                .bind("next", at(next))
                .bind("now", at(now))
                .execute());
    }

    void succeeded(UUID id, Instant now) {
        database.with(h ->
                h.createUpdate(SUCCEEDED).bind("id", id).bind("now", at(now)).execute());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
