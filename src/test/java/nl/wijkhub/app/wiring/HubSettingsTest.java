package nl.wijkhub.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.ConfigFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting that an environment variable fills, before and at the start. */
class HubSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void a_file_may_leave_out_whether_routes_are_counted_and_nothing_else() throws IOException {
        Files.writeString(folder.resolve(HubSettings.FILE), "");
        List<ConfigFault> faults = new ArrayList<>();

        HubSettings read = HubSettings.read(folder, Map.of(), Map.of(), faults);

        assertThat(faults).hasSize(HubSettings.KEYS.size() - 1);
        assertThat(read.isOn("hub.management.routes")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${NOT_SET}", "before ${NOT_SET} after", "${NOT_SET}${NOT_SET_EITHER}"})
    void whatever_key_asks_for_a_variable_it_is_no_fault_before_the_start_and_one_at_the_start(String value)
            throws IOException {
        Files.writeString(
                folder.resolve(HubSettings.FILE),
                HubSettings.KEYS.stream().map(key -> key + "=" + value + "\n").collect(Collectors.joining()));
        List<ConfigFault> faults = new ArrayList<>();
        List<HubSettings.Unset> unset = new ArrayList<>();

        HubSettings before = HubSettings.readBeforeStart(folder, Map.of(), faults, unset::add);

        assertThat(faults).isEmpty();
        assertThat(unset.stream().map(HubSettings.Unset::key).distinct()).isEqualTo(HubSettings.KEYS);
        assertThat(before.number("hub.http.port")).isPositive();
        assertThat(before.duration("hub.sweep.every")).isPositive();

        HubSettings.read(folder, Map.of(), Map.of(), faults);

        assertThat(faults).hasSameSizeAs(unset);
        assertThat(faults).allSatisfy(fault -> assertThat(fault.reason()).contains("needs the environment variable"));
    }
}
