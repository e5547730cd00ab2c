package nl.wijkhub.subscription;

import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.subscription.Notification.NotificationKind;

/** Says whether a client is told of something, or will be, by any of its subscriptions; reads table {@code notification}. */
public final class ToldStore {
    private static final String IS_TOLD = """
            select exists(
                select 1 from notification n join subscription s using (subscription_id)
                where n.about_id = :about and n.kind = :kind and n.state <> 'VOID' and s.client_ref = :client)
            """;
    private static final String TOLD = """
            select n.about_id from notification n join subscription s using (subscription_id)
            where s.client_ref = :client and n.kind = :kind and n.state <> 'VOID'
                and (cast(:after as uuid) is null or n.about_id > :after)
            group by n.about_id order by n.about_id limit :limit
            """;

    private final Database database;

    public ToldStore(Database database) {
        this.database = database;
    }

    /** Whether a client is told, or will be, of this. */
    boolean isTold(NotificationKind kind, UUID about, String client) {
        return database.with(h -> h.createQuery(IS_TOLD)
                .bind("kind", kind.name())
                .bind("about", about)
                .bind("client", client)
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Of what a client is told.
     *
     * @param after null from the beginning
     */
    List<UUID> told(NotificationKind kind, String client, UUID after, int limit) {
        return database.with(h -> h.createQuery(TOLD)
                .bind("kind", kind.name())
                .bind("client", client)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list());
    }
}
