package nl.wijkhub.app.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.app.broker.BrokerLogins;
import nl.wijkhub.app.embedded.EmbeddedBroker;
import nl.wijkhub.app.embedded.EmbeddedDatabase;
import nl.wijkhub.kernel.DatabaseStore;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;

/**
 * Opens the data folder of a stopped hub and holds what was acknowledged against the database and the team queue.
 *
 * @param acknowledged signals a sender was told are stored
 * @param stored of these, in the database
 * @param worked of these, through every stage
 * @param queued distinct signals on {@code team.vb-noord.municipality}
 * @param messages messages there
 * @param findings everything that is wrong; empty when nothing is
 */
public record ChaosCount(int acknowledged, int stored, int worked, int queued, int messages, List<String> findings) {
    private static final String QUEUE = "team.vb-noord.municipality";

    public static ChaosCount of(Path data, Path config, Collection<String> acknowledgedIds) {
        Path secrets = config.resolve("secrets");
        Vault vault = Vault.open(secrets);
        try (EmbeddedDatabase database = new EmbeddedDatabase(
                        data.resolve("database"), Files.readString(secrets.resolve("database-password")));
                EmbeddedBroker broker = new EmbeddedBroker(
                        0,
                        data.resolve("broker"),
                        0,
                        new BrokerLogins(vault, id -> false, id -> false),
                        Duration.ofDays(30))) {
            database.start();
            broker.start();
            try (BrokerConnection connection = new BrokerConnection(
                    broker.url(), BrokerLogins.HUB, BrokerLogins.passwordOf(vault, BrokerLogins.HUB))) {
                return of(new DatabaseStore(database.dataSource()), connection, acknowledgedIds);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the secrets of the hub cannot be read", e);
        }
    }

    private static ChaosCount of(DatabaseStore database, BrokerConnection broker, Collection<String> ids) {
        Set<UUID> acknowledged = ids.stream().map(UUID::fromString).collect(Collectors.toSet());
        Set<UUID> stored = signals(database, "select signal_id from signal");
        Set<UUID> worked = signals(database, "select signal_id from signal where worked_at is not null");
        Set<UUID> decided = signals(
                database,
                "select signal_id from release where team_id = 'vb-noord' and discipline = 'MUNICIPALITY'"
                        + " and disclosure <> 'NONE'");
        Map<UUID, Integer> queued = new HashMap<>();
        Set<String> eventIds = new HashSet<>();
        List<String> findings = new ArrayList<>();
        int messages = 0;
        for (byte[] body : broker.browse(QUEUE)) {
            JsonNode event = json(body);
            messages++;
            if (!eventIds.add(event.get("id").asText())) {
                findings.add("one event stands on the queue twice");
            }
            String dataref = event.get("dataref").asText();
            queued.merge(UUID.fromString(dataref.substring(dataref.lastIndexOf('/') + 1)), 1, Integer::sum);
        }
        missing("acknowledged, not in the database", acknowledged, stored, findings);
        missing("in the database, never worked", stored, worked, findings);
        missing("released, not on the queue", decided, queued.keySet(), findings);
        missing("on the queue, not decided", queued.keySet(), decided, findings);
        long doubled = queued.values().stream().filter(count -> count > 1).count();
        if (doubled > 0) {
            findings.add(doubled + " signals stand on the queue more than once");
        }
        zero(
                database,
                "select count(*) from delivery where sent_at is null",
                "deliveries never marked as sent",
                findings);
        zero(
                database,
                "select count(*) from (select household_id from plan where state = 'ACTIVE' group by 1 having count(*) > 1) x",
                "households with two active plans",
                findings);
        return new ChaosCount(acknowledged.size(), stored.size(), worked.size(), queued.size(), messages, findings);
    }

    private static void missing(String what, Set<UUID> all, Set<UUID> among, List<String> findings) {
        long count = all.stream().filter(id -> !among.contains(id)).count();
        if (count > 0) {
            findings.add(count + " " + what);
        }
    }

    private static void zero(DatabaseStore database, String sql, String what, List<String> findings) {
        long count = database.with(h -> h.createQuery(sql).mapTo(Long.class).one());
        if (count > 0) {
            findings.add(count + " " + what);
        }
    }

    private static Set<UUID> signals(DatabaseStore database, String sql) {
        return database.with(
                h -> new HashSet<>(h.createQuery(sql).mapTo(UUID.class).list()));
    }

    private static JsonNode json(byte[] body) {
        return Json.read(new String(body, StandardCharsets.UTF_8), JsonNode.class);
    }

    @Override
    public String toString() {
        return "acknowledged %d = database %d = worked %d = on %s %d (messages %d)"
                .formatted(acknowledged, stored, worked, QUEUE, queued, messages);
    }
}
