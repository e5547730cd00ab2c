package nl.wijkhub.household;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.household.HouseholdChange.Former;
import nl.wijkhub.household.HouseholdChange.Said;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;

/**
 * Tables {@code household_change} and, for signals, {@code household_change_moved}: what was merged, moved and split, and
 * what went with it, so that exactly that can go back.
 */
public final class HouseholdChangeStore {
    private static final String INSERT = """
            insert into household_change (change_id, kind, from_household_id, to_household_id, match_id, from_plan_id,
                to_plan_id, former_state, former_epoch, former_outcome, former_closed_at, reason_sealed, changed_by,
                changed_at)
            values (:id, :kind, :from, :to, :match, :fromPlan, :toPlan, :state, :epoch, :outcome, :closed, :reason,
                :user, :at)
            """;
    private static final String BY_ID = "select * from household_change where change_id = :id for update";
    private static final String OF_MATCH =
            "select change_id from household_change where match_id = :match and undone_at is null";
    private static final String HAS_LATER = """
            select exists (
                select 1 from household_change c join household_change o on o.change_id = :id
                where c.undone_at is null and c.change_no > o.change_no
                    and (c.from_household_id in (o.from_household_id, o.to_household_id)
                        or c.to_household_id in (o.from_household_id, o.to_household_id)))
            """;
    private static final String UNDO = """
            update household_change set undo_reason_sealed = :reason, undone_by = :user, undone_at = :at
            where change_id = :id
            """;
    private static final String SIGNALS = """
            insert into household_change_moved (change_id, what, signal_id, from_epoch)
            select :id, :what, s, e from unnest(:signals::uuid[], :epochs::int[]) as n(s, e)
            """;
    private static final String MOVED_SIGNALS = """
            select signal_id, from_epoch from household_change_moved where change_id = :id and what = 'SIGNAL'
            """;
    private static final String SINCE = """
            select s.signal_id from signal s where s.household_id = :household and s.worked_at >= :since
            union
            select m.signal_id
            from household_change c join household_change_moved m on m.change_id = c.change_id
            where c.from_household_id = :household and c.undone_at >= :since and m.what = 'SINCE'
            """;

    private final Database database;
    private final Vault vault;

    public HouseholdChangeStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    void insert(HouseholdChange change, Said said) {
        Former former = change.former();
        database.with(h -> h.createUpdate(INSERT)
                .bind("id", change.id())
                .bind("kind", change.kind().name())
                .bind("from", change.from())
                .bind("to", change.to())
                .bind("match", change.matchId())
                .bind("fromPlan", change.fromPlan())
                .bind("toPlan", change.toPlan())
                .bind("state", former == null ? null : former.state())
                .bind("epoch", former == null ? null : former.epoch())
                .bind("outcome", former == null ? null : former.outcome())
                .bind("closed", former == null ? null : utc(former.closedAt()))
                .bind("reason", vault.seal("household_change", "reason_sealed", change.id(), said.reason()))
                .bind("user", said.user())
                .bind("at", utc(change.at()))
                .execute());
    }

    /** One change, held until the transaction ends. */
    Optional<HouseholdChange> held(UUID id) {
        return database.with(h ->
                h.createQuery(BY_ID).bind("id", id).map((rs, c) -> read(rs)).findOne());
    }

    /** The change that a decision made and that stands. */
    Optional<UUID> standingOf(UUID matchId) {
        return database.with(h ->
                h.createQuery(OF_MATCH).bind("match", matchId).mapTo(UUID.class).findOne());
    }

    /** Whether something else was changed about one of the two households after it, and stands. */
    boolean hasLater(UUID id) {
        return database.with(h ->
                h.createQuery(HAS_LATER).bind("id", id).mapTo(Boolean.class).one());
    }

    void undo(UUID id, Said said) {
        database.with(h -> h.createUpdate(UNDO)
                .bind("id", id)
                .bind("reason", vault.seal("household_change", "undo_reason_sealed", id, said.reason()))
                .bind("user", said.user())
                .bind("at", utc(said.at()))
                .execute());
    }

    /**
     * @param what SIGNAL for what goes, SINCE for what came later and goes back
     * @param epochs by signal: in which life of its plan it was; null for none
     */
    void signals(UUID id, String what, Map<UUID, Integer> epochs) {
        if (!epochs.isEmpty()) {
            database.with(h -> h.createUpdate(SIGNALS)
                    .bind("id", id)
                    .bind("what", what)
                    .bind("signals", epochs.keySet().toArray(UUID[]::new))
                    .bind("epochs", epochs.values().toArray(Integer[]::new))
                    .execute());
        }
    }

    /** What went, with the life of its plan it was in; null for none. */
    Map<UUID, Integer> movedSignals(UUID id) {
        Map<UUID, Integer> epochs = new LinkedHashMap<>();
        database.with(h -> h.createQuery(MOVED_SIGNALS)
                .bind("id", id)
                .map((rs, c) ->
                        epochs.put(rs.getObject("signal_id", UUID.class), rs.getObject("from_epoch", Integer.class)))
                .list());
        return epochs;
    }

    /** What was matched to a household from this moment on, or came back to it when something else was undone. */
    List<UUID> since(UUID household, Instant at) {
        return database.with(h -> h.createQuery(SINCE)
                .bind("household", household)
                .bind("since", utc(at))
                .mapTo(UUID.class)
                .list());
    }

    private static HouseholdChange read(ResultSet rs) throws SQLException {
        String state = rs.getString("former_state");
        OffsetDateTime closed = rs.getObject("former_closed_at", OffsetDateTime.class);
        Former former = state == null
                ? null
                : new Former(
                        state,
                        rs.getInt("former_epoch"),
                        rs.getString("former_outcome"),
                        closed == null ? null : closed.toInstant());
        return new HouseholdChange(
                rs.getObject("change_id", UUID.class),
                HouseholdChange.ChangeKind.valueOf(rs.getString("kind")),
                rs.getObject("from_household_id", UUID.class),
                rs.getObject("to_household_id", UUID.class),
                rs.getObject("match_id", UUID.class),
                rs.getObject("from_plan_id", UUID.class),
                rs.getObject("to_plan_id", UUID.class),
                former,
                rs.getObject("changed_at", OffsetDateTime.class).toInstant(),
                rs.getObject("undone_at", OffsetDateTime.class) != null);
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
