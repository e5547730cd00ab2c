package nl.wijkhub.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Vault;

/** Table {@code consultation}: questions to the care professional of a team, and what was answered. */
public final class ConsultationStore {
    private static final String ASK = """
            insert into consultation (consultation_id, signal_id, household_id, team_id, asked_at, due_at, asked_by)
            values (:id, :signal, :household, :team, :at, :due, :user)
            on conflict (signal_id, team_id) do update set asked_by = coalesce(consultation.asked_by, excluded.asked_by)
            """;
    private static final String OPEN = """
            select c.* from consultation c
            where c.team_id = any(:teams) and c.answered_at is null
                and (c.asked_by is not null or exists (
                    select 1 from hold h
                    where h.signal_id = c.signal_id and h.team_id = c.team_id and h.kind = 'CONSULT_CARE_FIRST'
                        and h.ended_at is null))
                and not exists (select 1 from withdrawal w where w.signal_id = c.signal_id)
            order by c.due_at, c.consultation_id limit :limit
            """;
    private static final String OF_SIGNAL =
            "select consultation_id from consultation where signal_id = :signal and team_id = :team";
    private static final String BY_ID = "select * from consultation where consultation_id = :id";
    private static final String ANSWER = """
            update consultation set advice = :advice, contact_sealed = :contact, answered_by = :user, answered_at = :at
            where consultation_id = :id and answered_at is null
            """;

    /**
     * @param advice a code; null while nobody answered
     * @param contact whom to call, in words; null for nobody
     */
    public record Consultation(
            UUID id,
            UUID signalId,
            UUID householdId,
            String teamId,
            Instant askedAt,
            Instant dueAt,
            String advice,
            String contact) {}

    private final DatabaseStore database;
    private final Vault vault;

    public ConsultationStore(DatabaseStore database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /**
     * @param user who asks; null for a hold
     */
    void ask(Consultation asked, String user) {
        database.with(h -> h.createUpdate(ASK)
                .bind("id", asked.id())
                .bind("signal", asked.signalId())
                .bind("household", asked.householdId())
                .bind("team", asked.teamId())
                .bind("at", asked.askedAt().atOffset(ZoneOffset.UTC))
                .bind("due", asked.dueAt().atOffset(ZoneOffset.UTC))
                .bind("user", user)
                .execute());
    }

    /** What waits for an answer of the care professional of one of these teams, soonest due first. */
    public List<Consultation> open(Collection<String> teams, int limit) {
        return database.with(h -> h.createQuery(OPEN)
                .bind("teams", teams.toArray(String[]::new))
                .bind("limit", limit)
                .map((rs, c) -> read(rs))
                .list());
    }

    UUID of(UUID signalId, String teamId) {
        return database.with(h -> h.createQuery(OF_SIGNAL)
                .bind("signal", signalId)
                .bind("team", teamId)
                .mapTo(UUID.class)
                .one());
    }

    Optional<Consultation> byId(UUID id) {
        return database.with(h ->
                h.createQuery(BY_ID).bind("id", id).map((rs, c) -> read(rs)).findOne());
    }

    /** False when somebody answered before. */
    boolean answer(UUID id, String advice, String contact, String user, Instant at) {
        return database.with(h -> h.createUpdate(ANSWER)
                        .bind("id", id)
                        .bind("advice", advice)
                        .bind(
                                "contact",
                                contact == null ? null : vault.seal("consultation", "contact_sealed", id, contact))
                        .bind("user", user)
                        .bind("at", at.atOffset(ZoneOffset.UTC))
                        .execute())
                == 1;
    }

    private Consultation read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("consultation_id", UUID.class);
        byte[] contact = rs.getBytes("contact_sealed");
        return new Consultation(
                id,
                rs.getObject("signal_id", UUID.class),
                rs.getObject("household_id", UUID.class),
                rs.getString("team_id"),
                rs.getObject("asked_at", OffsetDateTime.class).toInstant(),
                rs.getObject("due_at", OffsetDateTime.class).toInstant(),
                rs.getString("advice"),
                contact == null ? null : vault.open("consultation", "contact_sealed", id, contact));
    }
}
