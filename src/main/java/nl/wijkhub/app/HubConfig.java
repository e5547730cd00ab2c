package nl.wijkhub.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.wijkhub.escalation.EscalationRules;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.partner.housing.VeraCodes;
import nl.wijkhub.sharing.SharingAgreement;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Teams;

/** Everything an operator may touch, read and checked as a whole. */
public record HubConfig(
        HubSettings settings,
        Vocabulary vocabulary,
        Partners partners,
        Teams teams,
        SharingAgreement agreement,
        EscalationRules escalation,
        VeraCodes veraCodes) {

    /** What was read, and every fault in it. */
    public record Reading(HubConfig config, List<ConfigFault> faults) {}

    public static Reading read(Path folder, Map<String, String> environment, Map<String, String> overrides) {
        List<ConfigFault> faults = new ArrayList<>();
        HubSettings settings = HubSettings.read(folder, environment, overrides, faults);
        Vocabulary vocabulary = Vocabulary.read(folder, faults);
        Partners partners = Partners.read(folder, faults);
        Teams teams = Teams.read(folder, faults);
        for (String partner : partners.ids()) {
            if (teams.member(partner).isPresent()) {
                faults.add(new ConfigFault(Partners.FILE, 0, "'" + partner + "' is also a user in " + Teams.FILE));
            }
        }
        HubConfig config = new HubConfig(
                settings,
                vocabulary,
                partners,
                teams,
                SharingAgreement.read(folder, vocabulary.codes(), faults),
                EscalationRules.read(folder, faults),
                VeraCodes.read(folder, vocabulary, faults));
        Path routes = Path.of(settings.text("hub.routes"));
        if (!Files.isDirectory(routes)) {
            faults.add(new ConfigFault(HubSettings.FILE, 0, "'hub.routes' is no folder"));
        }
        return new Reading(config, faults);
    }
}
