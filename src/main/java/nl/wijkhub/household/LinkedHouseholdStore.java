package nl.wijkhub.household;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Database;

/**
 * Which households count with which, since some were merged or split, or somebody moved or lives in two; table
 * {@code household_change} says so, and what a person decided about {@code household_match}.
 */
final class LinkedHouseholdStore {
    private static final String KIN = """
            with recursive kin (start, household_id) as (
                select h, h from unnest(:ids::uuid[]) as n(h)
                union
                select k.start, e.other_id
                from kin k join (
                    select from_household_id as household_id, to_household_id as other_id
                    from household_change where undone_at is null
                    union all
                    select to_household_id, from_household_id from household_change where undone_at is null
                    union all
                    select household_id, other_household_id
                    from household_match where decision = 'BOTH' and undone_at is null
                    union all
                    select other_household_id, household_id
                    from household_match where decision = 'BOTH' and undone_at is null) as e
                    on e.household_id = k.household_id),
            up (start, household_id, merged_into_id, team_id) as (
                select h.household_id, h.household_id, h.merged_into_id, h.team_id
                from household h where h.household_id = any(:ids)
                union
                select u.start, h.household_id, h.merged_into_id, h.team_id
                from up u join household h on h.household_id = u.merged_into_id)
            select u.start, u.team_id, array_agg(k.household_id) as kin
            from up u join kin k on k.start = u.start
            where u.merged_into_id is null
            group by u.start, u.team_id
            """;
    // a signal that moved counts where it moved to, and after that was undone where it came from
    private static final String CURRENT = """
            with recursive up (household_id, merged_into_id) as (
                select h.household_id, h.merged_into_id from household h
                where h.household_id = coalesce((
                    select case when c.undone_at is null then c.to_household_id else c.from_household_id end
                    from household_change_moved m join household_change c on c.change_id = m.change_id
                    where m.signal_id = :signal
                    order by coalesce(c.undone_at, c.changed_at) desc, c.change_no desc limit 1), :household)
                union
                select h.household_id, h.merged_into_id
                from up u join household h on h.household_id = u.merged_into_id)
            select household_id from up where merged_into_id is null
            """;
    private static final String SIGNALS = """
            with recursive parts (household_id) as (
                select cast(:household as uuid)
                union
                select h.household_id from parts p join household h on h.merged_into_id = p.household_id),
            candidate (signal_id) as (
                select s.signal_id from signal s where s.household_id in (select household_id from parts)
                union
                select m.signal_id
                from household_change c join household_change_moved m on m.change_id = c.change_id
                where m.signal_id is not null and (c.from_household_id in (select household_id from parts)
                    or c.to_household_id in (select household_id from parts)))
            select s.signal_id
            from candidate k join signal s on s.signal_id = k.signal_id
            left join lateral (
                select case when c.undone_at is null then c.to_household_id else c.from_household_id end as household_id
                from household_change_moved m join household_change c on c.change_id = m.change_id
                where m.signal_id = k.signal_id
                order by coalesce(c.undone_at, c.changed_at) desc, c.change_no desc limit 1) as l on true
            where coalesce(l.household_id, s.household_id) in (select household_id from parts)
            order by s.accepted_at desc, s.signal_id limit :limit
            """;

    /**
     * What counts for a household together with it.
     *
     * @param teamId the team that took it over, or the one it was merged into; null for the team of its place
     * @param households itself among them
     */
    record Kin(String teamId, Set<UUID> households) {}

    private final Database database;

    LinkedHouseholdStore(Database database) {
        this.database = database;
    }

    /** What counts for each of these households. */
    Map<UUID, Kin> kin(Collection<UUID> households) {
        Map<UUID, Kin> kin = new HashMap<>();
        if (!households.isEmpty()) {
            database.with(h -> h.createQuery(KIN)
                    .bind("ids", households.toArray(UUID[]::new))
                    .map((rs, c) -> kin.put(
                            rs.getObject("start", UUID.class),
                            new Kin(rs.getString("team_id"), Set.copyOf(Arrays.asList((UUID[])
                                    rs.getArray("kin").getArray())))))
                    .list());
        }
        return kin;
    }

    /** For which household a signal counts now that was matched to this one. */
    UUID currentOf(UUID signal, UUID household) {
        return database.with(h -> h.createQuery(CURRENT)
                .bind("signal", signal)
                .bind("household", household)
                .mapTo(UUID.class)
                .one());
    }

    /** The signals that count for a household now, those of what was merged into it among them, newest first. */
    List<UUID> signalsOf(UUID household, int limit) {
        return database.with(h -> h.createQuery(SIGNALS)
                .bind("household", household)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list());
    }
}
