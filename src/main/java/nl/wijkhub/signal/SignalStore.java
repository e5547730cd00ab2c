package nl.wijkhub.signal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Vault;

/** Table {@code signal}: one row per accepted message, its content sealed in one field. */
public final class SignalStore {
    private static final String BY_REFERENCE = """
            select signal_id, content_key, worked_at is not null as worked, parked_at is not null as parked, group_key,
                accepted_at, partner_id
            from signal where partner_id = :partner and reference_key = :reference
            """;
    // written so that the server does not look through all that is unworked, of which there may be much
    private static final String UNWORKED = """
            select * from signal
            where signal_id = any(:ids) and coalesce(worked_at, parked_at, 'infinity') = 'infinity'
            order by accepted_at, signal_id
            for update
            """;
    private static final String BY_ID = "select * from signal where signal_id = :id";
    private static final String BY_IDS = "select * from signal where signal_id = any(:ids)";
    private static final String OF_HOUSEHOLD = """
            select * from signal where household_id = :household order by accepted_at desc, signal_id limit :limit
            """;
    // what was worked stays as it was; written likewise
    private static final String WORKED = """
            update signal set worked_at = :at, household_id = w.household
            from unnest(:ids::uuid[], :households::uuid[]) as w(id, household)
            where signal.signal_id = w.id and coalesce(signal.worked_at, 'infinity') = 'infinity'
            """;
    private static final String SUPERSEDED =
            "update signal set superseded_at = :at where signal_id = any(:ids) and superseded_at is null";
    private static final String OLDEST_WAITING =
            "select min(accepted_at) from signal where worked_at is null and parked_at is null";
    private static final String LOST = """
            update signal set requeue_count = requeue_count + 1,
                requeue_at = cast(:now as timestamptz) + (cast(:spacing as double precision) * power(2, least(requeue_count, 12))) * interval '1 second'
            where signal_id in (
                select signal_id from signal
                where worked_at is null and parked_at is null and coalesce(requeue_at, accepted_at) < :before
                    and accepted_at < :olderThan
                order by accepted_at limit 500 for update skip locked)
            returning signal_id, group_key, requeue_count
            """;
    private static final String FAILED =
            "update signal set attempt_count = attempt_count + 1 where signal_id = :id and worked_at is null returning attempt_count";
    private static final String PARK =
            "update signal set parked_at = :at, parked_reason = :reason where signal_id = :id and worked_at is null";
    private static final String IS_PARKED = "select parked_at is not null from signal where signal_id = :id";
    // a range, of which the server expects few rows: of "is not null" it expects nearly all until the table was
    // analysed, and reads the whole of it twice a second
    private static final String PARKED_COUNT =
            "select count(*) from signal where parked_at >= '-infinity' and parked_at <= 'infinity'";

    /** What is known of a reference that was used before. */
    public record EarlierSignal(
            UUID id,
            byte[] contentKey,
            boolean worked,
            boolean parked,
            String group,
            Instant acceptedAt,
            String partnerId) {}

    /** An id to queue again, and for the how-manieth time. */
    public record Requeue(UUID id, String group, int count) {}

    private final Database database;
    private final Vault vault;

    public SignalStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** For new rows. */
    public SignalBatchStore batch() {
        return new SignalBatchStore(database, this::sealed);
    }

    public Optional<EarlierSignal> byReference(String partnerId, byte[] referenceKey) {
        return database.with(h -> h.createQuery(BY_REFERENCE)
                .bind("partner", partnerId)
                .bind("reference", referenceKey)
                .map((rs, c) -> known(rs))
                .findOne());
    }

    /**
     * Those of the ids that no stage has worked yet, oldest first; held until the transaction ends, so that whoever
     * supersedes one sees either nothing of it or everything.
     */
    public List<AcceptedSignal> unworked(Collection<UUID> ids) {
        return database.with(h -> h.createQuery(UNWORKED)
                .bind("ids", ids.toArray(UUID[]::new))
                .map((rs, c) -> read(rs))
                .list());
    }

    /** What is known about a household, newest first. */
    public List<AcceptedSignal> ofHousehold(UUID household, int limit) {
        return database.with(h -> h.createQuery(OF_HOUSEHOLD)
                .bind("household", household)
                .bind("limit", limit)
                .map((rs, c) -> read(rs))
                .list());
    }

