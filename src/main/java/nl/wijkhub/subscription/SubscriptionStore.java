package nl.wijkhub.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.subscription.Subscription.Content;
import nl.wijkhub.subscription.Subscription.Credential;
import nl.wijkhub.subscription.Subscription.Protocol;
import nl.wijkhub.subscription.Subscription.Standing;
import nl.wijkhub.subscription.Subscription.Status;

/** Table {@code subscription}: who listens, to what and how. Its work is handed out by {@link SubscriptionLeaseStore}. */
public final class SubscriptionStore {
    private static final String INSERT = """
            insert into subscription (subscription_id, client_ref, built_in, types, areas, levels, protocol, sink_sealed,
                credential_sealed, address, payload, heartbeat_seconds, status, rate_per_minute, created_at, status_at, wake_at)
            values (:id, :client, :builtIn, :types, :areas, :levels, :protocol, :sink, :credential, :address, :payload,
                :heartbeat, :status, :rate, :at, :at, case when :status = 'PENDING' then cast(:at as timestamptz) end)
            on conflict (address) where built_in do update set types = excluded.types, areas = excluded.areas,
                client_ref = excluded.client_ref
            """;
    private static final String BY_ID = "select * from subscription where subscription_id = :id";
    private static final String HOLD = "select * from subscription where subscription_id = :id for update";
    private static final String OF_CLIENT =
            "select * from subscription where client_ref = :client and not built_in order by created_at, subscription_id";
    private static final String QUEUES = """
            select * from subscription
            where protocol = 'AMQP' and status = 'ACTIVE' and not built_in order by created_at, subscription_id
            """;
    private static final String COUNT = """
            select count(*) from subscription
            where client_ref = :client and not built_in and status in ('PENDING', 'ACTIVE')
            """;
    private static final String OWNER = "select client_ref from subscription where subscription_id = :id";
    private static final String SET_STATUS = """
            update subscription set status = :status, reason = :reason, status_at = :at,
                rate_per_minute = coalesce(:rate, rate_per_minute),
                wake_at = case when :status = 'ACTIVE' then cast(:at as timestamptz) end
            where subscription_id = :id
            """;
    private static final String NUMBER = """
            update subscription set last_sequence = last_sequence + 1 where subscription_id = :id returning last_sequence
            """;
    private static final String NUMBER_BACK = """
            update subscription set last_sequence = last_sequence - 1
            where subscription_id = :id and last_sequence = :number
            """;
    private static final String FOR_AREA = """
            select subscription_id from subscription s
            where s.status = 'ACTIVE' and :type = any(s.types)
                and (cardinality(s.levels) = 0 or :level = any(s.levels))
                and cardinality(cast(:buurten as text[])) > 0
                and not exists (
                    select 1 from unnest(cast(:buurten as text[])) as b
                    where not exists (select 1 from unnest(s.areas) as a where starts_with(b, 'BU' || substr(a, 3))))
            order by subscription_id
            """;
    private static final String FOR_CLIENTS = """
            select subscription_id from subscription s
            where s.status = 'ACTIVE' and :type = any(s.types) and s.client_ref = any(:clients)
                and (not s.built_in or not exists (
                    select 1 from subscription o
                    where o.client_ref = s.client_ref and not o.built_in and o.status = 'ACTIVE' and :type = any(o.types)))
            order by subscription_id
            """;

    private final Database database;
    private final Vault vault;

    public SubscriptionStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** Of one the hub makes for a queue of its own there is one per address. */
    void insert(Subscription s) {
        database.with(h -> h.createUpdate(INSERT)
                .bind("id", s.id())
                .bind("client", s.client())
                .bind("builtIn", s.builtIn())
                .bind("types", s.types().toArray(String[]::new))
                .bind("areas", s.areas().toArray(String[]::new))
                .bind("levels", s.levels().toArray(Integer[]::new))
                .bind("protocol", s.protocol().name())
                .bind(
                        "sink",
                        s.sink() == null
                                ? null
                                : seal("sink_sealed", s.id(), s.sink().toString()))
                .bind(
                        "credential",
                        s.credential() == null ? null : seal("credential_sealed", s.id(), written(s.credential())))
                .bind("address", s.address())
                .bind("payload", s.content() == null ? null : s.content().name())
                .bind("heartbeat", s.heartbeatSeconds())
                .bind("status", s.status().name())
                .bind("rate", s.ratePerMinute())
                .bind("at", at(s.createdAt()))
                .execute());
    }

    public Optional<Subscription> byId(UUID id) {
        return database.with(h ->
                h.createQuery(BY_ID).bind("id", id).map((rs, c) -> read(rs)).findOne());
    }

    /** The same, held until the transaction ends. */
    Optional<Subscription> hold(UUID id) {
        return database.with(
                h -> h.createQuery(HOLD).bind("id", id).map((rs, c) -> read(rs)).findOne());
    }

    public List<Subscription> of(String client) {
        return database.with(h -> h.createQuery(OF_CLIENT)
                .bind("client", client)
                .map((rs, c) -> read(rs))
                .list());
    }

