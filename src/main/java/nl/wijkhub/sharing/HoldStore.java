package nl.wijkhub.sharing;

import static nl.wijkhub.kernel.Database.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;

/** Table {@code hold}: what waits before it is released. One that ended stays, with what came of it. */
public final class HoldStore {
    private static final String HOLD = """
            insert into hold (hold_id, kind, agreement_hold, signal_id, household_id, team_id, seat, partner_id,
                release_id, held_at, due_at)
            select i, k, a, s, h, t, d, p, r, f, u
            from unnest(:ids::uuid[], :kinds::text[], :names::text[], :signals::uuid[], :households::uuid[],
                :teams::text[], :seats::text[], :partners::text[], :releases::uuid[], :since::timestamptz[],
                :due::timestamptz[]) as n(i, k, a, s, h, t, d, p, r, f, u)
            on conflict (signal_id, team_id, seat) where ended_at is null do nothing
            """;
    private static final String NEXT_LIFTED = """
            update hold set look_count = look_count + 1,
                next_look_at = cast(:now as timestamptz) + (cast(:spacing as double precision) * power(2, least(look_count, 12))) * interval '1 second'
            where hold_id = (
                select hold_id from hold
                where ended_at is null and lifted_at is not null
                    and coalesce(next_look_at, held_at) <= :now
                order by due_at limit 1 for update skip locked)
            returning signal_id
            """;
    // an objection waits for a person, however long it takes
    private static final String NEXT_DUE = """
            update hold set look_count = look_count + 1,
                next_look_at = cast(:now as timestamptz) + (cast(:spacing as double precision) * power(2, least(look_count, 12))) * interval '1 second'
            where hold_id = (
                select hold_id from hold
                where ended_at is null and lifted_at is null and due_at <= :now and kind <> 'OBJECTION'
                    and coalesce(next_look_at, held_at) <= :now
                order by due_at limit 1 for update skip locked)
            returning signal_id
            """;
    private static final String OF_SIGNAL =
            "select * from hold where signal_id = :signal and ended_at is null order by hold_id for update";
    private static final String CARE_HEARD = """
            select exists (
                select 1 from hold
                where signal_id = :signal and kind = 'CONSULT_CARE_FIRST'
                    and (lifted_at is not null or ended_at is not null or due_at <= :now))
            """;
    private static final String OF_HOUSEHOLD = """
            select distinct signal_id from hold where household_id = :household and ended_at is null
            """;
    private static final String END_OF_HOUSEHOLD = """
            update hold set ended_at = :at, outcome = :outcome where household_id = :household and ended_at is null
            """;
    private static final String END = "update hold set ended_at = :at, outcome = :outcome where hold_id = :id";
    private static final String PUT_BACK =
            "update hold set lifted_at = null, look_count = 0, next_look_at = null where hold_id = :id";
    private static final String HOUSEHOLD_OF =
            "select household_id from hold where signal_id = :signal and household_id is not null and ended_at is null limit 1";
    private static final String OPEN = """
            select * from hold
            where ended_at is null and (:partner::text is null or (partner_id = :partner and kind = :kind))
            order by due_at, hold_id limit :limit
            """;
    private static final String COUNTS = """
            select count(*) as open, count(*) filter (where due_at <= :now) as overdue from hold where ended_at is null
            """;

    /**
     * A hold that stands.
     *
     * @param name of the hold in the agreement
     * @param partnerId who sent the signal
     * @param releaseId the denial it came with
     */
    public record Held(
            UUID id,
            SharingHold.HoldKind kind,
            String name,
            UUID signalId,
            UUID householdId,
            Recipient recipient,
            String partnerId,
            UUID releaseId,
            Instant heldAt,
            Instant dueAt) {

        static Held of(Release denial, SharingHold hold, MatchedSignal matched, Instant now) {
            return new Held(
                    Identifier.next(),
                    hold.kind(),
                    hold.id(),
                    denial.signalId(),
                    denial.householdId(),
                    denial.recipient(),
                    matched.accepted().partnerId(),
                    denial.id(),
                    now,
                    now.plus(hold.within()));
        }
    }

    /** How many wait, and how many of them longer than they should. */
    public record Counts(long open, long overdue) {}

    private final Database database;

    public HoldStore(Database database) {
        this.database = database;
    }

