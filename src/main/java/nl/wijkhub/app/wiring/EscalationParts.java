package nl.wijkhub.app.wiring;

import java.util.function.BiConsumer;
import nl.wijkhub.escalation.EscalationAnswerStore;
import nl.wijkhub.escalation.EscalationAnswers;
import nl.wijkhub.escalation.EscalationCheck;
import nl.wijkhub.escalation.EscalationContext;
import nl.wijkhub.escalation.EscalationDecide;
import nl.wijkhub.escalation.EscalationHandover;
import nl.wijkhub.escalation.EscalationOpening;
import nl.wijkhub.escalation.EscalationRules;
import nl.wijkhub.escalation.EscalationSeenStore;
import nl.wijkhub.escalation.EscalationStore;
import nl.wijkhub.escalation.EscalationStores;
import nl.wijkhub.escalation.Escalations;
import nl.wijkhub.escalation.PlanFacts;
import nl.wijkhub.escalation.SeenSignalStore;
import nl.wijkhub.escalation.Told;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.plan.PlanTallyStore;
import nl.wijkhub.sharing.DecisionContext;
import nl.wijkhub.sharing.EscalationSharing;

/** Stage 60: the ladder, who may see its steps, and what is answered to them. */
public final class EscalationParts {
    public final EscalationContext context;
    public final EscalationSharing sharing;
    public final Escalations known;
    public final EscalationAnswers answers;
    public final EscalationDecide decide;
    public final EscalationCheck check;
    public final EscalationHandover handover;

    public EscalationParts(
            Foundation foundation,
            AuditParts audit,
            SharingParts shared,
            PlanParts plan,
            EscalationRules rules,
            PlanFacts facts,
            Told told) {
        Database database = foundation.database();
        DecisionContext sources = shared.context;
        SeenSignalStore seen = new SeenSignalStore(database);
        EscalationStores stores = new EscalationStores(
                new EscalationStore(database),
                new EscalationSeenStore(database),
                new EscalationAnswerStore(database, foundation.vault()));
        context = new EscalationContext(
                rules,
                stores.steps(),
                seen,
                new PlanTallyStore(database),
                facts,
                new EscalationOpening(
                        seen,
                        shared.onward,
                        shared.consultations,
                        sources.signals(),
                        sources.match(),
                        sources.recipients()),
                audit.timeline,
                foundation.clock());
        decide = new EscalationDecide(context);
        check = new EscalationCheck(context, database, sources.match());
        handover = new EscalationHandover(context);
        sharing = new EscalationSharing(sources, shared.decide);
        known = new Escalations(stores, rules, sharing, told);
        answers = new EscalationAnswers(
                stores, known, sources.match(), plan.events, foundation.config().partners(), told, foundation.clock());
    }

    void bind(BiConsumer<String, Object> beans) {
        beans.accept("escalationDecide", decide);
        beans.accept("escalationCheck", check);
    }
}
