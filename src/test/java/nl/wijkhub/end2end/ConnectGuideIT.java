package nl.wijkhub.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * docs/partners/connect.md as somebody follows it: every command as it stands, in one shell from top to bottom, and what it
 * prints against what the page says. Only where the hub is differs: its ports are in the environment.
 */
class ConnectGuideIT {
    private static final Path GUIDE = Path.of("docs/partners/connect.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```bash\\n(.*?)^```\\n```text\\n(.*?)^```$");
    private static final Pattern COMMANDS = Pattern.compile("(?m)^```bash$");
    private static final String DONE = "@@@ done @@@";
    private static final int PATIENCE_SECONDS = 90;

    private record Step(String section, String commands, String printed) {}

    private static RunningHub hub;
    private static Process shell;
    private static Writer in;
    private static BufferedReader out;

    @BeforeAll
    static void start() throws Exception {
        hub = RunningHub.shared();
        // where the page says to be: beside ./wijkhub and its config
        for (String part : List.of("wijkhub", "target")) {
            Files.createSymbolicLink(hub.place.resolve(part), Path.of(part).toAbsolutePath());
        }
        ProcessBuilder bash = new ProcessBuilder("bash").directory(hub.place.toFile());
        bash.redirectError(hub.place.resolve("shell.log").toFile());
        bash.environment().put("HUB", hub.process.url());
        bash.environment().put("ISSUER", hub.process.issuer());
        bash.environment().put("AMQP", "amqp://localhost:" + hub.process.amqpPort());
        shell = bash.start();
        in = shell.outputWriter(StandardCharsets.UTF_8);
        out = new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
    }

    @AfterAll
    static void stop() {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
    }

    @Test
    void every_command_says_what_it_prints_and_every_partner_of_the_demo_is_there() throws IOException {
        String guide = Files.readString(GUIDE);

        assertThat(steps()).hasSize((int) COMMANDS.matcher(guide).results().count());
        for (String partner : List.of(
                "corporatie-demo",
                "politie-demo",
                "welzijn-demo",
                "zorg-demo",
                "gemeente-demo",
                "openbare-ruimte-demo",
                "vb-noord.municipality")) {
            assertThat(guide).contains(partner);
        }
    }

    @TestFactory
    Stream<DynamicTest> the_page_works_as_it_stands() throws IOException {
        return steps().stream().map(step -> dynamicTest(step.section(), () -> follow(step)));
    }

    private static void follow(Step step) throws Exception {
        if (step.commands().contains("$PYTHON")) {
            assumeTrue(hasProton(), "python3-qpid-proton is not on this machine: what is sent by AMQP is not tried");
        }
        in.write(step.commands() + "\nprintf '\\n%s\\n' '" + DONE + "'\n");
        in.flush();
        String printed = CompletableFuture.supplyAsync(ConnectGuideIT::untilDone)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .strip();

        assertThat(printed)
                .as(step.commands() + "\n" + Files.readString(hub.place.resolve("shell.log")))
                .matches(Pattern.compile(asPattern(step.printed().strip()), Pattern.DOTALL));
    }

    private static String untilDone() {
        try {
            StringBuilder printed = new StringBuilder();
            for (String line = out.readLine(); !DONE.equals(line); line = out.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("the shell ended");
                }
                printed.append(line).append('\n');
            }
            return printed.toString();
        } catch (IOException e) {
            throw new IllegalStateException("the shell cannot be read", e);
        }
    }

    private static String asPattern(String printed) {
        List<String> parts = new ArrayList<>();
        for (String part : printed.split("…", -1)) {
            parts.add(Pattern.quote(part));
        }
        return String.join(".*", parts);
    }

    private static boolean hasProton() throws Exception {
        String python = System.getenv().getOrDefault("PYTHON", "/usr/bin/python3");
        return Files.isExecutable(Path.of(python))
                && new ProcessBuilder(python, "-c", "import proton").start().waitFor() == 0;
    }

    private static List<Step> steps() throws IOException {
        String guide = Files.readString(GUIDE);
        List<Step> steps = new ArrayList<>();
        for (MatchResult block : BLOCK.matcher(guide).results().toList()) {
            int heading = guide.lastIndexOf("\n## ", block.start()) + 4;
            steps.add(new Step(guide.substring(heading, guide.indexOf('\n', heading)), block.group(1), block.group(2)));
        }
        return steps;
    }
}
