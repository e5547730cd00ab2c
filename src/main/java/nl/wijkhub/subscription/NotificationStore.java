package nl.wijkhub.subscription;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.subscription.Notification.NotificationKind;
import nl.wijkhub.subscription.Notification.NotificationState;

/** Table {@code notification}: every event for every subscription, in order. */
public final class NotificationStore {
    private static final String INSERT = """
            insert into notification (notification_id, subscription_id, kind, about_id, created_at)
            select i, s, :kind, :about, :at from unnest(:ids::uuid[], :subscriptions::uuid[]) as n(i, s)
            on conflict (subscription_id, kind, about_id) do nothing
            """;
    private static final String IN_PLACE_OF = """
            insert into notification
                (notification_id, position, subscription_id, kind, about_id, subject, sequence, has_reached, created_at)
            overriding system value
            values (:id, :position, :subscription, 'RECALL', :about, :subject, :sequence, true, :at)
            on conflict (subscription_id, kind, about_id) do nothing
            """;
    private static final String FIRST = """
            select * from notification where subscription_id = :subscription and state = 'WAITING' order by position limit 1
            """;
    private static final String WAITS =
            "select exists(select 1 from notification where subscription_id = :subscription and state = 'WAITING')";
    private static final String UNNUMBERED = """
            select * from notification where subscription_id = :subscription and state = 'WAITING' and sequence is null
            order by position limit :limit
            """;
    private static final String NUMBERED = """
            select * from notification
            where subscription_id = :subscription and sequence > :after order by sequence limit :limit
            """;
    private static final String DEAD = """
            select * from notification where subscription_id = :subscription and state = 'DEAD' order by position limit 1000
            """;
    private static final String DEAD_COUNTS =
            "select subscription_id, count(*) as items from notification where state = 'DEAD' group by subscription_id";
    private static final String BY_ID = "select * from notification where notification_id = :id";
    private static final String TOLD_OF = """
            select n.* from notification n join subscription s using (subscription_id)
            where n.about_id = :about and n.kind = :kind and n.state in ('SENT', 'WAITING', 'DEAD') and n.sequence is not null
                and s.status in ('ACTIVE', 'PENDING')
            order by n.notification_id
            """;
    private static final String ASSIGN_SEQUENCE = """
            update notification set sequence = :sequence, subject = :subject, has_reached = true,
                retry_until = coalesce(retry_until, :until)
            where notification_id = :id
            """;
    // counts as an attempt, so that one which is on its way meanwhile is known to have been seen
    private static final String FETCHED = """
            update notification set has_reached = true, attempt_count = attempt_count + 1
            where notification_id = any(:ids) and state in ('WAITING', 'DEAD') and sequence is not null
            """;
    private static final String LAST_SEEN = """
            select coalesce(max(sequence), 0) from notification where subscription_id = :subscription and has_reached
            """;
    private static final String TRIED = """
            update notification set attempt_count = attempt_count + 1, has_reached = :reached,
                state = :state, failure = :failure, settled_at = :settled
            where notification_id = :id
            """;
    private static final String VOID = """
            update notification set state = 'VOID', sequence = null, has_reached = false, settled_at = :at
            where notification_id = :id
            """;
    private static final String AGAIN = """
            update notification set state = 'WAITING', failure = null, settled_at = null, retry_until = :until
            where subscription_id = :subscription and state = 'DEAD'
            """;
    private static final String END = """
            update notification set state = 'VOID', settled_at = :at, sequence = case when has_reached then sequence end
            where subscription_id = :subscription and state = 'WAITING'
            """;

    private final Database database;

    public NotificationStore(Database database) {
        this.database = database;
    }

    /** The same event a second time changes nothing. */
    void insert(NotificationKind kind, UUID about, Collection<UUID> subscriptions, Instant now) {
        if (!subscriptions.isEmpty()) {
            database.with(h -> h.createUpdate(INSERT)
                    .bind("kind", kind.name())
                    .bind("about", about)
                    .bind("ids", Database.column(subscriptions, UUID[]::new, s -> Identifier.next()))
                    .bind("subscriptions", subscriptions.toArray(UUID[]::new))
                    .bind("at", at(now))
                    .execute());
        }
    }

    /** Puts a recall where something stood that the receiver may have seen: same place, same number. */
    void recallInPlaceOf(Notification old, Instant now) {
        database.with(h -> h.createUpdate(IN_PLACE_OF)
                .bind("id", Identifier.next())
                .bind("position", old.position())
                .bind("subscription", old.subscriptionId())
                .bind("about", old.id())
                .bind("subject", old.subject())
                .bind("sequence", old.sequence())
                .bind("at", at(now))
                .execute());
    }

    Optional<Notification> first(UUID subscription) {
        return database.with(h -> h.createQuery(FIRST)
                .bind("subscription", subscription)
                .map((rs, c) -> read(rs))
                .findOne());
    }

