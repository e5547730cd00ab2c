package nl.wijkhub.team;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Database;

/** Table {@code delivery}: every message, from before it is sent until it was; one that became void stays. */
public final class DeliveryStore {
    private static final String INSERT = """
            insert into delivery (delivery_id, address, queue_item_id, event, recalls_id, created_at)
            select i, a, q, e, r, :at
            from unnest(:ids::uuid[], :addresses::text[], :items::uuid[], :events::text[], :recalls::uuid[])
                as n(i, a, q, e, r)
            """;
    private static final String SENT = """
            with sent as (delete from delivery where delivery_id = any(:ids) returning queue_item_id, void_at)
            select queue_item_id from sent where void_at is not null
            """;
    private static final String UNSENT = """
            update delivery set attempt_count = attempt_count + 1,
                next_attempt_at = cast(:now as timestamptz) + (cast(:spacing as double precision) * power(2, least(attempt_count, 12))) * interval '1 second'
            where delivery_id in (
                select delivery_id from delivery
                where void_at is null and coalesce(next_attempt_at, created_at) < :before
                order by created_at limit 500 for update skip locked)
            returning delivery_id, address, queue_item_id, event, recalls_id
            """;
    private static final String VOID = "update delivery set void_at = :at where delivery_id = any(:items)";
    private static final String WAITING = "select count(*) from delivery where void_at is null";

    private final Database database;

    public DeliveryStore(Database database) {
        this.database = database;
    }

    void insert(Collection<Delivery> deliveries, Instant at) {
        if (!deliveries.isEmpty()) {
            database.with(h -> h.createUpdate(INSERT)
                    .bind("ids", deliveries.stream().map(Delivery::id).toArray(UUID[]::new))
                    .bind(
                            "addresses",
                            deliveries.stream().map(Delivery::address).toArray(String[]::new))
                    .bind("items", deliveries.stream().map(Delivery::itemId).toArray(UUID[]::new))
                    .bind("events", deliveries.stream().map(Delivery::event).toArray(String[]::new))
                    .bind(
                            "recalls",
                            deliveries.stream().map(Delivery::recallsId).toArray(UUID[]::new))
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute());
        }
    }

    /**
     * Takes deliveries away that were sent; {@code undone} runs when the transaction this joins is rolled back.
     *
     * @return the items of those that were made void while they were on their way
     */
    List<UUID> takeAway(Collection<UUID> ids, Runnable undone) {
        if (ids.isEmpty()) {
            return List.of();
        }
        database.afterRollback(undone);
        return database.with(h -> h.createQuery(SENT)
                .bind("ids", ids.toArray(UUID[]::new))
                .mapTo(UUID.class)
                .list());
    }

    /** The assignments of these items that have not gone yet never go. */
    void makeVoid(Collection<UUID> items, Instant at) {
        if (!items.isEmpty()) {
            database.with(h -> h.createUpdate(VOID)
                    .bind("items", items.toArray(UUID[]::new))
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute());
        }
    }

    /** Takes deliveries that should have gone by now, each time with doubled spacing. */
    public List<Delivery> takeUnsent(Instant now, long spacingSeconds) {
        return database.inTransaction(() -> database.with(h -> h
                .createQuery(UNSENT)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("before", now.minusSeconds(spacingSeconds).atOffset(ZoneOffset.UTC))
                .bind("spacing", (double) spacingSeconds)
                .map((rs, c) -> new Delivery(
                        rs.getObject("delivery_id", UUID.class),
                        rs.getString("address"),
                        rs.getObject("queue_item_id", UUID.class),
                        rs.getString("event"),
                        rs.getObject("recalls_id", UUID.class)))
                .list()
                .stream()
                .sorted(Comparator.comparing(Delivery::id))
                .toList()));
    }

    public long waiting() {
        return database.with(h -> h.createQuery(WAITING).mapTo(Long.class).one());
    }
}
