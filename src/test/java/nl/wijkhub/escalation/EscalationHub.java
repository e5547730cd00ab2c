package nl.wijkhub.escalation;

import static nl.wijkhub.signal.SignalFixture.PARTNERS;
import static nl.wijkhub.signal.SignalFixture.VOCABULARY;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.ShippedConfig;
import nl.wijkhub.TestClock;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.app.wiring.DomainParts;
import nl.wijkhub.app.wiring.Foundation;
import nl.wijkhub.app.wiring.HubConfig;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.plan.PlanAttach;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.ConsultationAdvice;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.signal.CaseSignalMapper;
import nl.wijkhub.signal.SignalSchema;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.Teams;

/** Stages 20 to 60 on the real database, under rules, a clock and plans of the test's own. */
final class EscalationHub {
    static final Instant START = TestClock.START;

    final TestClock clock = new TestClock();
    final Database database = TestDatabase.store();
    final Map<PlanFacts.Viewer, PlanFacts.Facts> facts = new HashMap<>();
    final FakeTold told = new FakeTold();
    final List<UUID> late = new ArrayList<>();
    final Consultations consultations;
    final ConsultationAdvice advice;
    final Escalations known;
    final EscalationAnswers answers;
    final PlanAttach attach;
    final EscalationDecide escalate;
    final EscalationCheck check;
    private final SignalStore signals;
    private final HouseholdMatch match;
    private final DomainParts parts;
    private final Teams teams;
    private int sent;

    EscalationHub(EscalationRules rules) {
        HubConfig config = ShippedConfig.read();
        teams = config.teams();
        parts = DomainParts.of(
                new Foundation(config, database, TestVault.vault(), new SimpleMeterRegistry(), clock),
                new AgreementInForce(config.agreement()),
                rules,
                new Plans(),
                told,
                deliveries -> {});
        signals = parts.signal().signals;
        match = parts.household().match;
        consultations = parts.sharing().consultations;
        advice = parts.sharing().advice;
        known = parts.escalation().known;
        answers = parts.escalation().answers;
        attach = parts.plan().attach;
        escalate = parts.escalation().decide;
        check = parts.escalation().check;
    }

    /** Whom the test says was told what. */
    static final class FakeTold implements Told {
        private final Map<String, List<UUID>> told = new HashMap<>();

        void tell(String partner, UUID step) {
            told.computeIfAbsent(partner, p -> new ArrayList<>()).add(step);
        }

        @Override
        public boolean isTold(String partnerId, UUID escalationId) {
            return told.getOrDefault(partnerId, List.of()).contains(escalationId);
        }

        @Override
        public List<UUID> told(String partnerId, String after, int limit) {
            return told.getOrDefault(partnerId, List.of()).stream().limit(limit).toList();
        }
    }

    /** What the test says of plans. */
    private final class Plans implements PlanFacts {
        @Override
        public Map<Viewer, Facts> of(Collection<Viewer> viewers, Instant now) {
            return facts;
        }

        @Override
        public Collection<UUID> plansToLookAt(Instant now, Instant since, int limit) {
            return late;
        }
    }

    /** Accepts a signal about one address, and works it alone. */
    EscalatedSignal send(String partner, String category, String severity, String more) {
        return work(accept(partner, category, severity, more)).get(0);
    }

    /**
     * @param more fields of the canonical signal, each after a comma
     */
    UUID accept(String partner, String category, String severity, String more) {
        return acceptAbout(
                "\"address\":{\"postalCode\":\"9990 AB\",\"houseNumber\":12}", partner, category, severity, more);
    }

    /**
     * @param household fields of the household
     */
    UUID acceptAbout(String household, String partner, String category, String severity, String more) {
        sent++;
        String at = clock.instant().minusSeconds(3600).toString();
        String json = """
                {"reference":"fake-%d","occurredAt":"%s","reportedAt":"%s","category":"%s","severity":"%s",
                 "subject":{"household":{%s}}%s}
                """.formatted(sent, at, at, category, severity, household, more);
        return parts.signal()
                .accept
                .accept(new CaseSignalMapper(new SignalSchema(), VOCABULARY, parts.signal().accept::knows, clock)
                        .map(
                                PARTNERS.get(partner),
                                Json.readStrictly(json.getBytes(StandardCharsets.UTF_8)),
                                Trace.continuing(null)))
                .signalId();
    }

    /** One batch, in one transaction. */
    List<EscalatedSignal> work(UUID... ids) {
        return database.inTransaction(() -> {
            List<EscalatedSignal> worked = escalate.decide(attach.attach(parts.sharing()
                    .decide
                    .decide(match.match(Arrays.stream(ids).map(UUID::toString).toList()))));
            signals.markWorked(
                    worked.stream().map(EscalatedSignal::signalId).toList(),
                    worked.stream()
                            .map(one -> one.attached().decided().matched().householdId())
                            .toList(),
                    clock.instant());
            return worked;
        });
    }

    /** The plan of these signals goes to another team, as far as the ladder and what it sees are concerned. */
    void handOver(EscalatedSignal last, String to) {
        UUID plan = last.attached().planId();
        UUID household = last.attached().decided().matched().householdId();
        database.inTransaction(() -> {
            Map<UUID, UUID> householdOf = new HashMap<>();
            ids("select signal_id from plan_signal").forEach(signal -> householdOf.put(signal, household));
            List<DecidedSignal> decided =
                    parts.sharing().onward.decide(householdOf, teams.ofTeam(to), null, Set.of(), "handover");
            match.handOver(household, to);
            attach.passOn(plan, decided, last.attached().epoch(), clock.instant());
            parts.escalation()
                    .handover
                    .handOver(plan, "vb-noord", teams.ofTeam(to), seat -> teams.counterpart(seat, to));
            return null;
        });
    }

    List<UUID> ids(String sql) {
        return database.with(h -> h.createQuery(sql).mapTo(UUID.class).list());
    }

    /** Every step: discipline, level, rule, state and why it ended. */
    List<String> steps() {
        return texts("""
                select seat || ' ' || level || ' ' || rule_id || ' ' || state || coalesce(' ' || ended_reason, '')
                from escalation order by raised_at, level, seat
                """);
    }

    List<String> texts(String sql) {
        return database.with(h -> h.createQuery(sql).mapTo(String.class).list());
    }
}
