package nl.wijkhub.app.wiring;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.household.UnitClaimStore;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.PlanPartnerStore;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.AgreementStore;
import nl.wijkhub.sharing.BreakGlass;
import nl.wijkhub.sharing.BreakGlassStore;
import nl.wijkhub.sharing.CitizenExport;
import nl.wijkhub.sharing.ConsentRegister;
import nl.wijkhub.sharing.ConsentStore;
import nl.wijkhub.sharing.ConsultationAdvice;
import nl.wijkhub.sharing.ConsultationAnswerStore;
import nl.wijkhub.sharing.ConsultationSharing;
import nl.wijkhub.sharing.ConsultationStore;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.DecisionContext;
import nl.wijkhub.sharing.DecisionTrail;
import nl.wijkhub.sharing.DecisionWordsStore;
import nl.wijkhub.sharing.DutyStore;
import nl.wijkhub.sharing.Explanations;
import nl.wijkhub.sharing.HoldLiftStore;
import nl.wijkhub.sharing.HoldOpening;
import nl.wijkhub.sharing.HoldStore;
import nl.wijkhub.sharing.KeptConsentStore;
import nl.wijkhub.sharing.NarrativeStore;
import nl.wijkhub.sharing.Narratives;
import nl.wijkhub.sharing.ObjectionStore;
import nl.wijkhub.sharing.Objections;
import nl.wijkhub.sharing.OnwardSharing;
import nl.wijkhub.sharing.ReleaseRecall;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.sharing.SeatsConcerned;
import nl.wijkhub.sharing.SharingDecide;
import nl.wijkhub.sharing.SharingDuties;
import nl.wijkhub.sharing.SharingHolds;
import nl.wijkhub.sharing.SharingInputs;
import nl.wijkhub.sharing.UnitHolders;
import nl.wijkhub.team.Team;

/** Stage 40: what each recipient may have, and everything that is decided anew later. */
public final class SharingParts {
    public final DecisionContext context;
    public final ConsentStore consents;
    public final KeptConsentStore keptConsents;
    public final ConsentRegister register;
    public final HoldStore holds;
    private final HoldOpening opening;
    public final ReleaseRecall recall;
    public final SharingDecide decide;
    public final SharingHolds waiting;
    public final OnwardSharing onward;
    public final DutyStore duties;
    public final ObjectionStore objectionsRaised;
    public final Objections objections;
    public final Narratives narratives;
    public final Consultations consultations;
    public final ConsultationAdvice advice;
    public final ConsultationSharing consultationSharing;
    public final BreakGlassStore glassUses;
    public final BreakGlass glass;
    public final CitizenExport citizens;
    public final Explanations explanations;

    public SharingParts(
            Foundation foundation,
            AuditParts audit,
            SignalParts signal,
            HouseholdParts household,
            AgreementInForce inForce) {
        Database database = foundation.database();
        Vault vault = foundation.vault();
        Clock clock = foundation.clock();
        HubConfig config = foundation.config();
        ReleaseStore releases = new ReleaseStore(database);
        consents = new ConsentStore(database, vault);
        keptConsents = new KeptConsentStore(database, vault);
        duties = new DutyStore(database, vault);
        objectionsRaised = new ObjectionStore(database, vault);
        NarrativeStore read = new NarrativeStore(database);
        context = new DecisionContext(
                inForce,
                config.teams(),
                signal.signals,
                releases,
                household.match,
                new SharingInputs(
                        consents,
                        releases,
                        objectionsRaised,
                        read,
                        config.partners(),
                        new SeatsConcerned(
                                config.teams(), holders(household.unitClaims), new PlanPartnerStore(database))),
                new DecisionTrail(
                        releases,
                        new DecisionWordsStore(database),
                        audit.decisionLog,
                        audit.processingLog,
                        new SharingDuties(duties, inForce)),
                clock);
        recall = new ReleaseRecall(context);
        holds = new HoldStore(database);
        HoldLiftStore lifted = new HoldLiftStore(database);
        register = new ConsentRegister(consents, keptConsents, household.match, lifted, recall, clock);
        ConsultationStore asked = new ConsultationStore(database, vault);
        opening = new HoldOpening(holds, lifted, asked, inForce);
        decide = new SharingDecide(context, register, lifted, opening, audit.timeline);
        waiting = new SharingHolds(context, holds, consents, decide, opening, audit.timeline, foundation.meters());
        onward = new OnwardSharing(context, decide, holds, opening);
        objections = new Objections(objectionsRaised, consents, lifted, recall, household.match, inForce, clock);
        narratives = new Narratives(context, decide, read);
        consultations = new Consultations(
                context,
                asked,
                new ConsultationAnswerStore(database, vault),
                lifted,
                decide,
                config.vocabulary(),
                config.settings().duration("hub.consult.term"));
        advice = new ConsultationAdvice(context, asked, decide);
        consultationSharing = new ConsultationSharing(context, asked, decide);
        glassUses = new BreakGlassStore(database, vault);
        glass = new BreakGlass(
                database, household.match, signal.signals, decide, glassUses, foundation.meters(), clock);
        citizens = new CitizenExport(context, database, audit.processingLog, audit.organisations, config.vocabulary());
        explanations = new Explanations(releases, inForce, audit.organisations);
    }

    /** The agreement of the config folder, whose versions are kept in the database. */
    static AgreementInForce inForce(Foundation foundation) {
        HubConfig config = foundation.config();
        return new AgreementInForce(
                config.folder(),
                config.vocabulary(),
                config.teams().all().stream().map(Team::id).collect(Collectors.toSet()),
                new AgreementStore(foundation.database()),
                foundation.clock());
    }

    void bind(BiConsumer<String, Object> beans) {
        beans.accept("consentRegister", register);
        beans.accept("sharingDecide", decide);
        beans.accept("sharingHolds", waiting);
        beans.accept("agreementInForce", context.inForce());
    }

    private static UnitHolders holders(UnitClaimStore claims) {
        return new UnitHolders() {
            @Override
            public Map<UUID, String> of(Collection<MatchedSignal> signals) {
                return claims.holdersOf(signals);
            }

            @Override
            public Map<UUID, String> ofNew(Collection<MatchedSignal> signals) {
                return claims.holdersOfNew(signals);
            }
        };
    }
}
