package nl.wijkhub.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.signal.CodeFiles;
import nl.wijkhub.signal.PartnerDoor;
import nl.wijkhub.signal.PartnerDoors;
import nl.wijkhub.signal.SignalFixture;
import nl.wijkhub.signal.SignalReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFilesTest {
    private static final Path PARTNER = Path.of("src/test/resources/partner/attendance");

    private final List<ConfigFault> faults = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void a_door_is_what_its_route_file_says() {
        PartnerDoors doors = RouteFiles.read(PARTNER.resolve("routes"), faults).doors();

        PartnerDoor door = doors.ofSubject("attendance/absences").orElseThrow();
        assertThat(door.format()).isEqualTo("attendance-absences");
        assertThat(door.methods()).containsExactly("POST");
        assertThat(doors.names()).containsExactly("attendance");
        assertThat(doors.disciplineOf("attendance")).contains(Discipline.MUNICIPALITY);
        assertThat(faults).isEmpty();
    }

    @Test
    void the_door_for_the_shared_format_takes_what_its_reader_reads() {
        assertThat(SignalFixture.DOORS.ofFormat("signals").orElseThrow().mediaTypes())
                .isEqualTo(SignalReading.TAKEN);
    }

    @Test
    void only_a_door_with_a_fixed_path_below_v1_takes_messages() {
        assertThat(SignalFixture.DOORS.all().stream()
                        .filter(door -> door.subject().isEmpty())
                        .map(PartnerDoor::format))
                .containsExactlyInAnyOrder(
                        "housing-eenheid", "housing-eenheid-removed", "consent-create", "consent-update");
    }

    @Test
    void what_a_door_lacks_is_told_with_file_and_line() throws Exception {
        write("10-receive-fake.camel.yaml", """
                # fake
                - templatedRoute:
                    routeTemplateRef: partner-door
                    routeId: receive-fake
                    parameters:
                      - {name: path, value: /v1/partners/fake}
                      - {name: discipline, value: FAKE}
                """);

        RouteFiles.read(folder, faults);

        assertThat(faults)
                .extracting(ConfigFault::toString)
                .containsExactlyInAnyOrder(
                        "routes/10-receive-fake.camel.yaml:3: a partner-door needs the parameter 'format'",
                        "routes/10-receive-fake.camel.yaml:3: a partner-door needs the parameter 'door'",
                        "routes/10-receive-fake.camel.yaml:7: 'value' is 'FAKE', expected one of "
                                + List.of(Discipline.values()),
                        "routes/10-receive-fake.camel.yaml:3: a partner-door needs the parameter 'mediaTypes'");
    }

    @Test
    void a_file_that_is_no_yaml_is_told_and_the_others_are_read() throws Exception {
        write("10-a.camel.yaml", "- {");
        write("10-b.camel.yaml", Files.readString(PARTNER.resolve("routes/10-receive-attendance.camel.yaml")));

        assertThat(RouteFiles.read(folder, faults).doors().names()).containsExactly("attendance");
        assertThat(faults).extracting(ConfigFault::file).containsExactly("routes/10-a.camel.yaml");
    }

    @Test
    void codes_that_a_bean_reads_are_checked_with_file_and_line() throws Exception {
        write("vocabulary/attendance.yaml", """
                system: fake-attendance
                codes:
                  - {code: LUXE, category: fake.category}
                """);

        RouteFiles.read(PARTNER.resolve("routes"), faults)
                .checkCodes(new CodeFiles(folder, SignalFixture.VOCABULARY, faults));

        assertThat(faults)
                .extracting(ConfigFault::toString)
                .containsExactly("vocabulary/attendance.yaml:3: 'category' is 'fake.category', expected a category of"
                        + " the vocabulary");
    }

    @Test
    void a_bean_whose_class_is_not_there_is_told() throws Exception {
        write("10-receive-fake.camel.yaml", """
                - beans:
                    - name: fakeCodes
                      type: nl.wijkhub.partner.fake.FakeCodes
                      constructors: {0: "#bean:codeFiles"}
                """);

        RouteFiles.read(folder, faults).checkCodes(new CodeFiles(folder, SignalFixture.VOCABULARY, faults));

        assertThat(faults)
                .extracting(ConfigFault::toString)
                .containsExactly("routes/10-receive-fake.camel.yaml:2: there is no class"
                        + " nl.wijkhub.partner.fake.FakeCodes that reads codes by read");
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
