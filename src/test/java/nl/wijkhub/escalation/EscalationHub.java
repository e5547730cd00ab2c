package nl.wijkhub.escalation;

import static nl.wijkhub.signal.SignalFixture.PARTNERS;
import static nl.wijkhub.signal.SignalFixture.VOCABULARY;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.TestClock;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.audit.DecisionLogStore;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.audit.TimelineStore;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.HouseholdMatchStore;
import nl.wijkhub.household.HouseholdStore;
import nl.wijkhub.household.PersonStore;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.AreaAgenda;
import nl.wijkhub.plan.AreaAgendaStore;
import nl.wijkhub.plan.PlanAttach;
import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.plan.PlanStore;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.ConsentRegister;
import nl.wijkhub.sharing.ConsentStore;
import nl.wijkhub.sharing.ConsultationAdvice;
import nl.wijkhub.sharing.ConsultationAnswerStore;
import nl.wijkhub.sharing.ConsultationStore;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.sharing.DecisionTrail;
import nl.wijkhub.sharing.DutyStore;
import nl.wijkhub.sharing.EscalationSharing;
import nl.wijkhub.sharing.HoldOpening;
import nl.wijkhub.sharing.HoldStore;
import nl.wijkhub.sharing.NarrativeStore;
import nl.wijkhub.sharing.ObjectionStore;
import nl.wijkhub.sharing.OnwardSharing;
import nl.wijkhub.sharing.ReleaseRecall;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.sharing.SharingAgreement;
import nl.wijkhub.sharing.SharingDecide;
import nl.wijkhub.sharing.SharingDuties;
import nl.wijkhub.sharing.SharingInputs;
import nl.wijkhub.signal.CaseSignalMapper;
import nl.wijkhub.signal.SignalAccept;
import nl.wijkhub.signal.SignalSchema;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.FeedbackStore;
import nl.wijkhub.team.Teams;

/** Stages 20 to 60 on the real database, under rules, a clock and plans of the test's own. */
final class EscalationHub {
    final TestClock clock = new TestClock();
    final DatabaseStore database = TestDatabase.store();
    final Map<PlanFacts.Viewer, PlanFacts.Facts> facts = new HashMap<>();
    final FakeTold told = new FakeTold();
    final List<UUID> late = new ArrayList<>();
    final Consultations consultations;
    final ConsultationAdvice advice;
    final Escalations known;
    final EscalationAnswers answers;
    final EscalationDecide escalate;
    final EscalationLook look;
    private final SignalStore signals;
    private final SignalAccept accept;
    private final HouseholdMatch match;
    private final SharingDecide decide;
    private final PlanAttach attach;
    private final OnwardSharing onward;
    private final EscalationHandover ladder;
    private final Teams teams;
    private int sent;

