package nl.wijkhub.signal;

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

/** How large the register of a corporation may be, as partners.yaml declares it. */
class PartnerDwellingsTest {
    @TempDir
    private Path folder;

    private final List<ConfigFault> faults = new ArrayList<>();

    @Test
    void a_corporation_declares_how_many_units_it_registers_and_where() throws IOException {
        Partners partners = read("HOUSING", "doors: [signals, housing], areas: [WK999901], dwellings: 12");

        assertThat(faults).isEmpty();
        assertThat(partners.get("fake-partner").dwellings()).isEqualTo(12);
        assertThat(partners.get("fake-partner").areas()).containsExactly("WK999901");
    }

    @Test
    void whoever_has_no_register_declares_nothing() throws IOException {
        Partners partners = read("HOUSING", "doors: [signals]");

        assertThat(faults).isEmpty();
        assertThat(partners.get("fake-partner").dwellings()).isZero();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "HOUSING, 'doors: [signals, housing], areas: [WK999901]', 'dwellings'' is missing'",
        "HOUSING, 'doors: [signals, housing], dwellings: 12', 'areas'' is missing'",
        "HOUSING, 'doors: [signals, housing], areas: [WK999901], dwellings: 0', a whole number from 1",
        "HOUSING, 'doors: [signals, housing], areas: [WK999901], dwellings: -5', a whole number from 1",
        "HOUSING, 'doors: [signals, housing], areas: [WK999901], dwellings: many', a whole number from 1",
        "HOUSING, 'doors: [signals, housing], areas: [WK999901], dwellings: 9999999999', a whole number from 1",
        "CARE, 'doors: [signals], dwellings: 5', for HOUSING alone",
    })
    void what_is_missing_or_no_number_is_told_with_file_and_line(String discipline, String more, String told)
            throws IOException {
        read(discipline, more);

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo("partners.yaml");
            assertThat(fault.line()).isEqualTo(2);
            assertThat(fault.toString()).contains(told);
        });
    }

    private Partners read(String discipline, String more) throws IOException {
        Files.writeString(folder.resolve(Partners.FILE), """
                partners:
                  - {id: fake-partner, name: "Fictief", discipline: %s, kvk: "99990009", ground: AVG-6-1-f, %s}
                """.formatted(discipline, more));
        return Partners.read(folder, SignalFixture.DOORS, faults);
    }
}