    boolean waits(UUID subscription) {
        return database.with(h -> h.createQuery(WAITS)
                .bind("subscription", subscription)
                .mapTo(Boolean.class)
                .one());
    }

    List<Notification> unnumbered(UUID subscription, int limit) {
        return database.with(h -> h.createQuery(UNNUMBERED)
                .bind("subscription", subscription)
                .bind("limit", limit)
                .map((rs, c) -> read(rs))
                .list());
    }

    List<Notification> numbered(UUID subscription, long after, int limit) {
        return database.with(h -> h.createQuery(NUMBERED)
                .bind("subscription", subscription)
                .bind("after", after)
                .bind("limit", limit)
                .map((rs, c) -> read(rs))
                .list());
    }

    List<Notification> dead(UUID subscription) {
        return database.with(h -> h.createQuery(DEAD)
                .bind("subscription", subscription)
                .map((rs, c) -> read(rs))
                .list());
    }

    Map<UUID, Integer> deadCounts() {
        return database.with(h -> {
            Map<UUID, Integer> counts = new HashMap<>();
            h.createQuery(DEAD_COUNTS)
                    .map((rs, c) -> counts.put(rs.getObject("subscription_id", UUID.class), rs.getInt("items")))
                    .list();
            return counts;
        });
    }

    Optional<Notification> byId(UUID id) {
        return database.with(h ->
                h.createQuery(BY_ID).bind("id", id).map((rs, c) -> read(rs)).findOne());
    }

    /** What was let go about something, to subscriptions that still listen. */
    List<Notification> toldOf(NotificationKind kind, UUID about) {
        return database.with(h -> h.createQuery(TOLD_OF)
                .bind("kind", kind.name())
                .bind("about", about)
                .map((rs, c) -> read(rs))
                .list());
    }

    /**
     * Lets one go: from now on the receiver may see it.
     *
     * @param subject what the receiver knows the plan by
     */
    void assignSequence(UUID id, long sequence, String subject, Instant retryUntil) {
        database.with(h -> h.createUpdate(ASSIGN_SEQUENCE)
                .bind("id", id)
                .bind("sequence", sequence)
                .bind("subject", subject)
                .bind("until", at(retryUntil))
                .execute());
    }

    /**
     * What came of an attempt.
     *
     * @param reached whether the receiver may have seen it, this time or before
     * @param failure a code; null when it went well
     */
    void tried(UUID id, NotificationState state, boolean reached, String failure, Instant now) {
        database.with(h -> h.createUpdate(TRIED)
                .bind("id", id)
                .bind("state", state.name())
                .bind("reached", reached)
                .bind("failure", failure)
                .bind("settled", state == NotificationState.WAITING ? null : at(now))
                .execute());
    }

    /** Their owner sees them now, whatever becomes of bringing them. */
    void fetched(Collection<UUID> ids) {
        database.with(h ->
                h.createUpdate(FETCHED).bind("ids", ids.toArray(UUID[]::new)).execute());
    }

    /** The highest number that the receiver may have seen; 0 for none. */
    long lastSeen(UUID subscription) {
        return database.with(h -> h.createQuery(LAST_SEEN)
                .bind("subscription", subscription)
                .mapTo(Long.class)
                .one());
    }

    /** It never goes, and its number is free. */
    void makeVoid(UUID id, Instant now) {
        database.with(
                h -> h.createUpdate(VOID).bind("id", id).bind("at", at(now)).execute());
    }

    /** Whatever was given up is tried again. */
    int again(UUID subscription, Instant until) {
        return database.with(h -> h.createUpdate(AGAIN)
                .bind("subscription", subscription)
                .bind("until", at(until))
                .execute());
    }

    /** Of a subscription that ends nothing goes any more. */
    void end(UUID subscription, Instant now) {
        database.with(h -> h.createUpdate(END)
                .bind("subscription", subscription)
                .bind("at", at(now))
                .execute());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Notification read(ResultSet rs) throws SQLException {
        OffsetDateTime until = rs.getObject("retry_until", OffsetDateTime.class);
        return Notification.builder()
                .id(rs.getObject("notification_id", UUID.class))
                .position(rs.getLong("position"))
                .subscriptionId(rs.getObject("subscription_id", UUID.class))
                .kind(NotificationKind.valueOf(rs.getString("kind")))
                .aboutId(rs.getObject("about_id", UUID.class))
                .subject(rs.getString("subject"))
                .sequence(rs.getObject("sequence", Long.class))
                .state(NotificationState.valueOf(rs.getString("state")))
                .hasReached(rs.getBoolean("has_reached"))
                .attempts(rs.getInt("attempt_count"))
                .createdAt(rs.getObject("created_at", OffsetDateTime.class).toInstant())
                .retryUntil(until == null ? null : until.toInstant())
                .failure(rs.getString("failure"))
                .build();
    }
}
