package nl.wijkhub.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Vault;

/** Tables {@code objection}, {@code objection_subject} and {@code objection_person}. Its person is a keyed pseudonym. */
public final class ObjectionStore {
    private static final String INSERT = """
            insert into objection (objection_id, senders, reason_sealed, raised_by, raised_at, due_at)
            values (:id, :senders, :reason, :user, :at, :due)
            """;
    private static final String INSERT_SUBJECTS =
            "insert into objection_subject (objection_id, subject_key) select :id, k from unnest(:keys::bytea[]) as n(k)";
    private static final String INSERT_PERSONS =
            "insert into objection_person (objection_id, person_key) select :id, k from unnest(:keys::bytea[]) as n(k)";
    // one that was rejected stands no more
    private static final String STANDING = """
            select encode(s.subject_key, 'hex') as k, o.senders, o.outcome is not null as upheld
            from objection_subject s join objection o using (objection_id)
            where s.subject_key = any(:keys::bytea[]) and (o.outcome is null or o.outcome = 'UPHELD')
            """;
    private static final String COLUMNS = """
            select o.*,
                array(select encode(s.subject_key, 'hex') from objection_subject s
                    where s.objection_id = o.objection_id) as keys,
                array(select encode(p.person_key, 'hex') from objection_person p
                    where p.objection_id = o.objection_id) as persons
            from objection o
            """;
    private static final String BY_ID = COLUMNS + "where o.objection_id = :id for update of o";
    private static final String LATEST = COLUMNS + "order by o.outcome is not null, o.due_at limit :limit";
    private static final String OPEN = COLUMNS + """
            where o.outcome is null and exists (
                select 1 from objection_subject s
                where s.objection_id = o.objection_id and s.subject_key = any(:keys::bytea[]))
            order by o.raised_at limit 1
            """;
    private static final String DECIDE = """
            update objection set outcome = :outcome, weighing_sealed = :weighing, decided_by = :user, decided_at = :at
            where objection_id = :id and outcome is null
            """;

    /**
     * An objection as the privacy officer sees it.
     *
     * @param senders to the sharing of what these disciplines say
     * @param keys under which it is found for a person of a signal, as hex
     * @param personKeys under which the households of its person are found, as hex
     * @param outcome UPHELD or REJECTED; null while nobody weighed it
     */
    public record Objection(
            UUID id,
            Set<Discipline> senders,
            List<String> keys,
            List<String> personKeys,
            String reason,
            Instant raisedAt,
            Instant dueAt,
            String outcome) {}

    /** What an objection says now. */
    record Standing(Set<Discipline> senders, boolean upheld) {}

    private final Database database;
    private final Vault vault;

    public ObjectionStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    void raise(Objection objection, String user) {
        database.with(h -> {
            h.createUpdate(INSERT)
                    .bind("id", objection.id())
                    .bind(
                            "senders",
                            objection.senders().stream()
                                    .map(Discipline::name)
                                    .sorted()
                                    .toArray(String[]::new))
                    .bind("reason", vault.seal("objection", "reason_sealed", objection.id(), objection.reason()))
                    .bind("user", user)
                    .bind("at", objection.raisedAt().atOffset(ZoneOffset.UTC))
                    .bind("due", objection.dueAt().atOffset(ZoneOffset.UTC))
                    .execute();
            h.createUpdate(INSERT_SUBJECTS)
                    .bind("id", objection.id())
                    .bind("keys", bytes(objection.keys()))
                    .execute();
            return h.createUpdate(INSERT_PERSONS)
                    .bind("id", objection.id())
                    .bind("keys", bytes(objection.personKeys()))
                    .execute();
        });
    }

    /** What stands against sharing about these people, by their keys. */
    Map<String, List<Standing>> of(Collection<String> keys) {
        Map<String, List<Standing>> found = new HashMap<>();
        if (!keys.isEmpty()) {
            database.with(h -> h.createQuery(STANDING)
                    .bind("keys", bytes(keys))
                    .map((rs, c) -> found.computeIfAbsent(rs.getString("k"), k -> new ArrayList<>())
                            .add(new Standing(senders(rs), rs.getBoolean("upheld"))))
                    .list());
        }
        return found;
    }

    /** Held until the transaction ends. */
    Optional<Objection> byId(UUID id) {
        return database.with(h ->
                h.createQuery(BY_ID).bind("id", id).map((rs, c) -> read(rs)).findOne());
    }

    /** The one of this person that nobody has weighed. */
    Optional<Objection> open(Collection<String> keys) {
        return database.with(h -> h.createQuery(OPEN)
                .bind("keys", bytes(keys))
                .map((rs, c) -> read(rs))
                .findFirst());
    }

    /** Those nobody weighed first, soonest due first. */
    public List<Objection> latest(int limit) {
        return database.with(h -> h.createQuery(LATEST)
                .bind("limit", limit)
                .map((rs, c) -> read(rs))
                .list());
    }

    void decide(UUID id, String outcome, String weighing, String user, Instant at) {
        database.with(h -> h.createUpdate(DECIDE)
                .bind("id", id)
                .bind("outcome", outcome)
                .bind("weighing", vault.seal("objection", "weighing_sealed", id, weighing))
                .bind("user", user)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    private Objection read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("objection_id", UUID.class);
        return new Objection(
                id,
                senders(rs),
                List.of((String[]) rs.getArray("keys").getArray()),
                List.of((String[]) rs.getArray("persons").getArray()),
                vault.open("objection", "reason_sealed", id, rs.getBytes("reason_sealed")),
                rs.getObject("raised_at", OffsetDateTime.class).toInstant(),
                rs.getObject("due_at", OffsetDateTime.class).toInstant(),
                rs.getString("outcome"));
    }

    private static Set<Discipline> senders(ResultSet rs) throws SQLException {
        return Arrays.stream((String[]) rs.getArray("senders").getArray())
                .map(Discipline::valueOf)
                .collect(Collectors.toSet());
    }

    private static byte[][] bytes(Collection<String> keys) {
        return keys.stream().map(key -> HexFormat.of().parseHex(key)).toArray(byte[][]::new);
    }
}