    EscalationHub(EscalationRules rules) {
        List<ConfigFault> faults = new ArrayList<>();
        teams = Teams.read(Path.of("config"), faults);
        AgreementInForce inForce =
                new AgreementInForce(SharingAgreement.read(Path.of("config"), VOCABULARY.codes(), faults));
        Vault vault = TestVault.vault();
        Timeline timeline = new Timeline(new TimelineStore(database), new SimpleMeterRegistry());
        signals = new SignalStore(database, vault);
        accept = new SignalAccept(signals, timeline, VOCABULARY, PARTNERS, vault, clock);
        match = new HouseholdMatch(
                signals,
                new HouseholdStore(database, vault),
                new PersonStore(database),
                new HouseholdMatchStore(database, vault),
                timeline,
                vault,
                clock);
        ReleaseStore releases = new ReleaseStore(database);
        ConsentStore consents = new ConsentStore(database, vault);
        DecisionTrail trail = new DecisionTrail(
                releases,
                new DecisionLogStore(database),
                new ProcessingLogStore(database, vault, "urn:fake:activity"),
                new SharingDuties(new DutyStore(database, vault), inForce));
        SharingInputs inputs = new SharingInputs(
                consents, releases, new ObjectionStore(database, vault), new NarrativeStore(database));
        HoldStore holds = new HoldStore(database);
        ConsultationStore asked = new ConsultationStore(database, vault);
        HoldOpening opening = new HoldOpening(holds, asked, inForce);
        ReleaseRecall recall = new ReleaseRecall(releases, signals, match, inputs, teams, inForce, trail);
        ConsentRegister register = new ConsentRegister(consents, match, holds, recall, clock);
        decide = new SharingDecide(
                inForce, teams, releases, inputs, register, holds, opening, signals, trail, timeline, clock);
        consultations = new Consultations(
                asked,
                new ConsultationAnswerStore(database, vault),
                holds,
                signals,
                releases,
                match,
                inputs,
                decide,
                teams,
                trail,
                Duration.ofDays(2),
                clock);
        advice = new ConsultationAdvice(asked, releases, inputs, decide, inForce, trail, clock);
        onward = new OnwardSharing(signals, match, inputs, decide, teams, holds, opening, trail, clock);
        attach = new PlanAttach(
                new PlanStore(database),
                new PlanEventStore(database, vault),
                new AreaAgenda(new AreaAgendaStore(database, vault), new FeedbackStore(database), vault, clock),
                timeline,
                clock);
        EscalationStore escalations = new EscalationStore(database);
        SeenSignalStore seen = new SeenSignalStore(database);
        EscalationOpening steps = new EscalationOpening(seen, onward, consultations, signals, match, teams);
        escalate = new EscalationDecide(rules, escalations, seen, new Plans(), steps, timeline, clock);
        look = new EscalationLook(database, rules, escalations, seen, new Plans(), match, steps, timeline, clock);
        ladder = new EscalationHandover(rules, escalations, seen, new Plans(), steps, timeline, clock);
        EscalationSeenStore stepsSeen = new EscalationSeenStore(database);
        EscalationAnswerStore stepsAnswered = new EscalationAnswerStore(database, vault);
        known = new Escalations(
                rules,
                escalations,
                stepsSeen,
                stepsAnswered,
                new EscalationSharing(inForce, releases, signals, match, inputs, decide, teams, trail, clock),
                told);
        answers = new EscalationAnswers(
                known,
                escalations,
                stepsSeen,
                stepsAnswered,
                match,
                new PlanEventStore(database, vault),
                PARTNERS,
                told,
                clock);
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
        sent++;
        String at = clock.instant().minusSeconds(3600).toString();
        String json = """
                {"reference":"fake-%d","occurredAt":"%s","reportedAt":"%s","category":"%s","severity":"%s",
                 "subject":{"household":{"address":{"postalCode":"9990 AB","houseNumber":12}}}%s}
                """.formatted(sent, at, at, category, severity, more);
        return accept.accept(new CaseSignalMapper(new SignalSchema(), VOCABULARY, accept::knows, clock)
                        .map(
                                PARTNERS.get(partner),
                                Json.readStrictly(json.getBytes(StandardCharsets.UTF_8)),
                                Trace.continuing(null)))
                .signalId();
    }

    /** One batch, in one transaction. */
    List<EscalatedSignal> work(UUID... ids) {
        return database.inTransaction(() -> {
            List<EscalatedSignal> worked = escalate.decide(attach.attach(decide.decide(
                    match.match(Arrays.stream(ids).map(UUID::toString).toList()))));
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
            List<DecidedSignal> decided = onward.decide(householdOf, teams.ofTeam(to), null, Set.of(), "handover");
            match.handOver(household, to);
            attach.passOn(plan, decided, last.attached().epoch(), clock.instant());
            ladder.handOver(plan, "vb-noord", teams.ofTeam(to));
            return null;
        });
    }

    List<UUID> ids(String sql) {
        return database.with(h -> h.createQuery(sql).mapTo(UUID.class).list());
    }

    /** Every step: discipline, level, rule, state and why it ended. */
    List<String> steps() {
        return texts("""
                select discipline || ' ' || level || ' ' || rule_id || ' ' || state || coalesce(' ' || ended_reason, '')
                from escalation order by raised_at, level, discipline
                """);
    }

    List<String> texts(String sql) {
        return database.with(h -> h.createQuery(sql).mapTo(String.class).list());
    }
}
