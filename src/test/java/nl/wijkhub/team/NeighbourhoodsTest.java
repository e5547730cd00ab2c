package nl.wijkhub.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.kernel.ConfigFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighbourhoodsTest {
    @TempDir
    private Path folder;

    private final List<ConfigFault> faults = new ArrayList<>();
    private final Neighbourhoods shipped = Neighbourhoods.read(Path.of("config"), faults);

    @ParameterizedTest(name = "{0} counts in {1}")
    @CsvSource({
        "9990AA, BU99990101",
        "9990CZ, BU99990101",
        "9990DA, BU99990102",
        "9990ZZ, BU99990109",
        "9991AB, BU99990201",
        "9991ZZ, BU99990209",
        "9992AA, ",
        "1000AA, ",
    })
    void a_postal_code_counts_in_one_buurt(String postalCode, String buurt) {
        assertThat(shipped.buurtOf(postalCode).orElse(null)).isEqualTo(buurt);
        assertThat(faults).isEmpty();
    }

    @Test
    void a_code_holds_what_lies_below_it_and_an_unknown_one_nothing() {
        assertThat(shipped.in("BU99990101")).containsExactly("BU99990101");
        assertThat(shipped.in("WK999902")).hasSize(9).allMatch(buurt -> buurt.startsWith("BU999902"));
        assertThat(shipped.in("GM9999")).hasSize(18);
        assertThat(shipped.withParts("GM9999")).containsExactly("GM9999", "WK999901", "WK999902");
        assertThat(shipped.withParts("WK999901")).hasSize(10);
        assertThat(shipped.withParts("BU99990101")).containsExactly("BU99990101");
        for (String unknown : List.of("BU99990110", "WK999903", "GM8888", "BU9999", "WK99", "", "x", "BU99990101'")) {
            assertThat(shipped.in(unknown)).as(unknown).isEmpty();
        }
    }

    @Test
    void what_overlaps_is_no_buurt_or_is_misspelt_is_a_fault_with_its_line() throws IOException {
        Files.writeString(folder.resolve(Neighbourhoods.FILE), """
                neighbourhoods:
                  - {code: BU99990101, name: A, postalCodes: ["9990 AA-MM"]}
                  - {code: BU99990102, name: B, postalCodes: ["9990 MM-ZZ"]}
                  - {code: BU99990102, name: C, postalCodes: ["9991 AA"]}
                  - {code: WK999901, name: D, postalCodes: ["9992 AA"]}
                  - {code: BU99990103, name: E, postalCodes: ["99 AA"], streets: []}
                  - {code: BU99990104, name: F}
                """);

        Neighbourhoods.read(folder, faults);

        assertThat(faults.toString())
                .contains("9990MM-9990ZZ are drawn twice: also for BU99990101", "'BU99990102' stands twice")
                .contains("'code' is 'WK999901'", "an item of 'postalCodes' is not", "unknown key 'streets'")
                .contains("'postalCodes' is missing");
        assertThat(faults).allMatch(fault -> fault.line() > 0);
    }

    @Test
    void a_file_that_is_not_there_is_a_fault() {
        Neighbourhoods.read(folder, faults);

        assertThat(faults).extracting(ConfigFault::file).containsExactly(Neighbourhoods.FILE);
    }
}