    void hold(Collection<Held> held) {
        if (!held.isEmpty()) {
            database.with(h -> h.createUpdate(HOLD)
                    .bind("ids", column(held, UUID[]::new, Held::id))
                    .bind("kinds", column(held, String[]::new, one -> one.kind().name()))
                    .bind("names", column(held, String[]::new, Held::name))
                    .bind("signals", column(held, UUID[]::new, Held::signalId))
                    .bind("households", column(held, UUID[]::new, Held::householdId))
                    .bind("teams", column(held, String[]::new, one -> one.recipient()
                            .teamId()))
                    .bind("seats", column(held, String[]::new, one -> one.recipient()
                            .seatName()))
                    .bind("partners", column(held, String[]::new, Held::partnerId))
                    .bind("releases", column(held, UUID[]::new, Held::releaseId))
                    .bind("since", column(held, Instant[]::new, one -> one.heldAt()))
                    .bind("due", column(held, Instant[]::new, one -> one.dueAt()))
                    .execute());
        }
    }

    /**
     * Takes the next signal of which a hold is to be decided anew; one that fails comes again with doubled spacing.
     *
     * @param spacingSeconds pause before the first repeat
     */
    Optional<UUID> takeReady(Instant now, long spacingSeconds) {
        return next(NEXT_LIFTED, now, spacingSeconds).or(() -> next(NEXT_DUE, now, spacingSeconds));
    }

    private Optional<UUID> next(String query, Instant now, long spacingSeconds) {
        return database.inTransaction(() -> database.with(h -> h.createQuery(query)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("spacing", (double) spacingSeconds)
                .mapTo(UUID.class)
                .findOne()));
    }

    /** The open holds of a signal, locked until the transaction ends. */
    List<Held> ofSignal(UUID signalId) {
        return database.with(h -> h.createQuery(OF_SIGNAL)
                .bind("signal", signalId)
                .map((rs, c) -> read(rs))
                .list());
    }

    /** Ends whatever waits of a household; returns the signals it waited for. */
    List<UUID> endOfHousehold(UUID household, String outcome, Instant at) {
        return database.with(h -> {
            List<UUID> waited = h.createQuery(OF_HOUSEHOLD)
                    .bind("household", household)
                    .mapTo(UUID.class)
                    .list();
            h.createUpdate(END_OF_HOUSEHOLD)
                    .bind("household", household)
                    .bind("outcome", outcome)
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
            return waited;
        });
    }

    /** Whether a care professional answered about this signal, or had the time to. */
    boolean careHeard(UUID signalId, Instant now) {
        return database.with(h -> h.createQuery(CARE_HEARD)
                .bind("signal", signalId)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * @param outcome released, denied, expired or held-otherwise
     */
    void end(UUID holdId, String outcome, Instant at) {
        database.with(h -> h.createUpdate(END)
                .bind("id", holdId)
                .bind("outcome", outcome)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** It was lifted for nothing: it waits on. */
    void putBack(UUID holdId) {
        database.with(h -> h.createUpdate(PUT_BACK).bind("id", holdId).execute());
    }

    /** The household of a signal of which something was held; empty for a neighbourhood. */
    Optional<UUID> householdOf(UUID signalId) {
        return database.with(h -> h.createQuery(HOUSEHOLD_OF)
                .bind("signal", signalId)
                .mapTo(UUID.class)
                .findOne());
    }

    /** What waits, soonest due first: for the privacy officer. */
    public List<Held> open(int limit) {
        return open(null, limit);
    }

    /** What of this partner's signals waits for consent, soonest due first. */
    public List<Held> consentToAsk(String partnerId, int limit) {
        return open(partnerId, limit);
    }

    private List<Held> open(String partnerId, int limit) {
        return database.with(h -> h.createQuery(OPEN)
                .bind("partner", partnerId)
                .bind("kind", SharingHold.HoldKind.PENDING_CONSENT.name())
                .bind("limit", limit)
                .map((rs, c) -> read(rs))
                .list());
    }

    Counts counts(Instant now) {
        return database.with(h -> h.createQuery(COUNTS)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map((rs, c) -> new Counts(rs.getLong("open"), rs.getLong("overdue")))
                .one());
    }

    private static Held read(ResultSet rs) throws SQLException {
        return new Held(
                rs.getObject("hold_id", UUID.class),
                SharingHold.HoldKind.valueOf(rs.getString("kind")),
                rs.getString("agreement_hold"),
                rs.getObject("signal_id", UUID.class),
                rs.getObject("household_id", UUID.class),
                Recipient.at(rs.getString("team_id"), rs.getString("seat")),
                rs.getString("partner_id"),
                rs.getObject("release_id", UUID.class),
                rs.getObject("held_at", OffsetDateTime.class).toInstant(),
                rs.getObject("due_at", OffsetDateTime.class).toInstant());
    }
}
