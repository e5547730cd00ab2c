package nl.wijkhub.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.PlanPart.Goal;
import nl.wijkhub.plan.PlanPart.Moment;
import nl.wijkhub.plan.PlanPart.Owner;
import nl.wijkhub.plan.PlanPart.Participant;
import nl.wijkhub.plan.PlanPart.Rung;
import nl.wijkhub.plan.PlanPart.Score;
import nl.wijkhub.plan.PlanPart.Writer;
import nl.wijkhub.sharing.Recipient;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Tables {@code plan_participant}, {@code plan_goal}, {@code plan_agreement} and {@code plan_score}; weighings are in
 * {@link PlanWeighingStore}. Words are sealed. A part is written once and ends once. Parts of a plan that was merged into
 * another are read as that one's, and stay where they are.
 */
final class PlanPartStore {
    private static final String PARTICIPANTS = """
            select * from plan_participant where plan_id in (
                select plan_id from plan where plan_id = :plan or merged_into_id = :plan)
            order by joined_at, participant_id
            """;
    private static final String GOALS = """
            select * from plan_goal where plan_id in (
                select plan_id from plan where plan_id = :plan or merged_into_id = :plan)
            order by made_at, goal_id
            """;
    private static final String AGREEMENTS = """
            select * from plan_agreement where plan_id in (
                select plan_id from plan where plan_id = :plan or merged_into_id = :plan)
            order by made_at, agreement_id
            """;
    private static final String SCORES =
            "select * from plan_score where plan_id = :plan order by scored_on, made_at, score_id";
    private static final String PUT_PARTICIPANT = """
            insert into plan_participant (participant_id, plan_id, kind, team_id, seat, name_sealed, contact_sealed,
                load_limit, joined_at, left_at)
            values (:id, :plan, :kind, :team, :seat, :name, :contact, :limit, :joined, :left)
            on conflict (participant_id) do update set team_id = excluded.team_id, left_at = excluded.left_at
            """;
    private static final String PUT_GOAL = """
            insert into plan_goal (goal_id, plan_id, life_domain, text_sealed, written_by, state, reason_sealed, made_at,
                ended_at)
            values (:id, :plan, :domain, :text, :writer, :state, :reason, :made, :ended)
            on conflict (goal_id) do update set state = excluded.state, reason_sealed = excluded.reason_sealed,
                ended_at = excluded.ended_at
            """;
    private static final String PUT_AGREEMENT = """
            insert into plan_agreement (agreement_id, plan_id, goal_id, text_sealed, owner_kind, participant_id, rung,
                rung_reason_sealed, due_on, state, reason_sealed, made_at, ended_at)
            values (:id, :plan, :goal, :text, :owner, :participant, :rung, :rungReason, :due, :state, :reason, :made,
                :ended)
            on conflict (agreement_id) do update set state = excluded.state, reason_sealed = excluded.reason_sealed,
                ended_at = excluded.ended_at, owner_kind = excluded.owner_kind, participant_id = excluded.participant_id
            """;
    private static final String PUT_SCORE = """
            insert into plan_score (score_id, plan_id, epoch, moment, scored_on, scores_sealed, made_at)
            values (:id, :plan, :epoch, :moment, :on, :scores, :made)
            on conflict (score_id) do nothing
            """;

    private final Database database;
    private final Vault vault;
    private final PlanWeighingStore weighings;

    PlanPartStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
        this.weighings = new PlanWeighingStore(database, vault);
    }

    /** The plan with all its parts. */
    Plan filled(Plan bare) {
        UUID plan = bare.id();
        return bare.with(new PlanParts(
                all(PARTICIPANTS, plan, this::participant),
                all(GOALS, plan, this::goal),
                all(AGREEMENTS, plan, this::agreement),
                all(SCORES, plan, this::score),
                weighings.of(plan)));
    }

    private interface Row<T> {
        T of(ResultSet rs) throws SQLException;
    }

    private <T> List<T> all(String sql, UUID plan, Row<T> row) {
        return database.with(h ->
                h.createQuery(sql).bind("plan", plan).map((rs, c) -> row.of(rs)).list());
    }

    /** Writes the parts that are new or were changed. */
    void save(Plan before, Plan after) {
        changed(before.participants(), after.participants(), one -> put(PUT_PARTICIPANT, s -> bind(s, after, one)));
        changed(before.goals(), after.goals(), one -> put(PUT_GOAL, s -> bind(s, after, one)));
        changed(before.agreements(), after.agreements(), one -> put(PUT_AGREEMENT, s -> bind(s, after, one)));
        changed(before.scores(), after.scores(), one -> put(PUT_SCORE, s -> bind(s, after, one)));
        changed(before.weighings(), after.weighings(), one -> weighings.put(after.id(), one));
    }

    private static <T> void changed(List<T> before, List<T> after, Consumer<T> write) {
        after.stream().filter(one -> !before.contains(one)).forEach(write);
    }

    private void put(String sql, Consumer<SqlStatement<?>> bind) {
        database.with(h -> {
            var update = h.createUpdate(sql);
            bind.accept(update);
            return update.execute();
        });
    }

    private void bind(SqlStatement<?> s, Plan plan, Participant one) {
        s.bind("id", one.id())
                .bind("plan", plan.id())
                .bind("kind", one.isPartner() ? "PARTNER" : "INFORMAL")
                .bind("team", one.isPartner() ? one.pair().teamId() : null)
                .bind("seat", one.isPartner() ? one.pair().seatName() : null)
                .bind("name", seal("plan_participant", "name_sealed", one.id(), one.name()))
                .bind("contact", seal("plan_participant", "contact_sealed", one.id(), one.contact()))
                .bind("limit", one.loadLimit())
                .bind("joined", one.joinedAt().atOffset(ZoneOffset.UTC))
                .bind("left", utc(one.leftAt()));
    }

    private void bind(SqlStatement<?> s, Plan plan, Goal one) {
        s.bind("id", one.id())
                .bind("plan", plan.id())
                .bind("domain", one.lifeDomain())
                .bind("text", seal("plan_goal", "text_sealed", one.id(), one.text()))
                .bind("writer", one.writtenBy().name())
                .bind("state", one.state().name())
                .bind("reason", seal("plan_goal", "reason_sealed", one.id(), one.reason()))
                .bind("made", utc(one.madeAt()))
                .bind("ended", utc(one.endedAt()));
    }

    private void bind(SqlStatement<?> s, Plan plan, Agreement one) {
        s.bind("id", one.id())
                .bind("plan", plan.id())
                .bind("goal", one.goalId())
                .bind("text", seal("plan_agreement", "text_sealed", one.id(), one.text()))
                .bind("owner", one.owner().name())
                .bind("participant", one.participantId())
                .bind("rung", one.rung().name())
                .bind("rungReason", seal("plan_agreement", "rung_reason_sealed", one.id(), one.rungReason()))
                .bind("due", one.dueOn())
                .bind("state", one.state().name())
                .bind("reason", seal("plan_agreement", "reason_sealed", one.id(), one.reason()))
                .bind("made", utc(one.madeAt()))
                .bind("ended", utc(one.endedAt()));
    }

    private void bind(SqlStatement<?> s, Plan plan, Score one) {
        s.bind("id", one.id())
                .bind("plan", plan.id())
                .bind("epoch", one.epoch())
                .bind("moment", one.moment().name())
                .bind("on", one.scoredOn())
                .bind("scores", seal("plan_score", "scores_sealed", one.id(), Json.write(one.values())))
                .bind("made", utc(one.madeAt()));
    }

    private Participant participant(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("participant_id", UUID.class);
        String seat = rs.getString("seat");
        return new Participant(
                id,
                seat == null ? null : Recipient.at(rs.getString("team_id"), seat),
                open("plan_participant", "name_sealed", id, rs),
                open("plan_participant", "contact_sealed", id, rs),
                rs.getObject("load_limit", Integer.class),
                instant(rs, "joined_at"),
                instant(rs, "left_at"));
    }

    private Goal goal(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("goal_id", UUID.class);
        return new Goal(
                id,
                rs.getString("life_domain"),
                open("plan_goal", "text_sealed", id, rs),
                Writer.valueOf(rs.getString("written_by")),
                Goal.GoalState.valueOf(rs.getString("state")),
                open("plan_goal", "reason_sealed", id, rs),
                instant(rs, "made_at"),
                instant(rs, "ended_at"));
    }

    private Agreement agreement(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("agreement_id", UUID.class);
        return Agreement.builder()
                .id(id)
                .goalId(rs.getObject("goal_id", UUID.class))
                .text(open("plan_agreement", "text_sealed", id, rs))
                .owner(Owner.valueOf(rs.getString("owner_kind")))
                .participantId(rs.getObject("participant_id", UUID.class))
                .rung(Rung.valueOf(rs.getString("rung")))
                .rungReason(open("plan_agreement", "rung_reason_sealed", id, rs))
                .dueOn(rs.getObject("due_on", LocalDate.class))
                .state(Agreement.AgreementState.valueOf(rs.getString("state")))
                .reason(open("plan_agreement", "reason_sealed", id, rs))
                .madeAt(instant(rs, "made_at"))
                .endedAt(instant(rs, "ended_at"))
                .build();
    }

    private Score score(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("score_id", UUID.class);
        Map<String, Integer> values = new TreeMap<>();
        Json.read(open("plan_score", "scores_sealed", id, rs), JsonNode.class)
                .properties()
                .forEach(score -> values.put(score.getKey(), score.getValue().asInt()));
        return new Score(
                id,
                rs.getInt("epoch"),
                Moment.valueOf(rs.getString("moment")),
                rs.getObject("scored_on", LocalDate.class),
                values,
                instant(rs, "made_at"));
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
