package nl.wijkhub.lab.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.app.broker.AcceptedQueue;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.lab.embedded.BrokerLogins;
import nl.wijkhub.lab.embedded.EmbeddedBroker;
import nl.wijkhub.lab.embedded.EmbeddedDatabase;
import nl.wijkhub.sharing.Recipient;

/** Opens the data folder of a stopped hub and reads what became of the signals. */
final class ChaosReading {
    private static final String TEAM_QUEUES = "team.";
    private static final int BROWSES = 3;

    private final Database database;
    private final BrokerConnection broker;

    private ChaosReading(Database database, BrokerConnection broker) {
        this.database = database;
        this.broker = broker;
    }

    /**
     * @param lastKill when the hub was back after the last kill
     */
    static ChaosRows of(Path data, Path config, Instant lastKill) {
        Path secrets = config.resolve("secrets");
        Vault vault = Vault.open(secrets);
        try (EmbeddedDatabase database = new EmbeddedDatabase(
                        data.resolve("database"), Files.readString(secrets.resolve("database-password")));
                EmbeddedBroker broker = new EmbeddedBroker(
                        0,
                        data.resolve("broker"),
                        0,
                        new BrokerLogins(vault, id -> false, id -> Optional.empty()),
                        Duration.ofDays(30))) {
            database.start();
            broker.start();
            try (BrokerConnection connection = new BrokerConnection(
                    broker.url(), BrokerLogins.HUB, BrokerLogins.passwordOf(vault, BrokerLogins.HUB))) {
                return new ChaosReading(new Database(database.dataSource()), connection).rows(lastKill);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the secrets of the hub cannot be read", e);
        }
    }

    private ChaosRows rows(Instant lastKill) {
        List<String> queues = broker.queues(TEAM_QUEUES);
        List<ChaosRows.Message> messages = new ArrayList<>();
        queues.forEach(queue -> {
            String address = broker.addressOf(queue);
            browsed(queue).forEach(body -> messages.add(message(address, body)));
        });
        return new ChaosRows(
                signals("select signal_id from signal"),
                signals("select signal_id from signal where worked_at is not null"),
                workedSince(lastKill),
                browsed(AcceptedQueue.ADDRESS).stream()
                        .map(id -> UUID.fromString(text(id)))
                        .collect(Collectors.toSet()),
                signals("select signal_id from release where signal_id is not null"),
                released(),
                messages,
                queues.stream().mapToLong(broker::depth).sum(),
                count("select count(*) from delivery where void_at is null"),
                count("select count(*) from (select household_id from plan where state = 'ACTIVE'"
                        + " group by 1 having count(*) > 1) x"));
    }

    /** A browse ends when nothing comes for a while, which on a busy machine may be too early. */
    private List<byte[]> browsed(String queue) {
        long depth = broker.depth(queue);
        List<byte[]> bodies = List.of();
        for (int i = 0; i < BROWSES && bodies.size() < depth; i++) {
            bodies = broker.browse(queue);
        }
        return bodies;
    }

    private static ChaosRows.Message message(String address, byte[] body) {
        JsonNode event = Json.read(text(body), JsonNode.class);
        String dataref = event.get("dataref").asText();
        UUID signal = UUID.fromString(dataref.substring(dataref.lastIndexOf('/') + 1));
        return new ChaosRows.Message(
                new ChaosRows.Due(address, signal), event.get("id").asText());
    }

    private Set<ChaosRows.Due> released() {
        return database.with(h -> new HashSet<>(h.createQuery("select signal_id, team_id, seat from release"
                        + " where signal_id is not null and kind = 'TEAM' and disclosure <> 'NONE'")
                .map((rs, c) -> new ChaosRows.Due(
                        Recipient.at(rs.getString("team_id"), rs.getString("seat"))
                                .queue(),
                        rs.getObject("signal_id", UUID.class)))
                .list()));
    }

    private int workedSince(Instant lastKill) {
        return database.with(h -> h.createQuery("select count(*) from signal where worked_at > :at")
                .bind("at", lastKill.atOffset(ZoneOffset.UTC))
                .mapTo(Integer.class)
                .one());
    }

    private long count(String sql) {
        return database.with(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    private Set<UUID> signals(String sql) {
        return database.with(
                h -> new HashSet<>(h.createQuery(sql).mapTo(UUID.class).list()));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
