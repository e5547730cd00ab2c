package nl.wijkhub.team;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.signal.PartnerDoors;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.SignalFixture;

/** The teams of a config folder, with the partners and neighbourhoods beside them. */
public final class TeamsFixture {
    private TeamsFixture() {}

    public static Teams read(Path config, List<ConfigFault> faults) {
        return Teams.read(config, known(config, faults), faults);
    }

    static Teams.Known known(Path config, List<ConfigFault> faults) {
        return new Teams.Known(
                Partners.read(config, new PartnerDoors(List.of()), faults),
                Neighbourhoods.read(config, faults),
                Set.copyOf(SignalFixture.VOCABULARY.codes()));
    }
}
