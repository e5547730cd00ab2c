package nl.wijkhub.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Vault;

/** Table {@code consultation}: questions to the care professional of a team, and what each was settled with. */
public final class ConsultationStore {
    // asked again, a question that might not be asked for a while has its whole time again
    private static final String ASK = """
            insert into consultation (consultation_id, signal_id, household_id, team_id, asked_at, due_at, asked_by,
                is_of_seat, asked_seat, asked_seat_at, of_welfare_alone)
            values (:id, :signal, :household, :team, :at, :due, :user, :of_seat, cast(:asked_seat as text),
                case when cast(:asked_seat as text) is not null then cast(:at as timestamptz) end,
                cast(:asked_seat as text) is not null)
            on conflict (signal_id, team_id) do update set
                asked_by = coalesce(consultation.asked_by, excluded.asked_by),
                is_of_seat = consultation.is_of_seat or excluded.is_of_seat,
                asked_seat = coalesce(excluded.asked_seat, consultation.asked_seat),
                asked_seat_at = case when consultation.asked_seat is distinct from excluded.asked_seat
                    then coalesce(excluded.asked_seat_at, consultation.asked_seat_at)
                    else consultation.asked_seat_at end,
                of_welfare_alone = consultation.of_welfare_alone and excluded.of_welfare_alone,
                due_at = case when consultation.closed_at is null then consultation.due_at else excluded.due_at end,
                closed_at = null
            """;
    // what somebody answered is not asked of that professional again, whoever else is still to answer
    private static final String OPEN = """
            select c.* from consultation c
            where c.team_id = any(:teams) and c.answered_at is null and c.closed_at is null
                and (c.asked_by is not null or exists (
                    select 1 from hold h
                    where h.signal_id = c.signal_id and h.team_id = c.team_id and h.kind = 'CONSULT_CARE_FIRST'
                        and h.ended_at is null))
                and not exists (select 1 from withdrawal w where w.signal_id = c.signal_id)
                and not exists (
                    select 1 from consultation_answer a
                    where a.consultation_id = c.consultation_id and a.professional = :professional
                        and a.answered_at is not null)
            order by c.due_at, c.consultation_id limit :limit
            """;
    private static final String IS_WAITED_FOR = """
            select c.asked_by is not null or exists (
                select 1 from hold h
                where h.signal_id = c.signal_id and h.team_id = c.team_id and h.kind = 'CONSULT_CARE_FIRST'
                    and h.ended_at is null)
            from consultation c where c.consultation_id = :id
            """;
    private static final String OF_SIGNAL =
            "select consultation_id from consultation where signal_id = :signal and team_id = :team";
    private static final String OF_SEAT = """
            select c.* from consultation c
            where c.signal_id = any(:signals) and c.team_id = :team
                and case when :seat = 'MUNICIPALITY' then c.is_of_seat else c.asked_seat = :seat end
            order by c.asked_at, c.consultation_id
            """;
    private static final String BY_ID = "select * from consultation where consultation_id = :id";
    private static final String LOCKED = "select * from consultation where consultation_id = :id for update";
    private static final String SETTLE = """
            update consultation set advice = :advice, contact_sealed = :contact, answered_by = :user, answered_at = :at
            where consultation_id = :id and answered_at is null
            """;
    private static final String CLOSE = """
            update consultation set closed_at = :at
            where consultation_id = :id and answered_at is null and closed_at is null
            """;
    private static final String TOLD = "update consultation set told_at = :at where consultation_id = any(:ids)";

    /**
     * What it was settled with.
     *
     * @param advice a code
     * @param contact whom to call, in words; null for nobody
     */
    record Settled(String advice, String contact, Instant at) {}

    /**
     * @param settled null while nobody answered
     * @param closedAt when it turned out that it may not be asked any more; null while it may
     * @param isOfWelfareAlone nobody asks it but welfare or community work that coordinates the plan
     */
    public record Consultation(
            UUID id,
            UUID signalId,
            UUID householdId,
            String teamId,
            Instant askedAt,
            Instant dueAt,
            Settled settled,
            Instant closedAt,
            boolean isOfWelfareAlone) {

        static Consultation asked(UUID id, UUID signalId, UUID householdId, String teamId, Instant at, Instant due) {
            return new Consultation(id, signalId, householdId, teamId, at, due, null, null, false);
        }

        /** The same, for a seat that asked it then. */
        private Consultation askedAt(Instant at) {
            Instant due = at.plus(Duration.between(askedAt, dueAt));
            return new Consultation(id, signalId, householdId, teamId, at, due, settled, closedAt, isOfWelfareAlone);
        }

        /** A code; null while nobody answered. */
        public String advice() {
            return settled == null ? null : settled.advice();
        }

        /** Whom to call; null while nobody answered, and for nobody. */
        public String contact() {
            return settled == null ? null : settled.contact();
        }

        /** Null while nobody answered. */
        public Instant answeredAt() {
            return settled == null ? null : settled.at();
        }

        /** What is decided on, with who asks. */
        SharingFacts of(SharingFacts facts) {
            return isOfWelfareAlone ? facts.with(Circumstance.WELFARE_ASKS) : facts;
        }

        /** Whether it should have been answered by now. */
        public boolean isLate(Instant now) {
            return dueAt.isBefore(now);
        }

        /** How it stands, for whoever asked: asked, overdue, answered, or closed when it could not be asked any more. */
        public String state(Instant now) {
            if (settled != null) {
                return "answered";
            }
            if (closedAt != null) {
                return "closed";
            }
            return isLate(now) ? "overdue" : "asked";
        }
    }