    /** Those that are told on a queue of their own. */
    List<Subscription> queues() {
        return database.with(h -> h.createQuery(QUEUES).map((rs, c) -> read(rs)).list());
    }

    /** How many of a client stand or are asked for. */
    int count(String client) {
        return database.with(h ->
                h.createQuery(COUNT).bind("client", client).mapTo(Integer.class).one());
    }

    /** Whose a subscription is. */
    public Optional<String> owner(UUID id) {
        return database.with(
                h -> h.createQuery(OWNER).bind("id", id).mapTo(String.class).findOne());
    }

    /**
     * @param rate null to leave it as it is
     */
    void setStatus(UUID id, Status status, String reason, Integer rate, Instant now) {
        database.with(h -> h.createUpdate(SET_STATUS)
                .bind("id", id)
                .bind("status", status.name())
                .bind("reason", reason)
                .bind("rate", rate)
                .bind("at", at(now))
                .execute());
    }

    /** The next number of a subscription that is held. */
    long number(UUID id) {
        return database.with(
                h -> h.createQuery(NUMBER).bind("id", id).mapTo(Long.class).one());
    }

    /** Takes back the last number, of what nobody can have seen; false when later ones were given. */
    boolean takeBack(UUID id, long number) {
        return database.with(h -> h.createUpdate(NUMBER_BACK)
                        .bind("id", id)
                        .bind("number", number)
                        .execute())
                == 1;
    }

    /**
     * Who asked for this type here.
     *
     * @param buurten all the buurten it may lie in; a subscription that does not hold every one of them is not told
     */
    List<UUID> forArea(EventType type, int level, Collection<String> buurten) {
        return database.with(h -> h.createQuery(FOR_AREA)
                .bind("type", type.type())
                .bind("level", level)
                .bind("buurten", buurten.toArray(String[]::new))
                .mapTo(UUID.class)
                .list());
    }

    /** Where these clients want this type: where they asked for it, else the queue of the hub's own. */
    List<UUID> forClients(EventType type, Collection<String> clients) {
        return database.with(h -> h.createQuery(FOR_CLIENTS)
                .bind("type", type.type())
                .bind("clients", clients.toArray(String[]::new))
                .mapTo(UUID.class)
                .list());
    }

    private byte[] seal(String column, UUID row, String clear) {
        return vault.seal("subscription", column, row, clear);
    }

    private static String written(Credential credential) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("kind", credential.kind().name());
        if (credential.tokenUrl() != null) {
            json.put("tokenUrl", credential.tokenUrl().toString());
            json.put("clientId", credential.clientId());
            json.put("scope", credential.scope());
        }
        if (credential.clientSecret() != null) {
            json.put("clientSecret", credential.clientSecret());
        }
        return json.toString();
    }

    private static Credential credential(String written) {
        JsonNode json = Json.read(written, JsonNode.class);
        return new Credential(
                Credential.CredentialKind.valueOf(json.path("kind").asText()),
                json.hasNonNull("tokenUrl") ? URI.create(json.path("tokenUrl").asText()) : null,
                json.path("clientId").asText(null),
                json.path("clientSecret").asText(null),
                json.path("scope").asText(null));
    }

    private Subscription read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("subscription_id", UUID.class);
        byte[] sink = rs.getBytes("sink_sealed");
        byte[] credential = rs.getBytes("credential_sealed");
        String payload = rs.getString("payload");
        return Subscription.builder()
                .id(id)
                .client(rs.getString("client_ref"))
                .builtIn(rs.getBoolean("built_in"))
                .types(List.copyOf(SubscriptionStore.<String>list(rs, "types")))
                .areas(Set.copyOf(SubscriptionStore.<String>list(rs, "areas")))
                .levels(Set.copyOf(SubscriptionStore.<Integer>list(rs, "levels")))
                .protocol(Protocol.valueOf(rs.getString("protocol")))
                .sink(sink == null ? null : URI.create(vault.open("subscription", "sink_sealed", id, sink)))
                .credential(
                        credential == null
                                ? null
                                : credential(vault.open("subscription", "credential_sealed", id, credential)))
                .address(rs.getString("address"))
                .content(payload == null ? null : Content.valueOf(payload))
                .heartbeatSeconds(rs.getInt("heartbeat_seconds"))
                .ratePerMinute(rs.getInt("rate_per_minute"))
                .createdAt(instant(rs, "created_at"))
                .standing(new Standing(
                        Status.valueOf(rs.getString("status")),
                        rs.getString("reason"),
                        instant(rs, "status_at"),
                        rs.getLong("last_sequence"),
                        rs.getInt("failure_count"),
                        instant(rs, "failing_since"),
                        instant(rs, "last_attempt_at"),
                        instant(rs, "last_success_at")))
                .build();
    }

    @SuppressWarnings("unchecked")
    private static <T> Set<T> list(ResultSet rs, String column) throws SQLException {
        Array array = rs.getArray(column);
        return new LinkedHashSet<>(List.of((T[]) array.getArray()));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime at = rs.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
