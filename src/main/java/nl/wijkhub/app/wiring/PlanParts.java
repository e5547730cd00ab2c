package nl.wijkhub.app.wiring;

import java.time.Clock;
import java.util.function.BiConsumer;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.AgendaFeedback;
import nl.wijkhub.plan.AgendaStepStore;
import nl.wijkhub.plan.AreaAgenda;
import nl.wijkhub.plan.AreaAgendaStore;
import nl.wijkhub.plan.AreaRollupStore;
import nl.wijkhub.plan.AreaRollups;
import nl.wijkhub.plan.PlanAttach;
import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.plan.PlanStore;
import nl.wijkhub.sharing.DecisionContext;
import nl.wijkhub.sharing.PlanSharing;

/** Stage 50: the one active plan of a household, and the agenda of a neighbourhood. */
public final class PlanParts {
    public final PlanEventStore events;
    public final PlanLifeStore plans;
    public final PlanAttach attach;
    public final PlanSharing sharing;
    public final AreaAgenda agenda;
    public final AreaRollups rollups;

    public PlanParts(Foundation foundation, AuditParts audit, SharingParts shared, AgendaFeedback told) {
        Database database = foundation.database();
        Vault vault = foundation.vault();
        Clock clock = foundation.clock();
        HubConfig config = foundation.config();
        DecisionContext context = shared.context;
        events = new PlanEventStore(database, vault);
        plans = new PlanLifeStore(database, vault);
        sharing = new PlanSharing(context.inForce(), context.releases(), context.trail(), clock);
        agenda = new AreaAgenda(
                new AreaAgendaStore(database, vault), new AgendaStepStore(database, vault), told, vault, clock);
        attach = new PlanAttach(new PlanStore(database), events, agenda, audit.timeline, clock);
        rollups = new AreaRollups(
                database,
                new AreaRollupStore(database, vault),
                audit.decisionLog,
                context.inForce(),
                config.neighbourhoods().buurten(),
                config.vocabulary().codes(),
                config.neighbourhoods()::buurtOf,
                clock);
    }

    void bind(BiConsumer<String, Object> beans) {
        beans.accept("planAttach", attach);
        beans.accept("areaRollups", rollups);
    }
}
