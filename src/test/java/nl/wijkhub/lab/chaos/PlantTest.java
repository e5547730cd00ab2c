package nl.wijkhub.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.TypeConversionException;

/** A planted fault changes a copy of the routes, and has a step in which the hub can be made to stand. */
class PlantTest {
    private static final Path ROUTES = Path.of("routes");
    private static final String STAND = "method: stand}";

    @ParameterizedTest
    @EnumSource
    void every_fault_has_one_step_to_stand_in(Plant plant, @TempDir Path folder) throws Exception {
        plant.into(ROUTES, folder);

        assertThat(all(folder).split(STAND, -1)).hasSize(2);
        assertThat(all(ROUTES)).doesNotContain(STAND);
    }

    @Test
    void a_route_that_looks_otherwise_is_refused(@TempDir Path folder, @TempDir Path copy) throws Exception {
        Plant.copy(ROUTES, folder);
        Files.writeString(folder.resolve("30-household-match.camel.yaml"), "- route: {id: household-match}\n");

        assertThatThrownBy(() -> Plant.SEND_BEFORE_COMMIT.into(folder, copy)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void every_fault_is_known_by_its_name(Plant plant) {
        assertThat(new Plant.Named().convert(plant.code())).isEqualTo(plant);
    }

    @Test
    void an_unknown_name_is_refused() {
        assertThatThrownBy(() -> new Plant.Named().convert("send-twice"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("send-before-commit, forget-sweep, share-undecided");
    }

    @Test
    void whoever_comes_to_an_armed_step_stands_there_until_it_is_let_go(@TempDir Path folder) throws Exception {
        Aim aim = new Aim(folder);
        aim.arm();

        CompletableFuture<Void> standing = CompletableFuture.runAsync(() -> stand(aim));

        assertThat(aim.awaitStanding(1)).isTrue();
        assertThat(standing).isNotDone();
        aim.disarm();
        await().until(standing::isDone);
        assertThat(standing).isCompletedWithValue(null);
    }

    @Test
    void nobody_stands_in_a_step_that_is_not_armed(@TempDir Path folder) {
        assertThat(CompletableFuture.runAsync(() -> stand(new Aim(folder)))).succeedsWithin(Duration.ofSeconds(5));
    }

    private static void stand(Aim aim) {
        try {
            aim.stand();
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private static String all(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
