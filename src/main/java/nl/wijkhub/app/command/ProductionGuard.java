package nl.wijkhub.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.app.wiring.HubConfig;
import nl.wijkhub.app.wiring.HubSettings;
import nl.wijkhub.kernel.ConfigFault;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.sharing.SharingAgreement;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.team.Seat.SeatUser;
import nl.wijkhub.team.Teams;

/** What may stand in a demo and never in production. */
public final class ProductionGuard {
    /** The file that a demo leaves beside the keys it made. */
    public static final String DEMO_MARK = "demo-secrets";

    private static final String DEMO_OIN = "00000009999999999000";

    private ProductionGuard() {}

    static List<ConfigFault> faults(HubConfig config, Path secrets) {
        List<ConfigFault> faults = new ArrayList<>();
        HubSettings settings = config.settings();
        if (!Vault.standsIn(secrets)) {
            faults.add(new ConfigFault(
                    "secrets", 0, "the key files are missing (docs/operating.md says how to make them)"));
        }
        if (Files.exists(secrets.resolve(DEMO_MARK))) {
            faults.add(new ConfigFault("secrets", 0, "these are the keys of a demo"));
        }
        if (settings.text("hub.oin").equals(DEMO_OIN)) {
            faults.add(new ConfigFault(HubSettings.FILE, 0, "'hub.oin' is the demo's"));
        }
        if (!settings.text("hub.oin").matches("[0-9]{20}")) {
            faults.add(new ConfigFault(HubSettings.FILE, 0, "'hub.oin' must be 20 digits"));
        }
        if (config.agreement().policyVersion().contains("demo")) {
            faults.add(new ConfigFault(SharingAgreement.FILE, 0, "this is the agreement of the demo"));
        }
        for (String key : List.of("hub.oidc.issuer", "hub.oidc.jwks-url", "hub.http.public-url")) {
            if (!settings.text(key).startsWith("https://")) {
                faults.add(new ConfigFault(HubSettings.FILE, 0, "'" + key + "' must be https"));
            }
        }
        for (String key : List.of("hub.oidc.board-client-secret", "hub.database.password", "hub.broker.password")) {
            if (settings.text(key).length() < 12) {
                faults.add(new ConfigFault(HubSettings.FILE, 0, "'" + key + "' is too short to be a secret"));
            }
        }
        if (settings.text("hub.broker.url").startsWith("vm:")) {
            faults.add(new ConfigFault(HubSettings.FILE, 0, "'hub.broker.url' is the demo's broker"));
        }
        if (settings.duration("hub.subscriber.give-up-after").compareTo(Duration.ofDays(1)) < 0) {
            faults.add(new ConfigFault(HubSettings.FILE, 0, "'hub.subscriber.give-up-after' must be a day or more"));
        }
        if (settings.addresses("hub.subscriber.allowed-addresses").stream()
                .anyMatch(range -> range.startsWith("127.") || range.startsWith("::") || range.endsWith("/0"))) {
            faults.add(new ConfigFault(
                    HubSettings.FILE, 0, "'hub.subscriber.allowed-addresses' lets events go to this machine itself"));
        }
        config.partners().ids().stream()
                .filter(id -> id.endsWith("-demo"))
                .forEach(id -> faults.add(new ConfigFault(Partners.FILE, 0, "'" + id + "' is a demo partner")));
        config.teams().all().stream()
                .flatMap(team -> team.seats().stream())
                .flatMap(seat -> seat.users().stream())
                .map(SeatUser::user)
                .filter(user -> user.endsWith("-demo"))
                .distinct()
                .forEach(user -> faults.add(new ConfigFault(Teams.FILE, 0, "'" + user + "' is a demo user")));
        return faults;
    }
}
