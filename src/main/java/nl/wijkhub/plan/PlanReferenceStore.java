package nl.wijkhub.plan;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.sharing.Recipient;
import org.jdbi.v3.core.statement.Query;

/**
 * Table {@code plan_reference}: the id by which each seat knows a plan. No two seats know it by the same, so that they cannot
 * join what they were told. An id is given when a seat first hears of the plan, and it stays.
 */
public final class PlanReferenceStore {
    private static final String OF_SEAT = """
            select plan_id, known_as from plan_reference
            where team_id = :team and seat = :seat and plan_id = any(:plans)
            """;

    /** Two who give one at the same time both get the first. */
    private static final String GIVE = """
            insert into plan_reference (plan_id, team_id, seat, known_as)
            select plan_id, :team, :seat, gen_random_uuid() from plan where plan_id = any(:plans) order by plan_id
            on conflict (plan_id, team_id, seat) do update set known_as = plan_reference.known_as
            returning plan_id, known_as
            """;

    private static final String FIND = """
            select plan_id from plan_reference
            where known_as = :id and (team_id, seat) in (select * from unnest(:teams::text[], :seats::text[]))
            """;

    private static final String FIND_OF_ANY_SEAT = "select plan_id from plan_reference where known_as = :id limit 1";

    private final Database database;

    public PlanReferenceStore(Database database) {
        this.database = database;
    }

    /** Plan → the id by which a seat knows it; a plan that does not exist, and null, is not in it. */
    public Map<UUID, UUID> of(Recipient seat, Collection<UUID> plans) {
        Set<UUID> missing = new HashSet<>(plans);
        if (missing.isEmpty()) {
            return new HashMap<>();
        }
        Map<UUID, UUID> known = new HashMap<>(database.with(h -> ids(h.createQuery(OF_SEAT), seat, missing)));
        missing.removeAll(known.keySet());
        if (!missing.isEmpty()) {
            known.putAll(database.with(h -> ids(h.createQuery(GIVE), seat, missing)));
        }
        return known;
    }

    private static Map<UUID, UUID> ids(Query query, Recipient seat, Set<UUID> plans) {
        Map<UUID, UUID> ids = new HashMap<>();
        query.bind("team", seat.teamId())
                .bind("seat", seat.seatName())
                .bind("plans", plans.toArray(UUID[]::new))
                .map((rs, c) -> ids.put(rs.getObject("plan_id", UUID.class), rs.getObject("known_as", UUID.class)))
                .list();
        return ids;
    }

    /** The plan that one of these seats knows by an id. */
    public Optional<UUID> find(UUID id, Collection<Recipient> seats) {
        return database.with(h -> h.createQuery(FIND)
                .bind("id", id)
                .bind("teams", seats.stream().map(Recipient::teamId).toArray(String[]::new))
                .bind("seats", seats.stream().map(Recipient::seatName).toArray(String[]::new))
                .mapTo(UUID.class)
                .findFirst());
    }

    /** The plan that some seat knows by an id. */
    public Optional<UUID> findOfAnySeat(UUID id) {
        return database.with(h ->
                h.createQuery(FIND_OF_ANY_SEAT).bind("id", id).mapTo(UUID.class).findFirst());
    }
}
