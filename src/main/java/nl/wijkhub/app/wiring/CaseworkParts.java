package nl.wijkhub.app.wiring;

import java.time.Clock;
import java.util.function.BiConsumer;
import nl.wijkhub.casework.AgendaWork;
import nl.wijkhub.casework.AreaCounts;
import nl.wijkhub.casework.AskedAttention;
import nl.wijkhub.casework.AskedStore;
import nl.wijkhub.casework.AttentionCheck;
import nl.wijkhub.casework.AttentionStore;
import nl.wijkhub.casework.AttentionTerms;
import nl.wijkhub.casework.HandoverStore;
import nl.wijkhub.casework.Handovers;
import nl.wijkhub.casework.HouseholdChanges;
import nl.wijkhub.casework.HouseholdMatches;
import nl.wijkhub.casework.LeadTable;
import nl.wijkhub.casework.LeadTableStore;
import nl.wijkhub.casework.ObjectionWork;
import nl.wijkhub.casework.PlanChanges;
import nl.wijkhub.casework.PlanLook;
import nl.wijkhub.casework.PlanStores;
import nl.wijkhub.casework.PlanTasks;
import nl.wijkhub.casework.PlanWork;
import nl.wijkhub.casework.QueueLook;
import nl.wijkhub.casework.QueueWork;
import nl.wijkhub.casework.SignalLook;
import nl.wijkhub.casework.UnitConflicts;
import nl.wijkhub.escalation.StepMoveStore;
import nl.wijkhub.household.HouseholdChangeStore;
import nl.wijkhub.household.HouseholdLineage;
import nl.wijkhub.household.HouseholdLineageStore;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.PlanMatchStore;
import nl.wijkhub.plan.PlanMoveStore;
import nl.wijkhub.plan.PlanTaskStore;
import nl.wijkhub.sharing.DecisionContext;
import nl.wijkhub.team.ItemMoveStore;

/** Work of people that crosses packages: taking up, working on a plan, handing over, joining households; and the look for what nobody does. */
public final class CaseworkParts {
    public final QueueLook queueLook;
    public final QueueWork queueWork;
    public final SignalLook signalLook;
    public final PlanLook planLook;
    public final PlanWork planWork;
    public final PlanChanges planChanges;
    public final PlanTasks planTasks;
    public final HandoverStore handedOver;
    public final Handovers handovers;
    public final HouseholdMatches matches;
    public final UnitConflicts unitConflicts;
    public final AttentionStore attention;
    public final AttentionCheck check;
    public final AgendaWork agenda;
    public final AreaCounts areaCounts;
    public final ObjectionWork objections;
    public final LeadTable leadTable;
    public final AskedAttention asked;

    public CaseworkParts(
            Foundation foundation,
            AuditParts audit,
            HouseholdParts household,
            SharingParts shared,
            PlanParts plan,
            EscalationParts escalation,
            TeamParts team) {
        Database database = foundation.database();
        Vault vault = foundation.vault();
        Clock clock = foundation.clock();
        HubConfig config = foundation.config();
        HubSettings settings = config.settings();
        DecisionContext context = shared.context;
        queueLook = new QueueLook(team.queue, team.itemsInHand, context.signals(), context.releases());
        queueWork = new QueueWork(
                context,
                team.itemsInHand,
                plan.plans,
                shared.decide,
                shared.consultations,
                shared.advice,
                team.feedback);
        signalLook = new SignalLook(context, shared.decide, config.vocabulary(), config.teams());
        handedOver = new HandoverStore(database, vault);
        PlanStores stores = new PlanStores(plan.plans, plan.events, team.itemsInHand, handedOver);
        planLook = new PlanLook(
                stores, context, plan.sharing, escalation.known, shared.advice, audit.processingLog, config.teams());
        planWork = new PlanWork(planLook, stores, context, team.feedback);
        planChanges = new PlanChanges(planWork, config.teams());
        planTasks = new PlanTasks(new PlanTaskStore(database), plan.sharing, clock);
        handovers = new Handovers(
                stores,
                planWork,
                plan.attach,
                shared.onward,
                household.match,
                team.teamQueue,
                escalation.handover,
                config.teams());
        HouseholdLineage lineage = new HouseholdLineage(
                context.signals(),
                household.households,
                household.doubts,
                new HouseholdChangeStore(database, vault),
                new HouseholdLineageStore(database),
                vault);
        matches = new HouseholdMatches(
                new PlanMatchStore(database),
                household.doubts,
                lineage,
                new HouseholdChanges(
                        lineage,
                        household.doubts,
                        plan.plans,
                        new PlanMoveStore(database),
                        plan.events,
                        new ItemMoveStore(database),
                        new StepMoveStore(database),
                        handedOver),
                plan.plans,
                audit.processingLog,
                clock);
        attention = new AttentionStore(database);
        check = new AttentionCheck(
                database,
                attention,
                plan.events,
                handovers,
                escalation.answers,
                config.teams(),
                new AttentionTerms(
                        settings.duration("hub.attention.unclaimed-after"),
                        settings.duration("hub.attention.silent-after"),
                        settings.duration("hub.attention.quiet-after"),
                        clock),
                foundation.meters());
        agenda = new AgendaWork(database, plan.agenda, config.neighbourhoods(), config.teams());
        areaCounts = new AreaCounts(plan.rollups, config.neighbourhoods(), config.teams(), clock);
        unitConflicts = new UnitConflicts(household.unitClaims, config.teams(), audit.processingLog, clock);
        objections = new ObjectionWork(
                database,
                shared.objections,
                shared.objectionsRaised,
                plan.attach,
                team.teamQueue,
                audit.processingLog,
                clock);
        leadTable = new LeadTable(
                new LeadTableStore(database), attention, handedOver, context.inForce(), vault, config.teams(), clock);
        asked = new AskedAttention(database, new AskedStore(database), config.teams(), clock);
    }

    void bind(BiConsumer<String, Object> beans) {
        beans.accept("attentionCheck", check);
    }
}
