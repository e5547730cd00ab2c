package nl.wijkhub.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.PlanPart.Position;
import nl.wijkhub.plan.PlanPart.Side;
import nl.wijkhub.plan.PlanPart.Weighing;
import nl.wijkhub.sharing.Recipient;

/**
 * Tables {@code plan_weighing} and {@code plan_position}: dilemmas that are weighed, and where everybody stands. Words
 * are sealed; those of a plan that was merged into another are read as that one's.
 */
final class PlanWeighingStore {
    private static final String WEIGHINGS = """
            select * from plan_weighing where plan_id in (
                select plan_id from plan where plan_id = :plan or merged_into_id = :plan)
            order by opened_at, weighing_id
            """;
    private static final String POSITIONS = """
            select * from plan_position where weighing_id in (
                select weighing_id from plan_weighing where plan_id in (
                    select plan_id from plan where plan_id = :plan or merged_into_id = :plan))
            order by given_at
            """;
    private static final String PUT_WEIGHING = """
            insert into plan_weighing (weighing_id, plan_id, question_sealed, opened_at, decision, reason_sealed,
                decided_by, decided_at)
            values (:id, :plan, :question, :opened, :decision, :reason, :by, :decided)
            on conflict (weighing_id) do update set decision = excluded.decision, reason_sealed = excluded.reason_sealed,
                decided_by = excluded.decided_by, decided_at = excluded.decided_at
            """;
    private static final String PUT_POSITION = """
            insert into plan_position (weighing_id, team_id, seat, position, reason_sealed, dissents, given_by,
                given_at)
            values (:weighing, :team, :seat, :side, :reason, :dissents, :by, :given)
            on conflict (weighing_id, team_id, seat) do update set position = excluded.position,
                reason_sealed = excluded.reason_sealed, dissents = excluded.dissents, given_by = excluded.given_by,
                given_at = excluded.given_at
            """;

    private final Database database;
    private final Vault vault;

    PlanWeighingStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** The weighings of a plan, the first opened first, each with where everybody stands. */
    List<Weighing> of(UUID plan) {
        return database.with(h -> {
            Map<UUID, List<Position>> positions = new HashMap<>();
            h.createQuery(POSITIONS)
                    .bind("plan", plan)
                    .map((rs, c) -> positions
                            .computeIfAbsent(rs.getObject("weighing_id", UUID.class), w -> new ArrayList<>())
                            .add(position(rs)))
                    .list();
            return h.createQuery(WEIGHINGS)
                    .bind("plan", plan)
                    .map((rs, c) -> weighing(rs, positions))
                    .list();
        });
    }

    /** Writes one that is new or was changed, with where everybody stands. */
    void put(UUID plan, Weighing weighing) {
        database.with(h -> h.createUpdate(PUT_WEIGHING)
                .bind("id", weighing.id())
                .bind("plan", plan)
                .bind("question", seal("plan_weighing", "question_sealed", weighing.id(), weighing.question()))
                .bind("opened", utc(weighing.openedAt()))
                .bind(
                        "decision",
                        weighing.decision() == null ? null : weighing.decision().name())
                .bind("reason", seal("plan_weighing", "reason_sealed", weighing.id(), weighing.reason()))
                .bind("by", weighing.decidedBy())
                .bind("decided", utc(weighing.decidedAt()))
                .execute());
        weighing.positions().forEach(position -> put(weighing, position));
    }

    private void put(Weighing weighing, Position one) {
        database.with(h -> h.createUpdate(PUT_POSITION)
                .bind("weighing", weighing.id())
                .bind("team", one.pair().teamId())
                .bind("seat", one.pair().seatName())
                .bind("side", one.side().name())
                .bind("reason", seal("plan_position", "reason_sealed", weighing.id(), one.reason()))
                .bind("dissents", one.dissents())
                .bind("by", one.user())
                .bind("given", utc(one.givenAt()))
                .execute());
    }

    private Weighing weighing(ResultSet rs, Map<UUID, List<Position>> positions) throws SQLException {
        UUID id = rs.getObject("weighing_id", UUID.class);
        String decision = rs.getString("decision");
        return new Weighing(
                id,
                open("plan_weighing", "question_sealed", id, rs),
                instant(rs, "opened_at"),
                decision == null ? null : Side.valueOf(decision),
                open("plan_weighing", "reason_sealed", id, rs),
                rs.getString("decided_by"),
                instant(rs, "decided_at"),
                positions.getOrDefault(id, List.of()));
    }

    private Position position(ResultSet rs) throws SQLException {
        return new Position(
                Recipient.at(rs.getString("team_id"), rs.getString("seat")),
                Side.valueOf(rs.getString("position")),
                open("plan_position", "reason_sealed", rs.getObject("weighing_id", UUID.class), rs),
                rs.getBoolean("dissents"),
                rs.getString("given_by"),
                instant(rs, "given_at"));
    }

    private byte[] seal(String table, String column, UUID row, String text) {
        return text == null ? null : vault.seal(table, column, row, text);
    }

    private String open(String table, String column, UUID row, ResultSet rs) throws SQLException {
        byte[] sealed = rs.getBytes(column);
        return sealed == null ? null : vault.open(table, column, row, sealed);
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime at = rs.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
