package nl.wijkhub.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wijkhub.ShippedConfig;
import nl.wijkhub.TestDatabase;
import nl.wijkhub.TestVault;
import nl.wijkhub.app.wiring.DomainParts;
import nl.wijkhub.app.wiring.Foundation;
import nl.wijkhub.app.wiring.HubConfig;
import nl.wijkhub.app.wiring.PartnerParts;
import nl.wijkhub.escalation.EscalatedSignal;
import nl.wijkhub.escalation.PlanFacts;
import nl.wijkhub.household.HouseholdMatch;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Trace;
import nl.wijkhub.partner.care.NoteMapper;
import nl.wijkhub.partner.housing.SignaleringMapper;
import nl.wijkhub.partner.housing.UnitRegister;
import nl.wijkhub.partner.housing.ZaakMapper;
import nl.wijkhub.partner.police.ReportMapper;
import nl.wijkhub.partner.publicspace.MeldingMapper;
import nl.wijkhub.partner.welfare.IntakeMapper;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleasedView;
import nl.wijkhub.sharing.SharingDecide;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.Incoming;
import nl.wijkhub.signal.Partners.Partner;
import nl.wijkhub.signal.Receipt;
import nl.wijkhub.signal.SignalDraft;
import nl.wijkhub.signal.SignalFixture;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.subscription.NotificationStore;
import nl.wijkhub.subscription.SubscriberTold;
import nl.wijkhub.team.Delivery;

/** The stages without routes, broker or HTTP, on the real database and the shipped configuration, at one fixed moment. */
final class GoldenHub {
    private static final HubConfig CONFIG = ShippedConfig.read();
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

    private final List<Delivery> sentDeliveries = new ArrayList<>();
    private final Foundation foundation = new Foundation(
            CONFIG, TestDatabase.store(), TestVault.vault(), new SimpleMeterRegistry(), SignalFixture.NOON);
    private final DomainParts parts = DomainParts.of(
            foundation,
            new AgreementInForce(CONFIG.agreement()),
            CONFIG.escalation(),
            PlanFacts.NOTHING,
            new SubscriberTold(new NotificationStore(TestDatabase.store())),
            sentDeliveries::addAll);
    private final PartnerParts partners = new PartnerParts(foundation, parts.signal());
    private final DatabaseStore database = foundation.database();
    private final SignalStore signals = parts.signal().signals;
    private final HouseholdMatch match = parts.household().match;
    private final SharingDecide decide = parts.sharing().decide;
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
            partners.mapper("unitRegister", UnitRegister.class)
                    .put(partner, unit.get("id").asText(), unit);
            return null;
        }
        Receipt receipt = parts.signal().accept.accept(draft(message, partner, Trace.continuing(null)));
        sent++;
        return work(receipt);
    }

    private SignalDraft draft(Message message, Partner partner, Trace trace) {
        return switch (message.door()) {
            case "zaken" ->
                partners.mapper("zaakMapper", ZaakMapper.class).map(partner, Json.readStrictly(message.body()), trace);
            case "signaleringen" ->
                partners.mapper("signaleringMapper", SignaleringMapper.class)
                        .map(partner, Json.readStrictly(message.body()), trace);
            case "signals" ->
                parts.signal()
                        .reading
                        .one(new Incoming(partner, message.body(), message.mediaType(), null, trace, false));
            case "reports" ->
                partners.mapper("reportMapper", ReportMapper.class)
                        .map(partner, message.body(), message.mediaType(), trace);
            case "intakes" ->
                partners.mapper("intakeMapper", IntakeMapper.class)
                        .map(partner, message.body(), message.mediaType(), trace);
            case "notes" ->
                partners.mapper("noteMapper", NoteMapper.class)
                        .map(partner, message.body(), message.mediaType(), trace);
            case "meldingen" ->
                partners.mapper("meldingMapper", MeldingMapper.class)
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
            List<EscalatedSignal> escalated =
                    parts.escalation().decide.decide(parts.plan().attach.attach(decided));
            return parts.team().teamQueue.assign(escalated);
        });
        parts.team().teamQueue.send(outgoing);
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
