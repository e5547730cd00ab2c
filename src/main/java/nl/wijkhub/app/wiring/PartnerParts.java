package nl.wijkhub.app.wiring;

import java.util.ArrayList;
import java.util.function.BiConsumer;
import nl.wijkhub.app.door.StrictJson;
import nl.wijkhub.signal.CodeFiles;
import nl.wijkhub.team.PlaceAreas;

/**
 * What the hub lends to the folder of a partner: beans that its route file may give to its own classes, by name.
 * docs/partners/own-format.md tells what each is.
 */
public final class PartnerParts {
    private final Foundation foundation;
    private final SignalParts signal;
    private final HouseholdParts household;

    public PartnerParts(Foundation foundation, SignalParts signal, HouseholdParts household) {
        this.foundation = foundation;
        this.signal = signal;
        this.household = household;
    }

    public void bind(BiConsumer<String, Object> beans) {
        HubConfig config = foundation.config();
        // faults were told when the config was read
        beans.accept(RouteFiles.CODE_FILES, new CodeFiles(config.folder(), config.vocabulary(), new ArrayList<>()));
        beans.accept("vocabulary", config.vocabulary());
        beans.accept("partners", config.partners());
        beans.accept("clock", foundation.clock());
        beans.accept("database", foundation.database());
        beans.accept("vault", foundation.vault());
        beans.accept("areas", new PlaceAreas(config.neighbourhoods(), config.teams()));
        beans.accept("earlierSignals", signal.accept);
        beans.accept("units", household.units);
        beans.accept("strictJson", new StrictJson());
    }
}
