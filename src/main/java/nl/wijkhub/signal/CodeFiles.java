package nl.wijkhub.signal;

import java.nio.file.Path;
import java.util.List;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.ConfigNode;

/**
 * What a partner's table of codes is read with.
 *
 * @param config the config folder; the tables stand in its folder {@code vocabulary}
 * @param vocabulary what the codes are mapped to
 * @param faults where every fault of a table is added
 */
public record CodeFiles(Path config, Vocabulary vocabulary, List<ConfigFault> faults) {

    /** @param file below the config folder */
    public ConfigNode file(String file) {
        return ConfigNode.read(config, file, faults);
    }
}
