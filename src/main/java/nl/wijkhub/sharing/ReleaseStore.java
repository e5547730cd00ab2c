package nl.wijkhub.sharing;

import static nl.wijkhub.kernel.Database.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;

/**
 * Tables {@code release} (what was decided; {@code decided_release} shows it with its words), {@code withdrawal} (signals of
 * which nothing stands any more) and {@code recall} (releases that do not). Append only.
 */
public final class ReleaseStore {
    private static final String INSERT = """
            insert into release (release_id, signal_id, household_id, team_id, seat, disclosure, words_id, person_ids,
                decided_at, on_consent, kind, decision_set_id)
            select i, s, h, t, d, l, w, cast(p as uuid[]), a, c, k, x
            from unnest(:ids::uuid[], :signals::uuid[], :households::uuid[], :teams::text[], :seats::text[],
                :disclosures::text[], :words::uuid[], :persons::text[], :times::timestamptz[], :consents::boolean[],
                :kinds::text[], :sets::uuid[]) as n(i, s, h, t, d, l, w, p, a, c, k, x)
            where (select count(*) from decision_words where words_id = any(:said)) = cardinality(:said::uuid[])
            """;
    private static final String OF_RECIPIENT = """
            select * from decided_release
            where signal_id = :signal and team_id = :team and seat = :seat and kind = :kind
            order by disclosure <> 'NONE' desc, decided_at desc limit 1
            """;
    private static final String LAST_OF_PLAN = """
            select * from decided_release
            where signal_id is null and household_id = :household and team_id = :team and seat = :seat
                and kind = :kind
            order by decided_at desc limit 1
            """;
    private static final String LAST_OF_SIGNALS = """
            select distinct on (signal_id) * from decided_release
            where signal_id = any(:signals) and team_id = :team and seat = :seat and kind = :kind
            order by signal_id, disclosure <> 'NONE' desc, decided_at desc
            """;
    // what a sender heard about its own message is not taken back from it
    private static final String PASSED = """
            select * from decided_release where signal_id = any(:signals) and disclosure <> 'NONE' and kind <> 'SENDER'
            order by release_id
            """;
    private static final String OF_SIGNAL =
            "select * from decided_release where signal_id = :signal order by team_id, seat";
    private static final String BY_IDS = "select * from decided_release where release_id = any(:ids)";
    private static final String WITHDRAW = """
            insert into withdrawal (signal_id, reason, withdrawn_at)
            select s, :reason, :at from unnest(:signals::uuid[]) as n(s)
            on conflict (signal_id) do nothing
            """;
    private static final String RECALL = """
            insert into recall (release_id, reason, recalled_at)
            select r, :reason, :at from unnest(:releases::uuid[]) as n(r)
            on conflict (release_id) do nothing
            returning release_id
            """;
    private static final String STANDING_IN_TEAM = """
            select r.* from decided_release r
            where r.signal_id = any(:signals) and r.kind = 'TEAM' and r.team_id = :team
                and not exists (select 1 from recall x where x.release_id = r.release_id)
            order by r.decided_at, r.release_id
            """;
    private static final String RECALLED = "select reason from recall where release_id = :id";
    private static final String RESTING_ON_CONSENT = """
            select r.* from decided_release r
            where r.household_id = any(:households) and r.on_consent and r.kind = 'TEAM'
                and not exists (select 1 from recall x where x.release_id = r.release_id)
            order by r.release_id
            """;
    private static final String STANDING = """
            select r.* from decided_release r join signal s using (signal_id)
            where s.household_id = any(:households) and r.disclosure <> 'NONE' and r.kind = 'TEAM'
                and not exists (select 1 from recall x where x.release_id = r.release_id)
            order by r.release_id
            """;
    private static final String WITHDRAWN = "select signal_id from withdrawal where signal_id = any(:signals)";

    private final Database database;

    public ReleaseStore(Database database) {
        this.database = database;
    }

    /**
     * A new release.
     *
     * @param wordsId what its decision says, in {@code decision_words}
     * @param setId in which it was logged
     */
    record Logged(Release release, UUID wordsId, UUID setId) {}

    /**
     * @return whether they were written: none is, when words of theirs do not stand in the database
     */
    boolean insert(Collection<Logged> logged) {
        if (logged.isEmpty()) {
            return true;
        }
        List<Release> releases = logged.stream().map(Logged::release).toList();
        int written = database.with(h -> h.createUpdate(INSERT)
                .bind("ids", column(releases, UUID[]::new, Release::id))
                .bind("signals", column(releases, UUID[]::new, Release::signalId))
                .bind("households", column(releases, UUID[]::new, Release::householdId))
                .bind("teams", column(releases, String[]::new, r -> r.recipient()
                        .teamId()))
                .bind("seats", column(releases, String[]::new, r -> r.recipient()
                        .seatName()))
                .bind("disclosures", column(releases, String[]::new, r -> r.decision()
                        .disclosure()
                        .name()))
                .bind("words", column(logged, UUID[]::new, Logged::wordsId))
                .bind("persons", column(releases, String[]::new, ReleaseStore::persons))
                .bind("times", column(releases, Instant[]::new, Release::decidedAt))
                .bind("consents", column(releases, Boolean[]::new, r -> r.decision()
                        .restsOnConsent()))
                .bind("sets", column(logged, UUID[]::new, Logged::setId))
                .bind("said", logged.stream().map(Logged::wordsId).distinct().toArray(UUID[]::new))
                .bind("kinds", column(releases, String[]::new, r -> r.recipient()
                        .kind()
                        .name()))
                .execute());
        return written == releases.size();
    }

