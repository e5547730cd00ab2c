package nl.wijkhub.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.app.wiring.HubConfig;
import nl.wijkhub.audit.DecisionLogStore;
import nl.wijkhub.audit.ProcessingLogStore;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.audit.TimelineStore;
import nl.wijkhub.escalation.EscalatedSignal;
import nl.wijkhub.escalation.EscalationDecide;
import nl.wijkhub.escalation.EscalationOpening;
import nl.wijkhub.escalation.EscalationStore;
import nl.wijkhub.escalation.PlanFacts;
import nl.wijkhub.escalation.SeenSignalStore;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.HouseholdMatchStore;
import nl.wijkhub.household.HouseholdStore;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.household.PersonStore;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.partner.care.NoteMapper;
import nl.wijkhub.partner.housing.SignaleringMapper;
import nl.wijkhub.partner.housing.UnitRegister;
import nl.wijkhub.partner.housing.UnitStore;
import nl.wijkhub.partner.housing.ZaakMapper;
import nl.wijkhub.partner.police.ReportMapper;
import nl.wijkhub.partner.publicspace.MeldingMapper;
import nl.wijkhub.partner.welfare.IntakeMapper;
import nl.wijkhub.plan.AreaAgenda;
import nl.wijkhub.plan.AreaAgendaStore;
import nl.wijkhub.plan.PlanAttach;
import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.plan.PlanStore;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.ConsentRegister;
import nl.wijkhub.sharing.ConsentStore;
import nl.wijkhub.sharing.ConsultationAnswerStore;
import nl.wijkhub.sharing.ConsultationStore;
import nl.wijkhub.sharing.Consultations;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.sharing.DecisionTrail;
import nl.wijkhub.sharing.DutyStore;
import nl.wijkhub.sharing.HoldOpening;
import nl.wijkhub.sharing.HoldStore;
import nl.wijkhub.sharing.NarrativeStore;
import nl.wijkhub.sharing.ObjectionStore;
import nl.wijkhub.sharing.OnwardSharing;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleaseRecall;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.sharing.ReleasedView;
import nl.wijkhub.sharing.SharingDecide;
import nl.wijkhub.sharing.SharingDuties;
import nl.wijkhub.sharing.SharingInputs;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.CaseSignalMapper;
import nl.wijkhub.signal.CloudEventReading;
import nl.wijkhub.signal.Incoming;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.Receipt;
import nl.wijkhub.signal.SignalAccept;
import nl.wijkhub.signal.SignalDraft;
import nl.wijkhub.signal.SignalFixture;
import nl.wijkhub.signal.SignalReading;
import nl.wijkhub.signal.SignalSchema;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.team.Delivery;
import nl.wijkhub.team.DeliveryStore;
import nl.wijkhub.team.FeedbackStore;
import nl.wijkhub.team.PlaceAreas;
import nl.wijkhub.team.QueueStore;
import nl.wijkhub.team.TeamEvent;
import nl.wijkhub.team.TeamQueue;

/** The stages without routes, broker or HTTP, on the real database and the shipped configuration, at one fixed moment. */
final class GoldenHub {
    private static final HubConfig CONFIG = HubConfig.read(
                    Path.of("config"),
                    Map.of(),
                    Map.of(
                            "hub.oidc.board-client-secret", "x",
                            "hub.database.url", "x",
                            "hub.database.user", "x",
                            "hub.database.password", "x",
                            "hub.broker.url", "x",
                            "hub.broker.amqp-url", "amqp://x",
                            "hub.broker.user", "x",
                            "hub.broker.password", "x"))
            .config();
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final Set<String> ALWAYS =
            Set.of("id", "releaseId", "disclosure", "ground", "article", "externalDecision");

    /** What became of one message, with ids replaced by the order in which they appear. */
    record Outcome(
            JsonNode signal,
            ArrayNode releases,
            ArrayNode deliveries,
            Set<String> escalations,
            Set<String> withdrawnBy) {}

