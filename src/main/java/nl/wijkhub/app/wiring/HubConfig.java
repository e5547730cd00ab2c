package nl.wijkhub.app.wiring;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.wijkhub.escalation.EscalationRules;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.sharing.AgreementCheck;
import nl.wijkhub.sharing.SharingAgreement;
import nl.wijkhub.sharing.SharingPolicy;
import nl.wijkhub.signal.CodeFiles;
import nl.wijkhub.signal.PartnerDoors;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Neighbourhoods;
import nl.wijkhub.team.Team;
import nl.wijkhub.team.Teams;

/** Everything an operator may touch, read and checked as a whole. */
public record HubConfig(
        Path folder,
        HubSettings settings,
        Vocabulary vocabulary,
        Partners partners,
        Teams teams,
        Neighbourhoods neighbourhoods,
        SharingAgreement agreement,
        EscalationRules escalation,
        PartnerDoors doors) {

    /** What was read, and every fault in it. */
    public record Reading(HubConfig config, List<ConfigFault> faults) {}

    public static Reading read(
            Path folder, Map<String, String> environment, Map<String, String> overrides, Clock clock) {
        List<ConfigFault> faults = new ArrayList<>();
        return read(
                folder, HubSettings.read(folder, environment, overrides, faults), SharingPolicy.today(clock), faults);
    }

    /**
     * The same where the hub is not about to start: a variable that is not set is no fault.
     *
     * @param unset gets the name of each that a start will ask for
     */
    public static Reading readBeforeStart(
            Path folder, Map<String, String> environment, Set<String> unset, Clock clock) {
        List<ConfigFault> faults = new ArrayList<>();
        return read(
                folder,
                HubSettings.readBeforeStart(folder, environment, faults, one -> unset.add(one.variable())),
                SharingPolicy.today(clock),
                faults);
    }

    private static Reading read(Path folder, HubSettings settings, LocalDate today, List<ConfigFault> faults) {
        Vocabulary vocabulary = Vocabulary.read(folder, faults);
        RouteFiles routes = RouteFiles.read(Path.of(settings.text("hub.routes")), faults);
        Partners partners = Partners.read(folder, routes.doors(), faults);
        Neighbourhoods neighbourhoods = Neighbourhoods.read(folder, faults);
        Teams teams = Teams.read(folder, new Teams.Known(partners, neighbourhoods, vocabulary.codes()), faults);
        for (String partner : partners.ids()) {
            if (teams.member(partner).isPresent()) {
                faults.add(new ConfigFault(Partners.FILE, 0, "'" + partner + "' is also a user in " + Teams.FILE));
            }
        }
        for (Team team : teams.all()) {
            for (String consulted : team.consulted()) {
                if (partners.find(consulted)
                        .filter(partner -> partner.discipline() == Discipline.CARE)
                        .isEmpty()) {
                    faults.add(new ConfigFault(
                            Teams.FILE,
                            0,
                            "the team '" + team.id() + "' consults '" + consulted + "', which is no CARE partner in "
                                    + Partners.FILE));
                }
            }
        }
        SharingAgreement agreement = SharingAgreement.read(folder, vocabulary.codes(), faults);
        for (String team : agreement.teamsOfDecisions()) {
            if (teams.find(team).isEmpty()) {
                faults.add(
                        new ConfigFault(SharingAgreement.FILE, 0, "a decision names the unknown team '" + team + "'"));
            }
        }
        if (faults.stream().noneMatch(fault -> fault.file().equals(SharingAgreement.FILE))) {
            faults.addAll(AgreementCheck.of(agreement, vocabulary, Path.of(SharingAgreement.FILE), today)
                    .faults());
        }
        HubConfig config = new HubConfig(
                folder,
                settings,
                vocabulary,
                partners,
                teams,
                neighbourhoods,
                agreement,
                EscalationRules.read(folder, faults),
                routes.doors());
        routes.checkCodes(new CodeFiles(folder, vocabulary, faults));
        return new Reading(config, faults);
    }
}
