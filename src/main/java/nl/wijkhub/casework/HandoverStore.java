package nl.wijkhub.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;

/** Table {@code handover}. */
public final class HandoverStore {
    private static final String INSERT = """
            insert into handover (handover_id, plan_id, from_team_id, to_team_id, reason_sealed, asked_by, asked_at,
                due_at, state)
            values (:id, :plan, :from, :to, :reason, :by, :at, :due, 'OPEN')
            """;
    private static final String OPEN = "select * from handover where plan_id = :plan and state = 'OPEN' for update";
    private static final String ANSWER = """
            update handover set state = :state, answered_by = :by, answered_at = :at, answer_sealed = :answer
            where handover_id = :id
            """;
    private static final String OF_TEAM = """
            select * from handover
            where state = 'OPEN' and (to_team_id = :team or from_team_id = :team) order by due_at, handover_id
            """;
    private static final String REMIND = """
            update handover set reminded_at = :now
            where handover_id in (
                select handover_id from handover
                where state = 'OPEN' and reminded_at is null and asked_at + (due_at - asked_at) / 2 < :now
                for update skip locked)
            returning *
            """;

    /**
     * A plan on its way.
     *
     * @param dueAt when the other team has answered
     * @param remindedAt null while nobody was reminded
     */
    public record Handover(
            UUID id,
            UUID planId,
            String fromTeam,
            String toTeam,
            String reason,
            String askedBy,
            Instant askedAt,
            Instant dueAt,
            Instant remindedAt,
            String answer) {}

    private final Database database;
    private final Vault vault;

    public HandoverStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    void ask(Handover one) {
        database.with(h -> h.createUpdate(INSERT)
                .bind("id", one.id())
                .bind("plan", one.planId())
                .bind("from", one.fromTeam())
                .bind("to", one.toTeam())
                .bind("reason", vault.seal("handover", "reason_sealed", one.id(), one.reason()))
                .bind("by", one.askedBy())
                .bind("at", one.askedAt().atOffset(ZoneOffset.UTC))
                .bind("due", one.dueAt().atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** The one that waits for an answer, held until the transaction ends. */
    Optional<Handover> openOf(UUID plan) {
        return database.with(h ->
                h.createQuery(OPEN).bind("plan", plan).map((rs, c) -> read(rs)).findOne());
    }

    /**
     * @param state ACCEPTED, REFUSED or WITHDRAWN
     * @param answer null for nothing said
     */
    void answer(UUID id, String state, String user, String answer, Instant at) {
        database.with(h -> h.createUpdate(ANSWER)
                .bind("id", id)
                .bind("state", state)
                .bind("by", user)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .bind("answer", answer == null ? null : vault.seal("handover", "answer_sealed", id, answer))
                .execute());
    }

    /** What waits for an answer, to a team or from it. */
    public List<Handover> ofTeam(String team) {
        return database.with(h -> h.createQuery(OF_TEAM)
                .bind("team", team)
                .map((rs, c) -> read(rs))
                .list());
    }

    /** Those past half their time of which nobody was reminded; they are reminded by this. */
    List<Handover> remind(Instant now) {
        return database.with(h -> h.createQuery(REMIND)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map((rs, c) -> read(rs))
                .list());
    }

    private Handover read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("handover_id", UUID.class);
        OffsetDateTime reminded = rs.getObject("reminded_at", OffsetDateTime.class);
        byte[] answer = rs.getBytes("answer_sealed");
        return new Handover(
                id,
                rs.getObject("plan_id", UUID.class),
                rs.getString("from_team_id"),
                rs.getString("to_team_id"),
                vault.open("handover", "reason_sealed", id, rs.getBytes("reason_sealed")),
                rs.getString("asked_by"),
                rs.getObject("asked_at", OffsetDateTime.class).toInstant(),
                rs.getObject("due_at", OffsetDateTime.class).toInstant(),
                reminded == null ? null : reminded.toInstant(),
                answer == null ? null : vault.open("handover", "answer_sealed", id, answer));
    }
}