    private final DatabaseStore database = TestDatabase.store();
    private final Vault vault = TestVault.vault();
    private final Timeline timeline = new Timeline(new TimelineStore(database), new SimpleMeterRegistry());
    private final SignalStore signals = new SignalStore(database, vault);
    private final ReleaseStore releases = new ReleaseStore(database);
    private final SignalAccept accept =
            new SignalAccept(signals, timeline, CONFIG.vocabulary(), CONFIG.partners(), vault, SignalFixture.NOON);
    private final CaseSignalMapper mapper =
            new CaseSignalMapper(new SignalSchema(), CONFIG.vocabulary(), accept::knows, SignalFixture.NOON);
    private final SignalReading reading =
            new SignalReading(mapper, new CloudEventReading(mapper, SignalFixture.NOON), 1_048_576);
    private final UnitStore units = new UnitStore(database, vault, SignalFixture.NOON);
    private final UnitRegister register = new UnitRegister(units, SignalFixture.NOON);
    private final HouseholdMatch match = new HouseholdMatch(
            signals,
            new HouseholdStore(database, vault),
            new PersonStore(database),
            new HouseholdMatchStore(database, vault),
            timeline,
            vault,
            SignalFixture.NOON);
    private final AgreementInForce inForce = new AgreementInForce(CONFIG.agreement());
    private final ConsentStore consents = new ConsentStore(database, vault);
    private final DecisionLogStore decisionLog = new DecisionLogStore(database);
    private final DecisionTrail trail = new DecisionTrail(
            releases,
            decisionLog,
            new ProcessingLogStore(database, vault, "urn:fake:activity"),
            new SharingDuties(new DutyStore(database, vault), inForce));
    private final HoldStore holds = new HoldStore(database);
    private final SharingInputs inputs =
            new SharingInputs(consents, releases, new ObjectionStore(database, vault), new NarrativeStore(database));
    private final HoldOpening opening = new HoldOpening(holds, new ConsultationStore(database, vault), inForce);
    private final SharingDecide decide = new SharingDecide(
            inForce,
            CONFIG.teams(),
            releases,
            inputs,
            new ConsentRegister(
                    consents,
                    match,
                    holds,
                    new ReleaseRecall(releases, signals, match, inputs, CONFIG.teams(), inForce, trail),
                    SignalFixture.NOON),
            holds,
            opening,
            signals,
            trail,
            timeline,
            SignalFixture.NOON);
    private final PlanAttach attach = new PlanAttach(
            new PlanStore(database),
            new PlanEventStore(database, vault),
            new AreaAgenda(
                    new AreaAgendaStore(database, vault), new FeedbackStore(database), vault, SignalFixture.NOON),
            timeline,
            SignalFixture.NOON);
    private final SeenSignalStore seen = new SeenSignalStore(database);
    private final EscalationDecide escalate = new EscalationDecide(
            CONFIG.escalation(),
            new EscalationStore(database),
            seen,
            PlanFacts.NOTHING,
            new EscalationOpening(
                    seen,
                    new OnwardSharing(
                            signals, match, inputs, decide, CONFIG.teams(), holds, opening, trail, SignalFixture.NOON),
                    new Consultations(
                            new ConsultationStore(database, vault),
                            new ConsultationAnswerStore(database, vault),
                            holds,
                            signals,
                            releases,
                            match,
                            inputs,
                            decide,
                            CONFIG.teams(),
                            trail,
                            Duration.ofDays(2),
                            SignalFixture.NOON),
                    signals,
                    match,
                    CONFIG.teams()),
            timeline,
            SignalFixture.NOON);
    private final List<Delivery> sentDeliveries = new ArrayList<>();
    private final TeamQueue queue = new TeamQueue(
            CONFIG.teams(),
            new QueueStore(database),
            new DeliveryStore(database),
            signals,
            sentDeliveries::addAll,
            new TeamEvent("00000009999999999000", vault),
            timeline,
            SignalFixture.NOON);
    private int sent;

    static Set<String> escalationIds() {
        return new TreeSet<>(CONFIG.escalation().ids());
    }

    static Set<String> ruleIds(Set<String> without) {
        Set<String> ids = new TreeSet<>();
        ids.addAll(CONFIG.agreement().ruleIdsForTeams());
        ids.add("row-24");
        ids.removeAll(without);
        return ids;
    }

    int sent() {
        return sent;
    }

    int stored() {
        return database.with(h -> h.createQuery("select count(*) from signal")
                .mapTo(Integer.class)
                .one());
    }

    /** A message as it comes to a door: bytes of one media type. */
    record Message(String door, String partner, String mediaType, byte[] body) {}

    Outcome send(Message message) {
        Partner partner = CONFIG.partners().get(message.partner());
        if (message.door().equals("eenheden")) {
            JsonNode unit = Json.readStrictly(message.body());
            register.put(partner, unit.get("id").asText(), unit);
            return null;
        }
        Receipt receipt = accept.accept(draft(message, partner, Trace.continuing(null)));
        sent++;
        return work(receipt);
    }

    private SignalDraft draft(Message message, Partner partner, Trace trace) {
        return switch (message.door()) {
            case "zaken" ->
                new ZaakMapper(CONFIG.veraCodes(), CONFIG.vocabulary(), units, SignalFixture.NOON)
                        .map(partner, Json.readStrictly(message.body()), trace);
            case "signaleringen" ->
                new SignaleringMapper(CONFIG.veraCodes(), CONFIG.vocabulary(), units, SignalFixture.NOON)
                        .map(partner, Json.readStrictly(message.body()), trace);
            case "signals" ->
                reading.one(new Incoming(partner, message.body(), message.mediaType(), null, trace, false));
            case "reports" ->
                new ReportMapper(CONFIG.policeCodes(), CONFIG.vocabulary(), SignalFixture.NOON)
                        .map(partner, message.body(), message.mediaType(), trace);
            case "intakes" ->
                new IntakeMapper(CONFIG.intakeCodes(), SignalFixture.NOON)
                        .map(partner, message.body(), message.mediaType(), trace);
            case "notes" ->
                new NoteMapper(CONFIG.noteCodes(), SignalFixture.NOON)
                        .map(partner, message.body(), message.mediaType(), trace);
            case "meldingen" ->
                new MeldingMapper(
                                CONFIG.meldingCodes(),
                                CONFIG.vocabulary(),
                                new PlaceAreas(CONFIG.neighbourhoods(), CONFIG.teams())::area,
                                accept::acceptedAt,
                                SignalFixture.NOON)
                        .map(partner, Json.readStrictly(message.body()), null, trace);
            default -> throw new IllegalArgumentException(message.door());
        };
    }

