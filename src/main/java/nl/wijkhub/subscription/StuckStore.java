package nl.wijkhub.subscription;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.subscription.StuckCheck.Stuck;
import nl.wijkhub.subscription.StuckCheck.StuckKind;

/** What has stood still for too long, in the tables of signals, deliveries and notifications. */
public final class StuckStore {
    private static final String STUCK = """
            select 'SIGNAL' as kind, partner_id as client, count(*) as items, min(accepted_at) as since_at
            from signal where worked_at is null and parked_at is null and accepted_at < :before group by partner_id
            union all
            select 'PARKED', partner_id, count(*), min(parked_at) from signal where parked_at is not null group by partner_id
            union all
            select 'QUARANTINED', partner_id, count(*), min(received_at)
            from quarantine where taken_at is null and content_key is not null and received_at < :before group by partner_id
            union all
            select 'DELIVERY', address, count(*), min(created_at)
            from delivery where void_at is null and created_at < :before group by address
            union all
            select 'NOTIFICATION', s.client_ref, count(*), min(n.created_at)
            from notification n join subscription s using (subscription_id)
            where n.state = 'WAITING' and n.created_at < :before and s.status = 'ACTIVE'
                and (s.sink_sealed is not null or s.address is not null)
            group by s.client_ref
            union all
            select 'DEAD_LETTER', s.client_ref, count(*), min(n.created_at)
            from notification n join subscription s using (subscription_id)
            where n.state = 'DEAD' and s.status = 'ACTIVE' group by s.client_ref
            union all
            select 'SUBSCRIPTION', client_ref, count(*), min(created_at)
            from subscription where status = 'PENDING' and created_at < :before group by client_ref
            order by kind, client
            """;
    private static final String QUEUES = """
            select address, client_ref from subscription where protocol = 'AMQP' and status = 'ACTIVE' and last_sequence > 0
            order by address limit 2000
            """;

    /** A queue that somebody should read. */
    record Queue(String address, String client) {}

    private final Database database;

    public StuckStore(Database database) {
        this.database = database;
    }

    List<Stuck> before(Instant before) {
        return database.with(h -> h.createQuery(STUCK)
                .bind("before", before.atOffset(ZoneOffset.UTC))
                .map((rs, c) -> read(rs))
                .list());
    }

    List<Queue> queues() {
        return database.with(h -> h.createQuery(QUEUES)
                .map((rs, c) -> new Queue(rs.getString("address"), rs.getString("client_ref")))
                .list());
    }

    private static Stuck read(ResultSet rs) throws SQLException {
        return new Stuck(
                StuckKind.valueOf(rs.getString("kind")),
                rs.getString("client"),
                rs.getLong("items"),
                rs.getObject("since_at", OffsetDateTime.class).toInstant());
    }
}
