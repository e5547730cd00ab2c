package nl.wijkhub.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.signal.OrganisationNumber.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers by which config/partners.yaml knows organisations. */
class PartnersTest {
    @TempDir
    private Path folder;

    private final List<ConfigFault> faults = new ArrayList<>();

    @Test
    void a_partner_is_found_by_any_of_its_numbers() throws IOException {
        Partners partners = read(
                "id: een-demo, kvk: \"99990001\", oin: \"00000009999999999011\", ura: \"99990001\", agbZ: \"99990003\"",
                "id: twee-demo, kvk: \"99990003\"");

        assertThat(faults).isEmpty();
        assertThat(partners.byIdentifier(Register.KVK, "99990001")).hasValue(partners.get("een-demo"));
        assertThat(partners.byIdentifier(Register.OIN, "00000009999999999011")).hasValue(partners.get("een-demo"));
        assertThat(partners.byIdentifier(Register.URA, "99990001")).hasValue(partners.get("een-demo"));
        assertThat(partners.byIdentifier(Register.AGB_Z, "99990003")).hasValue(partners.get("een-demo"));
        assertThat(partners.byIdentifier(Register.KVK, "99990003")).hasValue(partners.get("twee-demo"));
        assertThat(partners.byIdentifier(Register.URA, "99990003")).isEmpty();
    }

    @Test
    void two_partners_of_one_number_and_a_partner_without_one_are_faults_with_their_line() throws IOException {
        read(
                "id: een-demo, kvk: \"99990001\", ura: \"99990002\"",
                "id: twee-demo, kvk: \"99990001\"",
                "id: drie-demo, kvk: \"99990003\", ura: \"99990002\"",
                "id: vier-demo, ura: \"99990004\"");

        assertThat(faults)
                .extracting(fault -> fault.file() + ":" + fault.line() + " " + fault.reason())
                .containsExactly(
                        "partners.yaml:3 the kvk 99990001 is also that of 'een-demo'",
                        "partners.yaml:4 the ura 99990002 is also that of 'een-demo'",
                        "partners.yaml:5 'oin' or 'kvk' is needed");
    }

    @Test
    void a_number_of_another_length_is_a_fault() throws IOException {
        read("id: een-demo, kvk: \"9999\", oin: \"1\", ura: \"x\", agbZ: \"999900011\"");

        assertThat(faults)
                .extracting(ConfigFault::reason)
                .containsExactly(
                        "'oin' is '1', expected 20 digits",
                        "'kvk' is '9999', expected 8 digits",
                        "'ura' is 'x', expected 8 digits",
                        "'agbZ' is '999900011', expected 8 digits");
    }

    private Partners read(String... rows) throws IOException {
        StringBuilder text = new StringBuilder("partners:\n");
        for (String row : rows) {
            text.append("  - {").append(row).append(", name: Fictief, discipline: CARE, doors: [care]}\n");
        }
        Files.writeString(folder.resolve(Partners.FILE), text);
        return Partners.read(folder, SignalFixture.DOORS, faults);
    }
}