    private final Database database;
    private final Vault vault;

    public ConsultationStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /**
     * @param user who asks; null for a hold
     * @param seat the seat that asks and hears what is answered; null for none
     */
    void ask(Consultation asked, String user, Recipient seat) {
        boolean isOfMunicipality = seat != null && seat.discipline() == Discipline.MUNICIPALITY;
        database.with(h -> h.createUpdate(ASK)
                .bind("id", asked.id())
                .bind("signal", asked.signalId())
                .bind("household", asked.householdId())
                .bind("team", asked.teamId())
                .bind("at", asked.askedAt().atOffset(ZoneOffset.UTC))
                .bind("due", asked.dueAt().atOffset(ZoneOffset.UTC))
                .bind("user", user)
                .bind("of_seat", isOfMunicipality)
                .bind("asked_seat", seat == null || isOfMunicipality ? null : seat.seatName())
                .execute());
    }

    /** What waits for an answer of a care professional of one of these teams, soonest due first. */
    /** @param professional what this one answered is left out; null to leave nothing out */
    List<Consultation> open(Collection<String> teams, String professional, int limit) {
        return database.with(h -> h.createQuery(OPEN)
                .bind("teams", teams.toArray(String[]::new))
                .bind("professional", professional)
                .bind("limit", limit)
                .map((rs, c) -> read(rs))
                .list());
    }

    /** Whether an answer would still change something: somebody asked, or something is held for it. */
    boolean isWaitedFor(UUID id) {
        return database.with(h ->
                h.createQuery(IS_WAITED_FOR).bind("id", id).mapTo(Boolean.class).one());
    }

    UUID of(UUID signalId, String teamId) {
        return database.with(h -> h.createQuery(OF_SIGNAL)
                .bind("signal", signalId)
                .bind("team", teamId)
                .mapTo(UUID.class)
                .one());
    }

    /** What this seat asked about these signals, the oldest first; each as of when it asked itself. */
    List<Consultation> ofSeat(Collection<UUID> signals, Recipient seat) {
        return database.with(h -> h.createQuery(OF_SEAT)
                .bind("signals", signals.toArray(UUID[]::new))
                .bind("team", seat.teamId())
                .bind("seat", seat.seatName())
                .map((rs, c) -> {
                    Instant at = instant(rs, "asked_seat_at");
                    Consultation asked = read(rs);
                    return at == null || seat.discipline() == Discipline.MUNICIPALITY ? asked : asked.askedAt(at);
                })
                .list());
    }

    Optional<Consultation> byId(UUID id) {
        return database.with(h ->
                h.createQuery(BY_ID).bind("id", id).map((rs, c) -> read(rs)).findOne());
    }

    /** The same, held until the transaction ends: who answer at once do so one after another. */
    Optional<Consultation> locked(UUID id) {
        return database.with(h ->
                h.createQuery(LOCKED).bind("id", id).map((rs, c) -> read(rs)).findOne());
    }

    void settle(UUID id, String advice, String contact, String user, Instant at) {
        database.with(h -> h.createUpdate(SETTLE)
                .bind("id", id)
                .bind("advice", advice)
                .bind("contact", contact == null ? null : vault.seal("consultation", "contact_sealed", id, contact))
                .bind("user", user)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** It may not be asked any more: it waits for nobody. */
    void close(UUID id, Instant at) {
        database.with(h -> h.createUpdate(CLOSE)
                .bind("id", id)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** These questions were told to whoever listens. */
    public void told(Collection<UUID> ids, Instant now) {
        if (!ids.isEmpty()) {
            database.with(h -> h.createUpdate(TOLD)
                    .bind("ids", ids.toArray(UUID[]::new))
                    .bind("at", now.atOffset(ZoneOffset.UTC))
                    .execute());
        }
    }

    private Consultation read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("consultation_id", UUID.class);
        byte[] contact = rs.getBytes("contact_sealed");
        Instant answeredAt = instant(rs, "answered_at");
        return new Consultation(
                id,
                rs.getObject("signal_id", UUID.class),
                rs.getObject("household_id", UUID.class),
                rs.getString("team_id"),
                instant(rs, "asked_at"),
                instant(rs, "due_at"),
                answeredAt == null
                        ? null
                        : new Settled(
                                rs.getString("advice"),
                                contact == null ? null : vault.open("consultation", "contact_sealed", id, contact),
                                answeredAt),
                instant(rs, "closed_at"),
                rs.getBoolean("of_welfare_alone"));
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime at = rs.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
