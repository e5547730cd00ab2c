package nl.wijkhub.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.kernel.ConfigFault;

/** Escalation rules in a line each. */
final class EscalationFixture {
    private EscalationFixture() {}

    /**
     * @param lines as they stand under {@code rules}, without the dash
     */
    static EscalationRules rules(String... lines) {
        try {
            Path folder = Files.createTempDirectory("fake-rules");
            Files.writeString(
                    folder.resolve(EscalationRules.FILE),
                    "version: \"test\"\nrules:\n  - {" + String.join("}\n  - {", lines) + "}\n");
            List<ConfigFault> faults = new ArrayList<>();
            EscalationRules rules = EscalationRules.read(folder, faults);
            assertThat(faults).isEmpty();
            return rules;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
