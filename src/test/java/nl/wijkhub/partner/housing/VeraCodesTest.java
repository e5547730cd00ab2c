package nl.wijkhub.partner.housing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.signal.CodeFiles;
import nl.wijkhub.signal.DataClass;
import nl.wijkhub.signal.SignalFixture;
import org.junit.jupiter.api.Test;

class VeraCodesTest {
    private static final Set<String> SOORTEN =
            Set.of("ZAAKTYPESOORT", "ZAAKTYPEDETAILSOORT", "SIGNALERINGSOORT", "SIGNALERINGDETAILSOORT");

    /** Ended, or complaints about the corporation's own organisation, financial disputes and the like: no signals. */
    private static final Set<String> LEFT_OUT = Set.of(
            "ZAAKTYPEDETAILSOORT|VUIL",
            "ZAAKTYPEDETAILSOORT|HUR",
            "ZAAKTYPEDETAILSOORT|KME",
            "ZAAKTYPEDETAILSOORT|KSA",
            "ZAAKTYPESOORT|ORG");

    private final List<ConfigFault> faults = new ArrayList<>();
    private final VeraCodes codes = VeraCodes.read(new CodeFiles(Path.of("config"), SignalFixture.VOCABULARY, faults));

    @Test
    void every_code_of_the_standard_is_mapped_or_left_out_by_name() throws IOException {
        String folder = System.getenv().getOrDefault("WIJKHUB_DATA", "../shared/data");
        Path file = Path.of(folder, "vera/Referentiedata.csv");
        assumeTrue(Files.exists(file), "the VERA reference data is not here");
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            List<String> standard = lines.map(line -> line.split(";", -1))
                    .filter(row -> SOORTEN.contains(row[0]))
                    .map(row -> row[0] + '|' + row[1])
                    .toList();
            List<String> known = new ArrayList<>(codes.keys());
            known.addAll(LEFT_OUT);
            assertThat(known).containsExactlyInAnyOrderElementsOf(standard);
        }
    }

    @Test
    void a_landlord_s_health_labels_are_health_data_whatever_they_are_mapped_to() {
        for (String key : List.of("ZAAKTYPEDETAILSOORT|PSY", "ZAAKTYPEDETAILSOORT|VER", "SIGNALERINGSOORT|ONB")) {
            String[] parts = key.split("\\|");
            assertThat(codes.find(parts[0], parts[1]).orElseThrow().extraClasses())
                    .contains(DataClass.H);
        }
    }

    @Test
    void the_same_code_means_another_thing_under_another_soort() {
        assertThat(codes.find("ZAAKTYPEDETAILSOORT", "VER").orElseThrow().category())
                .isEqualTo("care.addiction");
        assertThat(codes.find("SIGNALERINGDETAILSOORT", "VER").orElseThrow().category())
                .isEqualTo("housing.pollution");
    }
}
