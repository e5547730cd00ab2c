package nl.wijkhub.app.wiring;

import java.util.function.BiConsumer;
import nl.wijkhub.casework.PlanFactsStore;
import nl.wijkhub.escalation.EscalationRules;
import nl.wijkhub.escalation.PlanFacts;
import nl.wijkhub.escalation.Told;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.subscription.SubscriberTold;
import nl.wijkhub.subscription.ToldStore;
import nl.wijkhub.team.DeliverySender;
import nl.wijkhub.team.FeedbackStore;

/**
 * Every part that needs neither broker nor HTTP, in the order of the ladder: the way of a signal from stage 10 to 70, and
 * what people do with it.
 */
public record DomainParts(
        Foundation foundation,
        AuditParts audit,
        SignalParts signal,
        HouseholdParts household,
        SharingParts sharing,
        PlanParts plan,
        EscalationParts escalation,
        TeamParts team,
        CaseworkParts casework) {

    /**
     * The parts of a running hub.
     *
     * @param sender puts deliveries on their queues
     */
    public static DomainParts of(Foundation foundation, DeliverySender sender) {
        return of(
                foundation,
                SharingParts.inForce(foundation),
                foundation.config().escalation(),
                new PlanFactsStore(foundation.database()),
                new SubscriberTold(new ToldStore(foundation.database())),
                sender);
    }

    /** The same under an agreement, a ladder, plans and tellings of the caller's own. */
    public static DomainParts of(
            Foundation foundation,
            AgreementInForce inForce,
            EscalationRules rules,
            PlanFacts facts,
            Told told,
            DeliverySender sender) {
        AuditParts audit = new AuditParts(foundation);
        SignalParts signal = new SignalParts(foundation, audit);
        HouseholdParts household = new HouseholdParts(foundation, audit, signal);
        SharingParts sharing = new SharingParts(foundation, audit, signal, household, inForce);
        PlanParts plan = new PlanParts(foundation, audit, sharing, new FeedbackStore(foundation.database()));
        EscalationParts escalation = new EscalationParts(foundation, audit, sharing, plan, rules, facts, told);
        TeamParts team = new TeamParts(foundation, audit, signal, sharing, sender);
        return new DomainParts(
                foundation,
                audit,
                signal,
                household,
                sharing,
                plan,
                escalation,
                team,
                new CaseworkParts(foundation, audit, household, sharing, plan, escalation, team));
    }

    /** Gives every bean that routes/ may name. */
    void bind(BiConsumer<String, Object> beans) {
        audit.bind(beans);
        signal.bind(beans);
        household.bind(beans);
        sharing.bind(beans);
        plan.bind(beans);
        escalation.bind(beans);
        team.bind(beans);
        casework.bind(beans);
    }
}
