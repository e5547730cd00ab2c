package nl.wijkhub.plan;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.SeatsConcerned;

/** Tables {@code plan} and {@code plan_participant}: the seats that take part in the plan a household agreed to. */
public final class PlanPartnerStore implements SeatsConcerned.PlanPartners {
    private static final String OF_HOUSEHOLDS = """
            select p.household_id, a.team_id, a.seat from plan p join plan_participant a using (plan_id)
            where p.household_id = any(:households) and p.state <> 'CLOSED' and p.agreed_on is not null
                and a.kind = 'PARTNER' and a.left_at is null
            """;

    private final Database database;

    public PlanPartnerStore(Database database) {
        this.database = database;
    }

    @Override
    public Map<UUID, Set<Recipient>> ofHouseholds(Collection<UUID> households) {
        Map<UUID, Set<Recipient>> partners = new HashMap<>();
        if (!households.isEmpty()) {
            database.with(h -> h.createQuery(OF_HOUSEHOLDS)
                    .bind("households", households.toArray(UUID[]::new))
                    .map((rs, c) -> partners.computeIfAbsent(
                                    rs.getObject("household_id", UUID.class), id -> new HashSet<>())
                            .add(Recipient.at(rs.getString("team_id"), rs.getString("seat"))))
                    .list());
        }
        return partners;
    }
}
