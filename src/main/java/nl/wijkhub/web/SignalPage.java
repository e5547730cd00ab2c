package nl.wijkhub.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.audit.Timeline;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleaseStore;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.SignalAccept;
import nl.wijkhub.signal.SignalStore;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Role;
import nl.wijkhub.team.Teams;

/**
 * What the timeline page shows: to a recipient what passed and on what ground, decided anew; to the privacy officer
 * every release with its rule and reasons, and nothing of what the signal says.
 */
public final class SignalPage {
    /** One stage passed. */
    public record Step(String stage, Instant at) {}

    /** One decision, as the privacy officer sees it. */
    public record Why(String recipient, String disclosure, String rule, String ground, String reasons) {}

    /**
     * @param fields label → value, of what passed; empty for the privacy officer
     * @param ground on what ground it passed, in words; empty for the privacy officer
     * @param whys every decision; empty for a recipient
     */
    public record View(
            UUID id, String title, Map<String, String> fields, String ground, List<Step> steps, List<Why> whys) {}

    private final SignalStore signals;
    private final ReleaseStore releases;
    private final SignalApi api;
    private final Timeline timeline;
    private final AgreementInForce inForce;
    private final Vocabulary vocabulary;
    private final Teams teams;

    public SignalPage(
            SignalStore signals,
            ReleaseStore releases,
            SignalApi api,
            Timeline timeline,
            AgreementInForce inForce,
            Vocabulary vocabulary,
            Teams teams) {
        this.signals = signals;
        this.releases = releases;
        this.api = api;
        this.timeline = timeline;
        this.inForce = inForce;
        this.vocabulary = vocabulary;
        this.teams = teams;
    }

    View of(UUID id, Caller caller, Texts texts) {
        AcceptedSignal signal = signals.byId(id).orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        if (caller.is(Role.PRIVACY_OFFICER, teams)) {
            return new View(id, texts.get("signal.title"), Map.of(), "", steps(signal, Instant.EPOCH), whys(id));
        }
        Optional<ObjectNode> view = api.released(signal, caller);
        ObjectNode passed = view.orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
        String title = passed.has("category")
                ? vocabulary.label(passed.get("category").asText())
                : passed.path("advice").asText(texts.get("queue.notice"));
        return new View(id, title, fields(passed, texts), ground(passed), steps(signal, releasedAt(passed)), List.of());
    }

    private String ground(ObjectNode passed) {
        String ground = inForce.agreement().groundNl(passed.get("ground").asText());
        return passed.has("externalDecision")
                ? ground + " (" + passed.get("externalDecision").asText() + ")"
                : ground;
    }

    private Instant releasedAt(ObjectNode passed) {
        UUID release = UUID.fromString(passed.get("releaseId").asText());
        return releases.byIds(List.of(release)).get(0).decidedAt();
    }

    /**
     * The way to this recipient alone: of each stage since its own release the first passing, so that nothing tells
     * whether others got it sooner or later. An outcome could tell what else there is.
     *
     * @param released EPOCH for every step there was
     */
    private List<Step> steps(AcceptedSignal signal, Instant released) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(SignalAccept.STAGE, signal.acceptedAt()));
        Set<String> shown = new HashSet<>();
        boolean isAll = released.equals(Instant.EPOCH);
        timeline.of(signal.id()).stream()
                .filter(entry -> !entry.stage().equals("escalation-decide"))
                .filter(entry ->
                        entry.stage().equals("household-match") || !entry.at().isBefore(released))
                .filter(entry -> isAll || shown.add(entry.stage()))
                .forEach(entry -> steps.add(new Step(entry.stage(), entry.at())));
        return steps;
    }

    private List<Why> whys(UUID signalId) {
        List<Why> whys = new ArrayList<>();
        for (Release release : releases.ofSignal(signalId)) {
            whys.add(new Why(
                    release.recipient().name(),
                    release.decision().disclosure().name(),
                    release.decision().ruleId(),
                    inForce.agreement().groundNl(release.decision().ground()),
                    String.join(", ", release.decision().reasons())));
        }
        return whys;
    }

    private Map<String, String> fields(ObjectNode passed, Texts texts) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : List.of(
                "advice",
                "contact",
                "address",
                "area",
                "severity",
                "senderDiscipline",
                "occurredAt",
                "experiencedImpact",
                "persons",
                "strengths",
                "reporter")) {
            if (passed.has(name)) {
                fields.put(texts.get("field." + name), words(name, passed.get(name), texts));
            }
        }
        return fields;
    }

    private static String words(String name, JsonNode value, Texts texts) {
        return switch (name) {
            case "address" ->
                value.path("postalCode").asText()
                        + ' '
                        + value.path("houseNumber").asText()
                        + value.path("houseLetter").asText()
                        + (value.has("addition") ? '-' + value.get("addition").asText() : "");
            case "area" -> value.path("buurtCode").asText(value.path("place").asText());
            case "severity" -> texts.code("severity", value.asText());
            case "senderDiscipline" -> texts.code("discipline", value.asText());
            case "occurredAt" ->
                texts.time(java.time.OffsetDateTime.parse(value.asText()).toInstant());
            case "persons" -> String.join(", ", names(value));
            case "strengths" -> String.join(" · ", Json.MAPPER.convertValue(value, String[].class));
            case "reporter" -> value.path("name").asText();
            default -> value.asText();
        };
    }

    private static List<String> names(JsonNode persons) {
        List<String> names = new ArrayList<>();
        persons.forEach(person ->
                names.add(person.path("name").asText(person.path("role").asText())));
        return names;
    }
}
