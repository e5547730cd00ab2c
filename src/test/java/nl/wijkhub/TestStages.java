package nl.wijkhub;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import nl.wijkhub.app.wiring.DomainParts;
import nl.wijkhub.app.wiring.Foundation;
import nl.wijkhub.app.wiring.HubConfig;
import nl.wijkhub.casework.AttentionCheck;
import nl.wijkhub.casework.AttentionStore;
import nl.wijkhub.casework.Handovers;
import nl.wijkhub.casework.PlanFactsStore;
import nl.wijkhub.casework.PlanWork;
import nl.wijkhub.escalation.EscalationAnswers;
import nl.wijkhub.escalation.EscalationCheck;
import nl.wijkhub.escalation.Told;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.BreakGlass;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.sharing.Narratives;
import nl.wijkhub.sharing.Objections;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.sharing.SharingAgreement;
import nl.wijkhub.sharing.SharingDecide;
import nl.wijkhub.signal.CaseSignalMapper;
import nl.wijkhub.signal.SignalAccept;
import nl.wijkhub.signal.SignalSchema;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.Delivery;
import nl.wijkhub.team.QueueWorkStore;
import nl.wijkhub.team.TeamQueue;

/**
 * The stages, what people do with a plan and what time does to it, without routes, broker or HTTP: the classes of the
 * hub on the real database and the shipped configuration, under a clock that the test moves.
 */
public final class TestStages {
    public static final HubConfig CONFIG = ShippedConfig.read();

    public final TestClock clock = new TestClock();
    public final Database database = TestDatabase.store();
    public final Vault vault = TestVault.vault();
    public final MeterRegistry meters = new SimpleMeterRegistry();
    /** What was put on the queues of teams, in the order it was sent. */
    public final List<Delivery> sent = new ArrayList<>();

    private int sends;

    public final DomainParts parts;
    public final SignalStore signals;
    public final ReleaseStore releases;
    public final QueueWorkStore items;
    public final PlanLifeStore plans;
    public final AttentionStore attention;
    public final SignalAccept accept;
    public final HouseholdMatch match;
    public final SharingDecide decide;
    public final Consultations consultations;
    public final Narratives narratives;
    public final Objections objections;
    public final BreakGlass glass;
    public final PlanWork planWork;
    public final Handovers handovers;
    public final TeamQueue queue;
    public final EscalationAnswers answers;
    public final EscalationCheck escalationCheck;
    public final AttentionCheck attentionCheck;

    public TestStages() {
        this(CONFIG.agreement());
    }

    /**
     * @param agreement the one in force, for as long as these stages live
     */
    public TestStages(SharingAgreement agreement) {
        parts = DomainParts.of(
                new Foundation(CONFIG, database, vault, meters, clock),
                new AgreementInForce(agreement),
                CONFIG.escalation(),
                new PlanFactsStore(database),
                Told.NOBODY,
                sent::addAll);
        signals = parts.signal().signals;
        releases = parts.sharing().context.releases();
        items = parts.team().itemsInHand;
        plans = parts.plan().plans;
        attention = parts.casework().attention;
        accept = parts.signal().accept;
        match = parts.household().match;
        decide = parts.sharing().decide;
        consultations = parts.sharing().consultations;
        narratives = parts.sharing().narratives;
        objections = parts.sharing().objections;
        glass = parts.sharing().glass;
        planWork = parts.casework().planWork;
        handovers = parts.casework().handovers;
        queue = parts.team().teamQueue;
        answers = parts.escalation().answers;
        escalationCheck = parts.escalation().check;
        attentionCheck = parts.casework().check;
    }

    /**
     * Accepts a signal of little weight, and works it alone.
     *
     * @param subject as the canonical signal has it
     */
    public DecidedSignal send(String partner, String category, String subject) {
        sends++;
        String json = """
                {"reference":"fake-sent-%d","occurredAt":"%s","reportedAt":"%s","category":"%s","severity":"low","subject":%s}
                """.formatted(sends, clock.instant(), clock.instant(), category, subject);
        UUID id = accept.accept(new CaseSignalMapper(new SignalSchema(), CONFIG.vocabulary(), accept::knows, clock)
                        .map(
                                CONFIG.partners().get(partner),
                                Json.readStrictly(json.getBytes(StandardCharsets.UTF_8)),
                                Trace.continuing(null)))
                .signalId();
        return work(List.of(id.toString())).get(0);
    }

    /**
     * Stages 30 to 70 of one batch, in one transaction.
     *
     * @param ids of accepted signals
     */
    public List<DecidedSignal> work(List<String> ids) {
        List<DecidedSignal> decided = new ArrayList<>();
        parts.team().teamQueue.send(database.inTransaction(() -> {
            decided.addAll(decide.decide(match.match(ids)));
            return parts.team()
                    .teamQueue
                    .assign(parts.escalation().decide.decide(parts.plan().attach.attach(decided)));
        }));
        return decided;
    }
}
