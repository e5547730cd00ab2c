package nl.wijkhub.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wijkhub.TestStages;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.team.Delivery;

/** What a golden file holds of a case: everything but what differs from run to run. */
final class GoldenNodes {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    // a time as it stands in the file, to the minute
    private static final String STEPS = """
            select cast(json_strip_nulls(json_build_object(
                'to', e.team_id || '.' || lower(replace(replace(e.seat, '_', '-'), '/', '.')), 'level', e.level, 'rule', e.rule_id,
                'signal', e.signal_id, 'state', e.state, 'why', e.ended_reason,
                'due', to_char(e.due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
                'triedUntil', to_char(e.tried_until at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
                'history', (
                    select json_agg(to_char(h.happened_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' ' || h.kind
                        order by h.happened_at, h.event_id)
                    from escalation_event h where h.escalation_id = e.escalation_id))) as text)
            from escalation e order by e.raised_at, e.level, e.team_id, e.seat, e.rule_id
            """;

    private GoldenNodes() {}

    static JsonNode signal(AcceptedSignal accepted) {
        ObjectNode node = Json.MAPPER.valueToTree(accepted.signal());
        ArrayNode classes = node.putArray("_classes");
        accepted.classes().stream().map(Enum::name).sorted().forEach(classes::add);
        return node;
    }

    static ArrayNode releases(List<Release> releases) {
        ArrayNode nodes = Json.MAPPER.createArrayNode();
        releases.forEach(release -> nodes.add(node(release)));
        return nodes;
    }

    private static ObjectNode node(Release release) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("to", release.recipient().name());
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

    /** With ids replaced by the order in which they appear. */
    static ArrayNode deliveries(List<Delivery> deliveries) {
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

    /** Every step up the ladder that was ever raised, with its history; a signal by its sender's reference. */
    static ArrayNode escalations(TestStages stages) {
        ArrayNode nodes = Json.MAPPER.createArrayNode();
        for (String step : stages.database.with(
                h -> h.createQuery(STEPS).mapTo(String.class).list())) {
            ObjectNode node = (ObjectNode) Json.read(step, JsonNode.class);
            UUID signal = UUID.fromString(node.get("signal").asText());
            node.put(
                    "signal", stages.signals.byId(signal).orElseThrow().signal().reference());
            nodes.add(node);
        }
        return nodes;
    }
}
