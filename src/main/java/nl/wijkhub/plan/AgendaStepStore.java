package nl.wijkhub.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.AgendaItem.AgendaEvent;

/** Table {@code agenda_step}: what people did with an item of an agenda, and why. Reasons are sealed. */
public final class AgendaStepStore {
    private static final String STEP = """
            insert into agenda_step (agenda_step_id, agenda_item_id, kind, other_id, user_id, reason_sealed,
                happened_at)
            values (:step, :id, :kind, :other, :user, :reason, :at)
            """;
    private static final String STEPS = """
            select * from agenda_step where agenda_item_id = any(:ids) order by happened_at, agenda_step_id
            """;

    private final Database database;
    private final Vault vault;

    public AgendaStepStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** Keeps a step; its reason is sealed. */
    void keep(UUID id, AgendaEvent step) {
        UUID stepId = Identifier.next();
        database.with(h -> h.createUpdate(STEP)
                .bind("step", stepId)
                .bind("id", id)
                .bind("kind", step.kind())
                .bind("other", step.otherId())
                .bind("user", step.user())
                .bind(
                        "reason",
                        step.reason() == null
                                ? null
                                : vault.seal("agenda_step", "reason_sealed", stepId, step.reason()))
                .bind("at", step.at().atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** Item → what was done with it, in order. */
    Map<UUID, List<AgendaEvent>> of(Collection<UUID> ids) {
        Map<UUID, List<AgendaEvent>> steps = new HashMap<>();
        database.with(h -> h.createQuery(STEPS)
                .bind("ids", ids.toArray(UUID[]::new))
                .map((rs, c) -> steps.computeIfAbsent(
                                rs.getObject("agenda_item_id", UUID.class), item -> new ArrayList<>())
                        .add(step(rs)))
                .list());
        return steps;
    }

    private AgendaEvent step(ResultSet rs) throws SQLException {
        byte[] reason = rs.getBytes("reason_sealed");
        UUID id = rs.getObject("agenda_step_id", UUID.class);
        return new AgendaEvent(
                rs.getString("kind"),
                rs.getObject("other_id", UUID.class),
                rs.getString("user_id"),
                reason == null ? null : vault.open("agenda_step", "reason_sealed", id, reason),
                rs.getObject("happened_at", OffsetDateTime.class).toInstant());
    }
}
