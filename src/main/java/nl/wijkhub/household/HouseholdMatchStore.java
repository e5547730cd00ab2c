package nl.wijkhub.household;

import static nl.wijkhub.kernel.Database.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;

/**
 * Table {@code household_match}: what is doubtful about households, and what a person made of it. The same is proposed once
 * while nobody decided; a pair of which somebody said that they are two, or that somebody lives in both, never again.
 */
public final class HouseholdMatchStore {
    private static final String PROPOSE = """
            insert into household_match (match_id, household_id, other_household_id, kind, match_key, proposed_at,
                signal_id)
            select n.i, n.h, n.o, n.kind, n.k, :at, n.s
            from unnest(:ids::uuid[], :households::uuid[], :others::uuid[], :kinds::text[], :keys::bytea[],
                :signals::uuid[]) as n(i, h, o, kind, k, s)
            where not exists (
                select 1 from household_match d
                where least(d.household_id, d.other_household_id) = least(n.h, n.o)
                    and greatest(d.household_id, d.other_household_id) = greatest(n.h, n.o)
                    and d.decision in ('BOTH', 'DIFFERENT') and d.undone_at is null)
            order by least(n.h, n.o), greatest(n.h, n.o), n.kind, n.k
            on conflict do nothing
            """;
    // it shows by another signal when no seat may know of it by the one before; whoever decides right now is left alone
    private static final String SHOWS_BY = """
            update household_match m set signal_id = w.s
            from (
                select d.match_id, n.s
                from unnest(:households::uuid[], :others::uuid[], :kinds::text[], :keys::bytea[], :signals::uuid[])
                    as n(h, o, kind, k, s)
                join household_match d on least(d.household_id, d.other_household_id) = least(n.h, n.o)
                    and greatest(d.household_id, d.other_household_id) = greatest(n.h, n.o)
                    and d.kind = n.kind and d.match_key = n.k
                where d.decision is null and d.signal_id is distinct from n.s
                    and not exists (
                        select 1 from decided_release r
                        where r.signal_id = d.signal_id and r.kind = 'TEAM' and r.seat = 'MUNICIPALITY'
                            and r.disclosure <> 'NONE'
                            and jsonb_exists(cast(r.decision as jsonb) -> 'fields',
                                case when d.kind = 'BAG' then 'address' else 'persons.name' end)
                            and not exists (select 1 from recall x where x.release_id = r.release_id))
                for update of d skip locked) as w
            where m.match_id = w.match_id
            """;
    // a name with a birth date that very many share says nothing: the last few are enough
    private static final String PROPOSE_NAMESAKES = """
            insert into household_match (match_id, household_id, other_household_id, kind, match_key, proposed_at,
                signal_id)
            select gen_random_uuid(), n.h, p.household_id, 'NAME_BIRTH', n.k, :at, n.s
            from unnest(:households::uuid[], :keys::bytea[], :signals::uuid[]) as n(h, k, s)
            cross join lateral (
                select q.household_id from person q
                where q.person_key = n.k and q.household_id <> n.h
                order by q.person_id desc limit 5) as p
            join household s on s.household_id = p.household_id
            where s.merged_into_id is null and not exists (
                select 1 from household_match d
                where least(d.household_id, d.other_household_id) = least(n.h, p.household_id)
                    and greatest(d.household_id, d.other_household_id) = greatest(n.h, p.household_id)
                    and d.decision in ('BOTH', 'DIFFERENT') and d.undone_at is null)
            order by least(n.h, p.household_id), greatest(n.h, p.household_id), n.k
            on conflict do nothing
            """;
    private static final String BY_ID = "select * from household_match where match_id = :id for update";
    private static final String DECIDE = """
            update household_match set decision = :decision, reason_sealed = :reason, decided_by = :user, decided_at = :at
            where match_id = :id and decision is null
            """;
    private static final String UNDO = """
            update household_match set undo_reason_sealed = :reason, undone_by = :user, undone_at = :at
            where match_id = :id and decision is not null and undone_at is null
            """;
    private static final String PROPOSE_AGAIN = """
            insert into household_match (match_id, household_id, other_household_id, kind, match_key, proposed_at,
                signal_id)
            select :again, household_id, other_household_id, kind, match_key, :at, signal_id
            from household_match where match_id = :id
            on conflict do nothing
            """;

    /** Why two households may have to do with each other. */
    public enum MatchReason implements Coded {
        /** A BAG id that stands with two addresses. */
        BAG,
        /** A BSN known in another household: somebody who moved, or lives in two. */
        PERSON,
        /** A name with a birth date known in another household. */
        NAME_BIRTH
    }

