package nl.wijkhub.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wijkhub.kernel.ConfigFault;

/** The settings of config/hub.properties. Every key is required; docs/operating.md explains each. */
public final class HubSettings {
    public static final String FILE = "hub.properties";
    private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{([A-Z_][A-Z0-9_]*)}");

    /** Every key there is. */
    public static final List<String> KEYS = List.of(
            "hub.http.host",
            "hub.http.port",
            "hub.http.max-body-bytes",
            "hub.http.max-bulk-bytes",
            "hub.http.public-url",
            "hub.http.client-address-header",
            "hub.management.host",
            "hub.management.port",
            "hub.management.routes",
            "hub.oin",
            "hub.routes",
            "hub.oidc.issuer",
            "hub.oidc.jwks-url",
            "hub.oidc.audience",
            "hub.oidc.user-claim",
            "hub.oidc.board-client-id",
            "hub.oidc.board-client-secret",
            "hub.database.url",
            "hub.database.user",
            "hub.database.password",
            "hub.database.connections",
            "hub.broker.url",
            "hub.broker.user",
            "hub.broker.password",
            "hub.broker.amqp-url",
            "hub.broker.unread-expiry",
            "hub.quarantine.max-bytes",
            "hub.quarantine.keep-for",
            "hub.batch.size",
            "hub.batch.consumers",
            "hub.work.attempts",
            "hub.work.first-pause",
            "hub.sweep.every",
            "hub.sweep.first-after",
            "hub.pressure.oldest-waiting",
            "hub.ready.oldest-waiting",
            "hub.attention.every",
            "hub.attention.unclaimed-after",
            "hub.attention.silent-after",
            "hub.attention.quiet-after",
            "hub.stuck.after",
            "hub.subscriber.every",
            "hub.subscriber.timeout",
            "hub.subscriber.first-pause",
            "hub.subscriber.longest-pause",
            "hub.subscriber.give-up-after",
            "hub.subscriber.rate",
            "hub.subscriber.allowed-addresses",
            "hub.subscriber.certificate",
            "hub.subscriber.certificate-key",
            "hub.subscriber.trust",
            "hub.consult.term",
            "hub.receipt.valid-for",
            "hub.receipt.at-once",
            "hub.audit.otlp-endpoint",
            "hub.audit.otlp-token");

    /** What a file may leave out, and what it says then. */
    private static final Map<String, String> DEFAULTS = Map.of("hub.management.routes", "off");

    private static final Set<String> NUMBERS = Set.of(
            "hub.http.port",
            "hub.http.max-body-bytes",
            "hub.http.max-bulk-bytes",
            "hub.management.port",
            "hub.database.connections",
            "hub.quarantine.max-bytes",
            "hub.batch.size",
            "hub.batch.consumers",
            "hub.work.attempts",
            "hub.subscriber.rate",
            "hub.receipt.at-once");
    private static final Set<String> DURATIONS = Set.of(
            "hub.quarantine.keep-for",
            "hub.broker.unread-expiry",
            "hub.work.first-pause",
            "hub.sweep.every",
            "hub.sweep.first-after",
            "hub.pressure.oldest-waiting",
            "hub.ready.oldest-waiting",
            "hub.attention.every",
            "hub.attention.unclaimed-after",
            "hub.attention.silent-after",
            "hub.attention.quiet-after",
            "hub.stuck.after",
            "hub.subscriber.every",
            "hub.subscriber.timeout",
            "hub.subscriber.first-pause",
            "hub.subscriber.longest-pause",
            "hub.subscriber.give-up-after",
            "hub.consult.term",
            "hub.receipt.valid-for");

    /**
     * An environment variable that a setting asks for and nobody gave.
     *
     * @param line of the setting
     */
    record Unset(String key, int line, String variable) {}

    private final Map<String, String> values;

    private HubSettings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads the file below the config folder.
     *
     * @param environment where {@code ${NAME}} is looked up
     * @param overrides values that replace those of the file, e.g. of a command line
     */
    public static HubSettings read(
            Path config, Map<String, String> environment, Map<String, String> overrides, List<ConfigFault> faults) {
        return read(
                config,
                environment,
                overrides,
                faults,
                unset -> faults.add(new ConfigFault(
                        FILE,
                        unset.line(),
                        "'" + unset.key() + "' needs the environment variable " + unset.variable())));
    }

    /**
     * The same before the environment is there: what asks for a variable that is not set holds something of its form.
     *
     * @param unset gets each such variable
     */
    static HubSettings readBeforeStart(
            Path config, Map<String, String> environment, List<ConfigFault> faults, Consumer<Unset> unset) {
        return read(config, environment, Map.of(), faults, unset);
    }