    public Optional<AcceptedSignal> byId(UUID id) {
        return database.with(h ->
                h.createQuery(BY_ID).bind("id", id).map((rs, c) -> read(rs)).findOne());
    }

    public List<AcceptedSignal> byIds(Collection<UUID> ids) {
        return database.with(h -> h.createQuery(BY_IDS)
                .bind("ids", ids.toArray(UUID[]::new))
                .map((rs, c) -> read(rs))
                .list());
    }

    /** Marks signals as worked; {@code households} runs along with {@code ids}, null for a neighbourhood signal. */
    public void markWorked(List<UUID> ids, List<UUID> households, Instant at) {
        database.with(h -> h.createUpdate(WORKED)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("households", households.toArray(UUID[]::new))
                .bind("at", utc(at))
                .execute());
    }

    public void markSuperseded(Collection<UUID> ids, Instant at) {
        database.with(h -> h.createUpdate(SUPERSEDED)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("at", utc(at))
                .execute());
    }

    /** When the oldest signal that still waits for its stages was accepted. */
    public Optional<Instant> oldestWaiting() {
        return database.with(h -> h.createQuery(OLDEST_WAITING)
                .map((rs, c) -> Optional.ofNullable(rs.getObject(1, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .one());
    }

    /**
     * Takes signals whose id seems to have been lost on the way to the queue, each time with doubled spacing.
     *
     * @param olderThan only those accepted before this moment
     * @param spacingSeconds pause before the first repeat
     */
    public List<Requeue> takeLost(Instant now, Instant olderThan, long spacingSeconds) {
        return database.inTransaction(() -> database.with(h -> h.createQuery(LOST)
                .bind("now", utc(now))
                .bind("before", utc(now.minusSeconds(spacingSeconds)))
                .bind("olderThan", utc(olderThan))
                .bind("spacing", (double) spacingSeconds)
                .map((rs, c) -> new Requeue(
                        rs.getObject("signal_id", UUID.class), rs.getString("group_key"), rs.getInt("requeue_count")))
                .list()));
    }

    /** Counts a failed attempt; empty when the signal was worked after all. */
    public Optional<Integer> countFailure(UUID id) {
        return database.with(
                h -> h.createQuery(FAILED).bind("id", id).mapTo(Integer.class).findOne());
    }

    /** Takes a signal out of the work; {@code reason} is a class name, never a message. */
    public void park(UUID id, String reason, Instant at) {
        database.with(h -> h.createUpdate(PARK)
                .bind("id", id)
                .bind("reason", reason)
                .bind("at", utc(at))
                .execute());
    }

    boolean isParked(UUID id) {
        return database.with(h -> h.createQuery(IS_PARKED)
                .bind("id", id)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
    }

    public long parked() {
        return database.with(h -> h.createQuery(PARKED_COUNT).mapTo(Long.class).one());
    }

    /** Under what a sender's own reference is kept. */
    static byte[] referenceKey(Vault vault, String partnerId, String reference) {
        return vault.pseudonym("reference:" + partnerId, reference);
    }

    private byte[] sealed(AcceptedSignal signal) {
        return vault.seal("signal", "body_sealed", signal.id(), Json.write(signal.signal()));
    }

    static EarlierSignal known(ResultSet rs) throws SQLException {
        return new EarlierSignal(
                rs.getObject("signal_id", UUID.class),
                rs.getBytes("content_key"),
                rs.getBoolean("worked"),
                rs.getBoolean("parked"),
                rs.getString("group_key"),
                instant(rs, "accepted_at"),
                rs.getString("partner_id"));
    }

    private AcceptedSignal read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("signal_id", UUID.class);
        byte[] body = vault.openBytes("signal", "body_sealed", id, rs.getBytes("body_sealed"));
        return new AcceptedSignal(
                id,
                rs.getString("partner_id"),
                Discipline.valueOf(rs.getString("discipline")),
                instant(rs, "accepted_at"),
                classes((String[]) rs.getArray("data_class").getArray()),
                rs.getObject("superseded_id", UUID.class),
                new Trace(rs.getString("trace_id"), rs.getString("span_id")),
                Json.read(body, CaseSignal.class));
    }

    static String[] codes(Set<DataClass> classes) {
        return classes.stream().map(DataClass::name).sorted().toArray(String[]::new);
    }

    private static Set<DataClass> classes(String[] codes) {
        return Arrays.stream(codes)
                .map(DataClass::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DataClass.class)));
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
