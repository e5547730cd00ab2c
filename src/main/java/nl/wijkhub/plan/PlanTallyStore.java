package nl.wijkhub.plan;

import static nl.wijkhub.kernel.Database.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.kernel.Database;

/**
 * Table {@code plan_tally}: what a batch counted of the rows of {@code plan_signal_seen} of a plan, its own among them. It is
 * never wrong:
 * <ul>
 *   <li>A batch counts the rows it writes; two of one plan do not meet, because each holds the household.
 *   <li>Anybody else who writes, moves or deletes rows makes the tally void in the same transaction, whatever is held. Where it
 *       waits for a batch and the batch for it, the database lets one of them try again.
 *   <li>What a batch counted before that is not kept after it: the tally became void once more than the batch knows of.
 * </ul>
 */
public final class PlanTallyStore {
    private static final String OF_PLANS = "select * from plan_tally where plan_id = any(:plans)";
    private static final String KEEP = """
            insert into plan_tally as kept (plan_id, voids, epoch, counted_from, counted_until, counts)
            select p, v, e, f, u, c
            from unnest(:plans::uuid[], :voids::int[], :epochs::int[], :froms::timestamptz[], :untils::timestamptz[],
                :counts::bytea[]) as n(p, v, e, f, u, c)
            order by p
            on conflict (plan_id) do update set epoch = excluded.epoch, counted_from = excluded.counted_from,
                counted_until = excluded.counted_until, counts = excluded.counts
            where kept.voids = excluded.voids
            """;
    // an insert waits for what a batch keeps at this moment; a delete would not see it
    private static final String VOID = """
            insert into plan_tally as kept (plan_id, voids)
            select distinct p, 1 from unnest(:plans::uuid[]) as n(p) order by p
            on conflict (plan_id) do update set voids = kept.voids + 1, counts = null
            """;

    /**
     * The counts of one plan.
     *
     * @param voids how often the tally was made void before it was counted
     * @param epoch the life of the plan that was counted
     * @param from it holds for a window that begins at this moment or later
     * @param until and before this one, when the first signal of the window leaves it
     * @param counts as the counter writes them; null when the tally is void
     */
    public record PlanTally(UUID planId, int voids, int epoch, Instant from, Instant until, byte[] counts) {
        /**
         * @param since when the window begins
         */
        public boolean holds(int ofEpoch, Instant since) {
            return counts != null && epoch == ofEpoch && !since.isBefore(from) && since.isBefore(until);
        }
    }

    private final Database database;

    public PlanTallyStore(Database database) {
        this.database = database;
    }

    /** The tallies of these plans, void ones too. Ask before a plan is counted anew: so its voids are known. */
    public List<PlanTally> of(Collection<UUID> plans) {
        if (plans.isEmpty()) {
            return List.of();
        }
        return database.with(h -> h.createQuery(OF_PLANS)
                .bind("plans", plans.toArray(UUID[]::new))
                .map((rs, c) -> new PlanTally(
                        rs.getObject("plan_id", UUID.class),
                        rs.getInt("voids"),
                        rs.getInt("epoch"),
                        instant(rs, "counted_from"),
                        instant(rs, "counted_until"),
                        rs.getBytes("counts")))
                .list());
    }

    /** Keeps these, in the transaction that wrote what it counted along; all but those that became void meanwhile. */
    public void keep(Collection<PlanTally> tallies) {
        if (!tallies.isEmpty()) {
            database.with(h -> h.createUpdate(KEEP)
                    .bind("plans", column(tallies, UUID[]::new, PlanTally::planId))
                    .bind("voids", column(tallies, Integer[]::new, PlanTally::voids))
                    .bind("epochs", column(tallies, Integer[]::new, PlanTally::epoch))
                    .bind("froms", column(tallies, Instant[]::new, PlanTally::from))
                    .bind("untils", column(tallies, Instant[]::new, PlanTally::until))
                    .bind("counts", column(tallies, byte[][]::new, PlanTally::counts))
                    .execute());
        }
    }

    /** The signals of these plans are to be counted anew; in the transaction of what changed them. */
    void makeVoid(Collection<UUID> plans) {
        if (!plans.isEmpty()) {
            database.with(h -> h.createUpdate(VOID)
                    .bind("plans", plans.toArray(UUID[]::new))
                    .execute());
        }
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime at = rs.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
