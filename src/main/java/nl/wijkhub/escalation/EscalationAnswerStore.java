package nl.wijkhub.escalation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;

/** Table {@code escalation_answer}: who took a step up, who declined it and why. Append only; the reason is sealed. */
public final class EscalationAnswerStore {
    private static final String ADD = """
            insert into escalation_answer (answer_id, escalation_id, kind, answered_by, reason_sealed, answered_at)
            values (:id, :step, :kind, :by, :reason, :at)
            """;
    private static final String OF_STEPS = """
            select * from escalation_answer where escalation_id = any(:steps) order by answered_at, answer_id
            """;

    /**
     * @param kind {@link #TAKEN} or {@link #DECLINED}
     * @param by a user, or {@code partner:<id>}
     * @param reason null for none
     */
    public record Answer(UUID escalationId, String kind, String by, String reason, Instant at) {
        public static final String TAKEN = "taken";
        public static final String DECLINED = "declined";

        public boolean isDecline() {
            return kind.equals(DECLINED);
        }
    }

    private final Database database;
    private final Vault vault;

    public EscalationAnswerStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    void add(Answer answer) {
        UUID id = Identifier.next();
        database.with(h -> h.createUpdate(ADD)
                .bind("id", id)
                .bind("step", answer.escalationId())
                .bind("kind", answer.kind())
                .bind("by", answer.by())
                .bind(
                        "reason",
                        answer.reason() == null
                                ? null
                                : vault.seal("escalation_answer", "reason_sealed", id, answer.reason()))
                .bind("at", answer.at().atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** What was answered to each of these steps, the oldest first; a step nobody answered is absent. */
    Map<UUID, List<Answer>> of(Collection<UUID> steps) {
        if (steps.isEmpty()) {
            return Map.of();
        }
        return database
                .with(h -> h.createQuery(OF_STEPS)
                        .bind("steps", steps.toArray(UUID[]::new))
                        .map((rs, c) -> {
                            UUID id = rs.getObject("answer_id", UUID.class);
                            byte[] reason = rs.getBytes("reason_sealed");
                            return new Answer(
                                    rs.getObject("escalation_id", UUID.class),
                                    rs.getString("kind"),
                                    rs.getString("answered_by"),
                                    reason == null
                                            ? null
                                            : vault.open("escalation_answer", "reason_sealed", id, reason),
                                    rs.getObject("answered_at", OffsetDateTime.class)
                                            .toInstant());
                        })
                        .list())
                .stream()
                .collect(Collectors.groupingBy(Answer::escalationId));
    }
}