    private static HubSettings read(
            Path config,
            Map<String, String> environment,
            Map<String, String> overrides,
            List<ConfigFault> faults,
            Consumer<Unset> unset) {
        Map<String, String> values = new HashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        try {
            List<String> text = Files.readAllLines(config.resolve(FILE));
            for (int i = 0; i < text.size(); i++) {
                String line = text.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    readLine(line, i + 1, values, lines, faults);
                }
            }
        } catch (IOException e) {
            faults.add(new ConfigFault(FILE, 0, "cannot be read"));
        }
        values.putAll(overrides);
        for (String key : KEYS) {
            check(key, lines.getOrDefault(key, 0), values, environment, faults, unset);
        }
        if (!values.get("hub.audit.otlp-token").equals("none")
                && values.get("hub.audit.otlp-endpoint").startsWith("http://")) {
            faults.add(new ConfigFault(
                    FILE,
                    lines.getOrDefault("hub.audit.otlp-endpoint", 0),
                    "'hub.audit.otlp-endpoint' must be https when a token goes with it"));
        }
        return new HubSettings(Map.copyOf(values));
    }

    private static void readLine(
            String line, int number, Map<String, String> values, Map<String, Integer> lines, List<ConfigFault> faults) {
        int equals = line.indexOf('=');
        String key = equals < 0 ? line : line.substring(0, equals).strip();
        if (equals < 0 || !KEYS.contains(key)) {
            faults.add(new ConfigFault(FILE, number, "unknown key '" + key + "'"));
        } else if (lines.put(key, number) != null) {
            faults.add(new ConfigFault(FILE, number, "'" + key + "' stands twice"));
        } else {
            values.put(key, line.substring(equals + 1).strip());
        }
    }

    private static void check(
            String key,
            int line,
            Map<String, String> values,
            Map<String, String> environment,
            List<ConfigFault> faults,
            Consumer<Unset> unset) {
        SettingForm form = formOf(key);
        String value = values.getOrDefault(key, DEFAULTS.get(key));
        if (value == null || value.isEmpty()) {
            faults.add(new ConfigFault(FILE, line, "'" + key + "' is missing"));
            values.put(key, form.standIn());
            return;
        }
        Optional<String> filled = filled(value, environment, variable -> unset.accept(new Unset(key, line, variable)));
        if (filled.isPresent() && !form.fits(filled.get())) {
            faults.add(new ConfigFault(FILE, line, "'" + key + "' " + form.reason()));
        }
        values.put(key, filled.filter(form::fits).orElse(form.standIn()));
    }

    /** The value with its variables filled in; empty when one of them is not set, for then nobody knows its form. */
    private static Optional<String> filled(String value, Map<String, String> environment, Consumer<String> unset) {
        Matcher matcher = ENVIRONMENT.matcher(value);
        StringBuilder filled = new StringBuilder();
        boolean whole = true;
        while (matcher.find()) {
            String found = environment.get(matcher.group(1));
            if (found == null || found.isBlank()) {
                unset.accept(matcher.group(1));
                whole = false;
            } else {
                matcher.appendReplacement(filled, Matcher.quoteReplacement(found));
            }
        }
        return whole ? Optional.of(matcher.appendTail(filled).toString()) : Optional.empty();
    }

    private static SettingForm formOf(String key) {
        if (NUMBERS.contains(key)) {
            return SettingForm.NUMBER;
        }
        if (DURATIONS.contains(key)) {
            return SettingForm.DURATION;
        }
        return switch (key) {
            case "hub.routes" -> SettingForm.FOLDER;
            case "hub.management.routes" -> SettingForm.SWITCH;
            case "hub.audit.otlp-endpoint" -> SettingForm.URL_OR_NONE;
            case "hub.broker.amqp-url" -> SettingForm.AMQP_URL;
            case "hub.subscriber.allowed-addresses" -> SettingForm.BLOCKS_OR_NONE;
            default -> SettingForm.TEXT;
        };
    }

    public String text(String key) {
        return values.get(known(key));
    }

    public int number(String key) {
        return Integer.parseInt(values.get(known(key)));
    }

    boolean isOn(String key) {
        return text(key).equals("on");
    }

    public Duration duration(String key) {
        return Duration.parse(values.get(known(key)));
    }

    /** Blocks of addresses; none for {@code none}. */
    public List<String> addresses(String key) {
        return SettingForm.ranges(text(key));
    }

    /** Empty for {@code none}. */
    public Optional<String> optional(String key) {
        return Optional.of(text(key)).filter(text -> !text.equals("none"));
    }

    private static String known(String key) {
        if (!KEYS.contains(key)) {
            throw new IllegalArgumentException("no such setting: " + key);
        }
        return key;
    }
}
