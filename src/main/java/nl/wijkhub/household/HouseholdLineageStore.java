package nl.wijkhub.household;

import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Database;

/**
 * What a change moves within the households: aliases, what waits for a decision, lineage and team; table
 * {@code household_change_moved} remembers it.
 */
public final class HouseholdLineageStore {
    private static final String ALL_ALIASES = """
            with moved as (
                update household_alias set household_id = :to where household_id = :from returning alias_key)
            insert into household_change_moved (change_id, what, alias_key) select :id, 'ALIAS', alias_key from moved
            """;
    private static final String ALIASES = """
            with moved as (
                update household_alias set household_id = :to where household_id = :from and alias_key = any(:keys)
                returning alias_key)
            insert into household_change_moved (change_id, what, alias_key) select :id, 'ALIAS', alias_key from moved
            """;
    private static final String MOVED_ALIASES = """
            select encode(alias_key, 'hex') from household_change_moved where change_id = :id and alias_key is not null
            """;
    private static final String ALIASES_BACK = """
            update household_alias a set household_id = :from
            from household_change_moved m
            where m.change_id = :id and m.alias_key = a.alias_key and a.household_id = :to
            """;
    private static final String LEARNED_BACK = """
            update household_alias set household_id = :from
            where household_id = :to and alias_key = any(:keys) and learned_at >= :since
            """;
    private static final String MATCHES = """
            with moved as (
                update household_match m set
                    household_id = case when m.household_id = :from then :to else m.household_id end,
                    other_household_id = case when m.other_household_id = :from then :to else m.other_household_id end
                where m.decision is null and (m.household_id = :from or m.other_household_id = :from)
                    and m.household_id <> :to and m.other_household_id <> :to
                    and not exists (
                        select 1 from household_match d
                        where d.decision is null and d.kind = m.kind and d.match_key = m.match_key
                            and (d.household_id = :to or d.other_household_id = :to)
                            and case when m.household_id = :from then m.other_household_id else m.household_id end
                                in (d.household_id, d.other_household_id))
                returning m.match_id)
            insert into household_change_moved (change_id, what, match_id) select :id, 'MATCH', match_id from moved
            """;
    private static final String MATCHES_BACK = """
            update household_match m set
                household_id = case when m.household_id = :to then :from else m.household_id end,
                other_household_id = case when m.other_household_id = :to then :from else m.other_household_id end
            from household_change_moved c
            where c.change_id = :id and c.match_id = m.match_id and m.decision is null
                and (m.household_id = :to or m.other_household_id = :to)
                and m.household_id <> :from and m.other_household_id <> :from
            """;
    private static final String MERGED_INTO =
            "update household set merged_into_id = cast(:into as uuid) where household_id = :id";
    private static final String IS_PART = """
            select exists (
                select 1 from household where household_id = any(:ids) and merged_into_id is not null)
            """;
    private static final String LINK =
            "update household set linked = true, change_count = change_count + 1 where household_id = any(:ids)";
    // what was handed over stays with its team, whatever it is merged with
    private static final String GIVE_TEAM = """
            update household t set team_id = f.team_id from household f
            where t.household_id = :to and f.household_id = :from and t.team_id is null and f.team_id is not null
            """;
    private static final String TEAM_GIVEN = "update household_change set team_given = true where change_id = :id";
    private static final String TAKE_TEAM = """
            update household t set team_id = null from household f, household_change c
            where t.household_id = :to and f.household_id = :from and c.change_id = :id
                and c.team_given and t.team_id = f.team_id
            """;

    private final Database database;

    public HouseholdLineageStore(Database database) {
        this.database = database;
    }

    /** Every alias that led to the one leads to the other from now on. */
    void moveAliases(HouseholdChange change) {
        between(ALL_ALIASES, change);
    }

    /** The same of these aliases alone, as hex, as far as they led there. */
    void moveAliases(HouseholdChange change, Collection<String> keys) {
        database.with(h -> h.createUpdate(ALIASES)
                .bind("id", change.id())
                .bind("from", change.from())
                .bind("to", change.to())
                .bind("keys", bytes(keys))
                .execute());
    }

    /** The aliases that went with a change, as hex. */
    Set<String> movedAliases(UUID changeId) {
        return new HashSet<>(database.with(h -> h.createQuery(MOVED_ALIASES)
                .bind("id", changeId)
                .mapTo(String.class)
                .list()));
    }

    /** Aliases go back, and with them those of these keys that were learned since. */
    void aliasesBack(HouseholdChange change, Collection<String> keys) {
        between(ALIASES_BACK, change);
        database.with(h -> h.createUpdate(LEARNED_BACK)
                .bind("from", change.from())
                .bind("to", change.to())
                .bind("keys", bytes(keys))
                .bind("since", change.at().atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** What waits for a decision about the one is about the other from now on, unless the same waits there. */
    void moveMatches(HouseholdChange change) {
        between(MATCHES, change);
    }

    void matchesBack(HouseholdChange change) {
        between(MATCHES_BACK, change);
    }

    /**
     * @param into null for a household that stands by itself again
     */
    void mergedInto(UUID household, UUID into) {
        database.with(h -> h.createUpdate(MERGED_INTO)
                .bind("id", household)
                .bind("into", into)
                .execute());
    }

    /** Whether one of these is part of another household. */
    boolean isPart(Collection<UUID> households) {
        return database.with(h -> h.createQuery(IS_PART)
                .bind("ids", households.toArray(UUID[]::new))
                .mapTo(Boolean.class)
                .one());
    }

    /** Tells whoever looked these households up before that they changed, and that others count with them. */
    void link(Collection<UUID> households) {
        database.with(h -> h.createUpdate(LINK)
                .bind("ids", households.toArray(UUID[]::new))
                .execute());
    }

    /** The team that took the one over has the other from now on. */
    void giveTeam(HouseholdChange change) {
        int given = database.with(h -> h.createUpdate(GIVE_TEAM)
                .bind("from", change.from())
                .bind("to", change.to())
                .execute());
        if (given == 1) {
            database.with(
                    h -> h.createUpdate(TEAM_GIVEN).bind("id", change.id()).execute());
        }
    }

    void takeTeam(HouseholdChange change) {
        between(TAKE_TEAM, change);
    }

    private void between(String sql, HouseholdChange change) {
        database.with(h -> h.createUpdate(sql)
                .bind("id", change.id())
                .bind("from", change.from())
                .bind("to", change.to())
                .execute());
    }

    private static byte[][] bytes(Collection<String> hex) {
        return hex.stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
    }
}
