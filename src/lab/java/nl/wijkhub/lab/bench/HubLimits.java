package nl.wijkhub.lab.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import nl.wijkhub.app.wiring.HubSettings;

/** What the bare pipeline takes over from the hub's settings, so that both have the same room. */
record HubLimits(int batchSize, int consumers, int connections) {
    static HubLimits of(Path config) throws IOException {
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(config.resolve(HubSettings.FILE))) {
            settings.load(file);
        }
        return new HubLimits(
                Integer.parseInt(settings.getProperty("hub.batch.size")),
                Integer.parseInt(settings.getProperty("hub.batch.consumers")),
                Integer.parseInt(settings.getProperty("hub.database.connections")));
    }
}
