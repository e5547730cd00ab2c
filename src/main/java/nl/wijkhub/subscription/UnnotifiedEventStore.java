package nl.wijkhub.subscription;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.escalation.EscalationSeenStore;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.sharing.ConsultationStore;
import nl.wijkhub.team.FeedbackStore;

/**
 * What happened and was not told yet: rows of {@code escalation_event}, {@code consultation} and {@code feedback}
 * without {@code told_at}. They are written in the transaction of what happened, so that nothing is forgotten; that one was
 * told is marked by the store it is of.
 */
public final class UnnotifiedEventStore {
    // only what the coordinator's seat sees is told outside
    private static final String STEPS = """
            select v.event_id, v.kind, e.escalation_id, e.level, e.team_id, e.seat, e.signal_id, e.ended_reason,
                p.household_id
            from escalation_event v join escalation e using (escalation_id) join plan p on p.plan_id = e.plan_id
            where v.told_at is null
            order by v.happened_at, v.event_id limit :limit for update of v skip locked
            """;
    private static final String QUESTIONS = """
            select consultation_id, team_id from consultation where told_at is null
            order by asked_at, consultation_id limit :limit for update skip locked
            """;
    private static final String FEEDBACK = """
            select feedback_id, partner_id from feedback where told_at is null and void_at is null
            order by happened_at, feedback_id limit :limit for update skip locked
            """;
    private static final String SIGNAL_OF = "select signal_id from feedback where feedback_id = :id";

    /** Something became of a step. */
    record EscalationEvent(
            UUID eventId,
            String kind,
            UUID escalationId,
            int level,
            String teamId,
            String seat,
            UUID signalId,
            String ending,
            UUID householdId) {}

    /**
     * Something for one client.
     *
     * @param to a team of which care is asked, or the partner that sent the signal
     */
    record ForOne(UUID id, String to) {}

    private final Database database;
    private final EscalationSeenStore escalations;
    private final ConsultationStore consultations;
    private final FeedbackStore outbox;

    public UnnotifiedEventStore(
            Database database, EscalationSeenStore escalations, ConsultationStore consultations, FeedbackStore outbox) {
        this.database = database;
        this.escalations = escalations;
        this.consultations = consultations;
        this.outbox = outbox;
    }

    List<EscalationEvent> steps(int limit) {
        return database.with(h -> h.createQuery(STEPS)
                .bind("limit", limit)
                .map((rs, c) -> new EscalationEvent(
                        rs.getObject("event_id", UUID.class),
                        rs.getString("kind"),
                        rs.getObject("escalation_id", UUID.class),
                        rs.getInt("level"),
                        rs.getString("team_id"),
                        rs.getString("seat"),
                        rs.getObject("signal_id", UUID.class),
                        rs.getString("ended_reason"),
                        rs.getObject("household_id", UUID.class)))
                .list());
    }

    void stepsTold(Collection<UUID> ids, Instant now) {
        escalations.told(ids, now);
    }

    List<ForOne> questions(int limit) {
        return database.with(h -> h.createQuery(QUESTIONS)
                .bind("limit", limit)
                .map((rs, c) -> new ForOne(rs.getObject("consultation_id", UUID.class), rs.getString("team_id")))
                .list());
    }

    void questionsTold(Collection<UUID> ids, Instant now) {
        consultations.told(ids, now);
    }

    List<ForOne> feedback(int limit) {
        return database.with(h -> h.createQuery(FEEDBACK)
                .bind("limit", limit)
                .map((rs, c) -> new ForOne(rs.getObject("feedback_id", UUID.class), rs.getString("partner_id")))
                .list());
    }

    /** What feedback is about. */
    public UUID signalOf(UUID feedback) {
        return database.with(h ->
                h.createQuery(SIGNAL_OF).bind("id", feedback).mapTo(UUID.class).one());
    }

    void feedbackTold(Collection<UUID> ids, Instant now) {
        outbox.told(ids, now);
    }
}