    /** What was decided for this recipient last, of what passed if anything did; empty when it was never one. */
    public Optional<Release> of(UUID signalId, Recipient recipient) {
        return database.with(h -> h.createQuery(OF_RECIPIENT)
                .bind("signal", signalId)
                .bind("team", recipient.teamId())
                .bind("seat", recipient.seatName())
                .bind("kind", recipient.kind().name())
                .map((rs, c) -> read(rs))
                .findOne());
    }

    /** The same of many signals; without those of which it was never a recipient. */
    public List<Release> lastOf(Collection<UUID> signalIds, Recipient recipient) {
        return database.with(h -> h.createQuery(LAST_OF_SIGNALS)
                .bind("signals", signalIds.toArray(UUID[]::new))
                .bind("team", recipient.teamId())
                .bind("seat", recipient.seatName())
                .bind("kind", recipient.kind().name())
                .map((rs, c) -> read(rs))
                .list());
    }

    /** What was decided for this recipient last about the plan of a household; empty when nothing was. */
    Optional<Release> lastOfPlan(UUID household, Recipient recipient) {
        return database.with(h -> h.createQuery(LAST_OF_PLAN)
                .bind("household", household)
                .bind("team", recipient.teamId())
                .bind("seat", recipient.seatName())
                .bind("kind", recipient.kind().name())
                .map((rs, c) -> read(rs))
                .findOne());
    }

    /** What was decided for the pairs of one team about these signals and was not recalled, the oldest first. */
    public List<Release> standingIn(String teamId, Collection<UUID> signals) {
        return database.with(h -> h.createQuery(STANDING_IN_TEAM)
                .bind("signals", signals.toArray(UUID[]::new))
                .bind("team", teamId)
                .map((rs, c) -> read(rs))
                .list());
    }

    /** Every release of a signal, denials included: for the privacy officer. */
    public List<Release> ofSignal(UUID signalId) {
        return database.with(h -> h.createQuery(OF_SIGNAL)
                .bind("signal", signalId)
                .map((rs, c) -> read(rs))
                .list());
    }

    public List<Release> byIds(Collection<UUID> releaseIds) {
        return database.with(h -> h.createQuery(BY_IDS)
                .bind("ids", releaseIds.toArray(UUID[]::new))
                .map((rs, c) -> read(rs))
                .list());
    }

    /** The releases of these signals in which something passed. */
    List<Release> passedOf(Collection<UUID> signalIds) {
        return database.with(h -> h.createQuery(PASSED)
                .bind("signals", signalIds.toArray(UUID[]::new))
                .map((rs, c) -> read(rs))
                .list());
    }

    /** Says that nothing of these signals stands any more. */
    void withdraw(Collection<UUID> signalIds, String reason, Instant at) {
        database.with(h -> h.createUpdate(WITHDRAW)
                .bind("signals", signalIds.toArray(UUID[]::new))
                .bind("reason", reason)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** These releases do not stand any more; returns those that stood until now. */
    List<Release> recall(Collection<Release> recalled, String reason, Instant at) {
        if (recalled.isEmpty()) {
            return List.of();
        }
        Set<UUID> stood = new HashSet<>(database.with(h -> h.createQuery(RECALL)
                .bind("releases", column(recalled, UUID[]::new, Release::id))
                .bind("reason", reason)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .mapTo(UUID.class)
                .list()));
        return recalled.stream().filter(release -> stood.contains(release.id())).toList();
    }

    /** Why a release does not stand any more; empty for one that does. */
    public Optional<String> recalled(UUID releaseId) {
        return database.with(h -> h.createQuery(RECALLED)
                .bind("id", releaseId)
                .mapTo(String.class)
                .findOne());
    }

    /** What passed about these households on consent, and still stands. */
    List<Release> restingOnConsent(Collection<UUID> households) {
        return database.with(h -> h.createQuery(RESTING_ON_CONSENT)
                .bind("households", households.toArray(UUID[]::new))
                .map((rs, c) -> read(rs))
                .list());
    }

    /** What passed about these households, and still stands. */
    List<Release> standing(Collection<UUID> households) {
        return database.with(h -> h.createQuery(STANDING)
                .bind("households", households.toArray(UUID[]::new))
                .map((rs, c) -> read(rs))
                .list());
    }

    Set<UUID> withdrawnSignals(Collection<UUID> signalIds) {
        return database.with(h -> new HashSet<>(h.createQuery(WITHDRAWN)
                .bind("signals", signalIds.toArray(UUID[]::new))
                .mapTo(UUID.class)
                .list()));
    }

    /** An array as a literal of the server; nothing in an id needs quotes. Null for nobody. */
    private static String persons(Release release) {
        List<UUID> persons = release.decision().visiblePersons();
        return persons.isEmpty()
                ? null
                : persons.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static Release read(ResultSet rs) throws SQLException {
        return new Release(
                rs.getObject("release_id", UUID.class),
                rs.getObject("signal_id", UUID.class),
                rs.getObject("household_id", UUID.class),
                Recipient.at(rs.getString("team_id"), rs.getString("seat"))
                        .as(Recipient.RecipientKind.valueOf(rs.getString("kind"))),
                Json.read(rs.getString("decision"), Decision.class),
                rs.getObject("decided_at", OffsetDateTime.class).toInstant());
    }
}