    private Outcome work(Receipt receipt) {
        sentDeliveries.clear();
        List<DecidedSignal> decided = new ArrayList<>();
        Set<String> escalations = new TreeSet<>();
        List<Delivery> outgoing = database.inTransaction(() -> {
            decided.addAll(decide.decide(match.match(List.of(receipt.signalId().toString()))));
            List<EscalatedSignal> escalated = escalate.decide(attach.attach(decided));
            return queue.assign(escalated);
        });
        queue.send(outgoing);
        escalations.addAll(database.with(h -> h.createQuery("select distinct rule_id from escalation")
                .mapTo(String.class)
                .list()));
        AcceptedSignal accepted = signals.byId(receipt.signalId()).orElseThrow();
        ArrayNode releaseNodes = Json.MAPPER.createArrayNode();
        decided.get(0).releases().forEach(release -> releaseNodes.add(node(release)));
        decided.get(0).released().forEach(release -> pull(accepted, release));
        return new Outcome(
                signal(accepted), releaseNodes, deliveries(sentDeliveries), escalations, withdrawnBy(decided.get(0)));
    }

    /** Whoever got something can open it, and finds no field that was not decided. */
    private void pull(AcceptedSignal accepted, Release release) {
        MatchedSignal matched = match.again(accepted, release.householdId());
        Release anew =
                decide.decideAnew(matched, release.recipient(), "fake-user").orElseThrow();
        ObjectNode view = ReleasedView.of(anew, matched, "fake-contact", null, CONFIG.vocabulary()::classOfLifeDomain);
        assertThat(anew.decision()).isEqualTo(release.decision());
        Set<String> allowed = new TreeSet<>(ALWAYS);
        anew.decision().fields().forEach(field -> allowed.add(field.split("\\.")[0]));
        assertThat(allowed)
                .containsAll(view.properties().stream().map(Map.Entry::getKey).toList());
    }

    /** What an earlier signal's recipients would be told now. */
    private Set<String> withdrawnBy(DecidedSignal decided) {
        Set<String> rules = new TreeSet<>();
        for (Release recalled : decided.recalled()) {
            AcceptedSignal old = signals.byId(recalled.signalId()).orElseThrow();
            decide.decideAnew(match.again(old, recalled.householdId()), recalled.recipient(), "fake-user")
                    .ifPresent(anew -> rules.add(anew.decision().ruleId()));
        }
        return rules;
    }

    private static JsonNode signal(AcceptedSignal accepted) {
        ObjectNode node = Json.MAPPER.valueToTree(accepted.signal());
        ArrayNode classes = node.putArray("_classes");
        accepted.classes().stream().map(Enum::name).sorted().forEach(classes::add);
        return node;
    }

    private static JsonNode node(Release release) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("to", release.recipient().clientId());
        node.put("disclosure", release.decision().disclosure().name());
        node.put("rule", release.decision().ruleId());
        node.put("ground", release.decision().ground());
        put(node, "article", release.decision().article());
        put(node, "externalDecision", release.decision().externalDecision());
        put(node, "shownAs", release.decision().shownAs());
        put(node, "says", release.decision().says());
        node.set("fields", Json.MAPPER.valueToTree(release.decision().fields()));
        node.set("obligations", Json.MAPPER.valueToTree(release.decision().obligations()));
        node.set("reasons", Json.MAPPER.valueToTree(release.decision().reasons()));
        return node;
    }

    private static void put(ObjectNode node, String field, String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    private static ArrayNode deliveries(List<Delivery> deliveries) {
        Map<String, String> names = new TreeMap<>();
        ArrayNode nodes = Json.MAPPER.createArrayNode();
        for (Delivery delivery : deliveries) {
            ObjectNode event = (ObjectNode) Json.read(delivery.event(), JsonNode.class);
            event.put("subject", event.get("subject").asText().length() + " hex digits");
            if (event.has("traceparent")) {
                event.put("traceparent", event.get("traceparent").asText().length() + " characters");
            }
            Matcher matcher = ID.matcher(event.toString());
            String named =
                    matcher.replaceAll(found -> names.computeIfAbsent(found.group(), id -> "id-" + (names.size() + 1)));
            ObjectNode node = Json.MAPPER.createObjectNode();
            node.put("address", delivery.address());
            node.set("event", Json.read(named, JsonNode.class));
            nodes.add(node);
        }
        return nodes;
    }
}
