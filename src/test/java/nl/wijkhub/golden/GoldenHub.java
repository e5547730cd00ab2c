package nl.wijkhub.golden;

import static nl.wijkhub.TestStages.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.TestStages;
import nl.wijkhub.household.MatchedSignal;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.sharing.DecidedSignal;
import nl.wijkhub.sharing.Release;
import nl.wijkhub.sharing.ReleasedSignal;
import nl.wijkhub.sharing.SharingAgreement;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Receipt;
import nl.wijkhub.signal.SignalDraft;
import nl.wijkhub.web.api.ReleasedSignalJson;

/** One case: messages through every stage, and what was decided of them. */
final class GoldenHub {
    private static final Set<String> ALWAYS =
            Set.of("id", "releaseId", "disclosure", "ground", "article", "externalDecision");
    private static final String BESIDE =
            "select release_id from release where kind <> 'TEAM' and signal_id is not null";

    /** What became of one message, with ids replaced by the order in which they appear. */
    record Outcome(
            JsonNode signal, ArrayNode releases, ArrayNode deliveries, Set<String> heldBy, Set<String> withdrawnBy) {}

    final TestStages stages;
    private final GoldenDoors doors;
    private DecidedSignal last;
    private int sent;

    /**
     * @param switches of the sharing agreement that are on, beside those that are shipped so
     */
    GoldenHub(Set<String> switches) throws IOException {
        stages = switches.isEmpty() ? new TestStages() : new TestStages(agreement(switches));
        doors = new GoldenDoors(stages);
    }

    private static SharingAgreement agreement(Set<String> switches) throws IOException {
        String text = Files.readString(Path.of("config", SharingAgreement.FILE));
        for (String one : switches) {
            assertThat(text).contains("{id: " + one + ", nl:");
            text = text.replace("{id: " + one + ", nl:", "{id: " + one + ", on: 2026-01-01, nl:");
        }
        Path folder = Files.createTempDirectory("fake-agreement");
        Files.writeString(folder.resolve(SharingAgreement.FILE), text);
        List<ConfigFault> faults = new ArrayList<>();
        SharingAgreement agreement =
                SharingAgreement.read(folder, CONFIG.vocabulary().codes(), faults);
        assertThat(faults).isEmpty();
        return agreement;
    }

    int sent() {
        return sent;
    }

    int stored() {
        return stages.database.with(h -> h.createQuery("select count(*) from signal")
                .mapTo(Integer.class)
                .one());
    }

    /** The last message that came, as it was decided. */
    DecidedSignal last() {
        return last;
    }

    /** Null for what is no signal. */
    Outcome send(GoldenMessage message) {
        if (doors.isUnit(message)) {
            return null;
        }
        SignalDraft draft = doors.draft(message);
        isLet(draft.signal());
        Receipt receipt = stages.accept.accept(draft);
        sent++;
        stages.sent.clear();
        last = stages.work(List.of(receipt.signalId().toString())).get(0);
        AcceptedSignal accepted = stages.signals.byId(receipt.signalId()).orElseThrow();
        last.released().forEach(release -> pull(accepted, release));
        return new Outcome(
                GoldenNodes.signal(accepted),
                GoldenNodes.releases(last.releases()),
                GoldenNodes.deliveries(stages.sent),
                heldBy(),
                withdrawnBy());
    }

    /** In the town of these cases one corporation lets every dwelling. */
    private void isLet(CaseSignal signal) {
        Optional.ofNullable(signal.subject().household())
                .map(CaseSignal.Household::address)
                .ifPresent(address -> stages.parts
                        .household()
                        .units
                        .put("corporatie-demo", "fake-" + address, address, Integer.MAX_VALUE, null));
    }

    private Set<String> heldBy() {
        return last.releases().stream()
                .map(release -> release.decision().heldBy())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** Whoever got something can open it, and finds no field that was not decided. */
    private void pull(AcceptedSignal accepted, Release release) {
        MatchedSignal matched = stages.match.again(accepted, release.householdId());
        Release anew = stages.decide
                .decideAnew(matched, release.recipient(), "fake-user")
                .orElseThrow();
        ObjectNode view = ReleasedSignalJson.of(
                ReleasedSignal.of(anew, matched, "fake-contact", null, CONFIG.vocabulary()::classOfLifeDomain));
        assertThat(anew.decision()).isEqualTo(release.decision());
        Set<String> allowed = new TreeSet<>(ALWAYS);
        anew.decision().fields().forEach(field -> allowed.add(field.split("\\.")[0]));
        assertThat(allowed)
                .containsAll(view.properties().stream().map(Map.Entry::getKey).toList());
    }

    /** What an earlier signal's recipients would be told now. */
    private Set<String> withdrawnBy() {
        Set<String> rules = new TreeSet<>();
        last.recalled().forEach(recalled -> anew(recalled)
                .ifPresent(release -> rules.add(release.decision().ruleId())));
        return rules;
    }

    private Optional<Release> anew(Release release) {
        AcceptedSignal accepted = stages.signals.byId(release.signalId()).orElseThrow();
        return stages.decide.decideAnew(
                stages.match.again(accepted, release.householdId()), release.recipient(), "fake-user");
    }

    /** What those who got something of the last message are told now, where that is something else. */
    ArrayNode toldNow() {
        return GoldenNodes.releases(last.released().stream()
                .map(release -> Map.entry(release, anew(release).orElseThrow()))
                .filter(told -> !told.getKey().decision().equals(told.getValue().decision()))
                .map(Map.Entry::getValue)
                .toList());
    }

    /** What was decided for whoever is no discipline of the team: who comes in, who is asked, who breaks the glass. */
    ArrayNode besideTheTeam() {
        List<UUID> ids = stages.database.with(
                h -> h.createQuery(BESIDE).mapTo(UUID.class).list());
        ArrayNode nodes = Json.MAPPER.createArrayNode();
        stages.releases.byIds(ids).stream()
                .sorted(Comparator.comparing(Release::decidedAt)
                        .thenComparing(release -> release.recipient().name())
                        .thenComparing(this::reference)
                        .thenComparing(Release::id))
                .forEach(release -> {
                    JsonNode node = GoldenNodes.releases(List.of(release)).get(0);
                    nodes.add(((ObjectNode) node).put("signal", reference(release)));
                });
        return nodes;
    }

    private String reference(Release release) {
        return stages.signals.byId(release.signalId()).orElseThrow().signal().reference();
    }
}