    /** What a person may make of it. */
    public enum Decision {
        /** One household. */
        MERGED,
        /** The person lives in the household where it showed, no longer in the other. */
        MOVED,
        /** The person lives in both. */
        BOTH,
        /** They have nothing to do with each other. */
        DIFFERENT
    }

    /**
     * Something doubtful.
     *
     * @param household where it showed
     * @param key by what, as hex: of an alias, or of a person
     * @param signal that showed it
     */
    record Proposal(UUID household, UUID other, MatchReason kind, String key, UUID signal) {}

    /** Somebody nobody knew in this household until this signal; the key of name and birth date. */
    record Namesake(UUID household, byte[] key, UUID signal) {}

    /**
     * What was proposed.
     *
     * @param decision null while nobody decided
     * @param undoneAt null while the decision stands
     */
    public record Match(
            UUID id, UUID household, UUID other, MatchReason kind, String key, Decision decision, Instant undoneAt) {}

    private final Database database;
    private final Vault vault;

    public HouseholdMatchStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    void propose(Collection<Proposal> doubtful, Instant at) {
        if (doubtful.isEmpty()) {
            return;
        }
        database.with(h -> h.createUpdate(PROPOSE)
                .bind("ids", column(doubtful, UUID[]::new, one -> Identifier.next()))
                .bind("households", column(doubtful, UUID[]::new, Proposal::household))
                .bind("others", column(doubtful, UUID[]::new, Proposal::other))
                .bind("kinds", column(doubtful, String[]::new, one -> one.kind().name()))
                .bind("keys", column(doubtful, byte[][]::new, one -> HexFormat.of()
                        .parseHex(one.key())))
                .bind("signals", column(doubtful, UUID[]::new, Proposal::signal))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
        database.with(h -> h.createUpdate(SHOWS_BY)
                .bind("households", column(doubtful, UUID[]::new, Proposal::household))
                .bind("others", column(doubtful, UUID[]::new, Proposal::other))
                .bind("kinds", column(doubtful, String[]::new, one -> one.kind().name()))
                .bind("keys", column(doubtful, byte[][]::new, one -> HexFormat.of()
                        .parseHex(one.key())))
                .bind("signals", column(doubtful, UUID[]::new, Proposal::signal))
                .execute());
    }

    /** Proposes whoever of these is known elsewhere too. */
    void proposeNamesakes(List<Namesake> newcomers, Instant at) {
        if (newcomers.isEmpty()) {
            return;
        }
        database.with(h -> h.createUpdate(PROPOSE_NAMESAKES)
                .bind("households", column(newcomers, UUID[]::new, Namesake::household))
                .bind("keys", column(newcomers, byte[][]::new, Namesake::key))
                .bind("signals", column(newcomers, UUID[]::new, Namesake::signal))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** One proposal, held until the transaction ends. */
    public Optional<Match> held(UUID id) {
        return database.with(h ->
                h.createQuery(BY_ID).bind("id", id).map((rs, c) -> read(rs)).findOne());
    }

    /** Writes what a person made of it; false when somebody decided before. */
    public boolean decide(UUID id, Decision decision, String reason, String user, Instant at) {
        return database.with(h -> h.createUpdate(DECIDE)
                        .bind("id", id)
                        .bind("decision", decision.name())
                        .bind("reason", vault.seal("household_match", "reason_sealed", id, reason))
                        .bind("user", user)
                        .bind("at", at.atOffset(ZoneOffset.UTC))
                        .execute())
                == 1;
    }

    /** Takes a decision back and proposes the same anew; false when no decision stands. */
    public boolean undo(UUID id, String reason, String user, Instant at) {
        int undone = database.with(h -> h.createUpdate(UNDO)
                .bind("id", id)
                .bind("reason", vault.seal("household_match", "undo_reason_sealed", id, reason))
                .bind("user", user)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
        if (undone == 1) {
            database.with(h -> h.createUpdate(PROPOSE_AGAIN)
                    .bind("id", id)
                    .bind("again", Identifier.next())
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute());
        }
        return undone == 1;
    }

    private static Match read(ResultSet rs) throws SQLException {
        String decision = rs.getString("decision");
        OffsetDateTime undone = rs.getObject("undone_at", OffsetDateTime.class);
        return new Match(
                rs.getObject("match_id", UUID.class),
                rs.getObject("household_id", UUID.class),
                rs.getObject("other_household_id", UUID.class),
                MatchReason.valueOf(rs.getString("kind")),
                HexFormat.of().formatHex(rs.getBytes("match_key")),
                decision == null ? null : Decision.valueOf(decision),
                undone == null ? null : undone.toInstant());
    }
}
