package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The commands that ask a hub's own data, while it runs: what was decided, and what other rules would have done. */
class LookBackIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String IN_FORCE = "disciplines30 >= 2";

    private static final String SINCE = LocalDate.now().minusDays(2).toString();

    private record Ran(int exit, String out) {}

    private static RunningHub hub;
    private static String plan;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.start();
        post("corporatie-demo", "fake-1", "nuisance.noise");
        post("corporatie-demo", "fake-2", "nuisance.noise");
        await().atMost(SOON).untilAsserted(() -> assertThat(items()).hasSize(2));
        plan = items().get(0).get("planId").asText();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void the_plans_that_other_rules_would_have_moved_are_told_and_nothing_changes() throws Exception {
        Path other = other("two-signals.yaml", "signals30 >= 2");

        Ran first = tried(other);
        Ran again = tried(other);

        assertThat(first.exit()).as(first.out()).isZero();
        // municipality, police, welfare and community work know of both
        assertThat(first.out()).contains("more: 4", "less: 0", "same: 0");
        List<String> moves =
                first.out().lines().filter(line -> line.contains("level 1")).toList();
        assertThat(moves)
                .hasSize(4)
                .as("the plan goes by the hub's own id here")
                .noneMatch(line -> line.contains(plan))
                .allMatch(line -> line.contains("level 1") && line.contains("two-disciplines"))
                .anyMatch(line -> line.contains("vb-noord.municipality"));
        assertThat(again.out()).isEqualTo(first.out());
        assertThat(items()).hasSize(2);
    }

    @Test
    void the_same_rules_would_have_changed_nothing() throws Exception {
        Ran ran = tried(other("same.yaml", IN_FORCE));

        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.out()).contains("more: 0", "less: 0");
    }

    @Test
    void a_broken_file_is_told_by_line_and_not_tried() throws Exception {
        Ran ran = tried(other("broken.yaml", "shoeSize >= 42"));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .containsPattern("broken.yaml:\\d+: 'when' is no expression")
                .doesNotContain("more:");
    }

    @Test
    void without_data_there_is_nothing_to_read() throws Exception {
        Path empty = Files.createDirectories(hub.place.resolve("no-data"));

        Ran ran = tried(other("same-2.yaml", IN_FORCE), empty);

        assertThat(ran.exit()).as(ran.out()).isEqualTo(2);
    }

    @Test
    void a_decision_made_again_on_what_was_known_then_is_the_same() throws Exception {
        String signal = items().get(0).get("signalId").asText();
        String release = hub.json(hub.get(hub.user("medewerker-demo"), "/v1/signals/" + signal))
                .get("releaseId")
                .asText();

        Ran ran = run(hub.process.data(), "replay-decision", release);
        Ran unknown = run(hub.process.data(), "replay-decision", "00000000-0000-7000-8000-000000000000");

        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.out()).contains("to vb-noord.municipality").endsWith("the same\n");
        assertThat(unknown.exit()).isNotZero();
        assertThat(unknown.out()).doesNotContain("the same");
    }

    @Test
    void another_agreement_is_held_against_every_decision_and_nothing_changes() throws Exception {
        String text = Files.readString(hub.config().resolve("sharing-agreement.yaml"));
        Path same = Files.writeString(hub.place.resolve("agreement-same.yaml"), text);
        String rule = "  - id: row-2\n";
        assertThat(text).contains(rule);
        int from = text.indexOf(rule);
        int until = text.indexOf("\n  - id: ", from + rule.length()) + 1;
        Path less = Files.writeString(
                hub.place.resolve("agreement-less.yaml"), text.substring(0, from) + text.substring(until));

        Ran nothing = run(hub.process.data(), "what-if", "--agreement", same.toString(), "--since", SINCE);
        Ran ran = run(hub.process.data(), "what-if", "--agreement", less.toString(), "--since", SINCE);

        assertThat(nothing.exit()).as(nothing.out()).isZero();
        assertThat(nothing.out()).contains("more: 0", "less: 0").doesNotContain("same: 0");
        assertThat(ran.exit()).as(ran.out()).isZero();
        // the municipality would have known of neither
        assertThat(ran.out()).contains("more: 0", "less: 2", "row-2 SUMMARY -> row-24 NONE");
        assertThat(items()).hasSize(2);
    }

    @Test
    void an_agreement_with_faults_is_told_by_line_and_not_tried() throws Exception {
        Path broken = Files.writeString(hub.place.resolve("agreement-broken.yaml"), "version: 3\n");

        Ran ran = run(hub.process.data(), "what-if", "--agreement", broken.toString(), "--since", SINCE);

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("agreement-broken.yaml").doesNotContain("more:");
    }

    /** The rules in force with another expression in place of one of theirs. */
    private static Path other(String name, String when) throws IOException {
        String text = Files.readString(hub.config().resolve("escalation.yaml"));
        assertThat(text).contains('"' + IN_FORCE + '"');
        return Files.writeString(hub.place.resolve(name), text.replace('"' + IN_FORCE + '"', "'" + when + "'"));
    }

    private static Ran tried(Path rules) throws Exception {
        return tried(rules, hub.process.data());
    }

    private static Ran tried(Path rules, Path data) throws Exception {
        return run(data, "try-escalation", "--rules", rules.toString(), "--since", SINCE);
    }

    private static Ran run(Path data, String... asked) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "nl.wijkhub.lab.LabMain"));
        command.addAll(List.of(asked));
        command.addAll(
                List.of("--data", data.toString(), "--config", hub.config().toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(hub.place.resolve("asked.log").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out);
    }

    private static void post(String partner, String reference, String category) throws Exception {
        String at = Instant.now().minusSeconds(3600).toString();
        assertThat(hub.post(partner, "/v1/signals", """
                        {"reference":"%s","occurredAt":"%s","reportedAt":"%s","category":"%s","severity":"low",
                         "subject":{"household":{"address":{"postalCode":"9990AB","houseNumber":77}}}}
                        """.formatted(reference, at, at, category))
                        .statusCode())
                .isEqualTo(202);
    }

    private static List<JsonNode> items() throws Exception {
        List<JsonNode> items = new ArrayList<>();
        hub.json(hub.get(hub.user("medewerker-demo"), "/v1/teams/vb-noord/queue-items"))
                .get("items")
                .forEach(items::add);
        return items;
    }
}
