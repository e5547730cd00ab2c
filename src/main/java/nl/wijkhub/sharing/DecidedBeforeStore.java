package nl.wijkhub.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Json;

/**
 * Tables {@code release} and {@code decision_set}, read together; for releases of 0.1.0 {@code decision_log} with
 * {@code decision_facts}. Nothing is written.
 */
public final class DecidedBeforeStore {
    private static final String EACH = """
            select r.*, coalesce(s.facts, f.facts) as facts from decided_release r
            left join decision_set s
                on s.decision_set_id = r.decision_set_id and r.release_id = any(s.release_ids)
            left join decision_log l
                on r.decision_set_id is null and l.release_id = r.release_id and l.evaluation = 'release'
            left join decision_facts f on f.facts_id = l.facts_id
            where coalesce(s.facts, f.facts) is not null
            """;
    private static final String ONE = EACH + " and r.release_id = :id";
    private static final String SINCE = EACH + " and r.decided_at >= :since order by r.release_id";

    private final Database database;

    public DecidedBeforeStore(Database database) {
        this.database = database;
    }

    public Optional<DecidedBefore> one(UUID releaseId) {
        return database.with(h -> h.createQuery(ONE)
                .bind("id", releaseId)
                .map((rs, c) -> read(rs))
                .findOne());
    }

    /** One after another, in the order they were decided in; never all at once in memory. */
    public void since(Instant since, Consumer<DecidedBefore> each) {
        database.inTransaction(() -> database.with(h -> {
            try (var all = h
                    .createQuery(SINCE)
                    .bind("since", since.atOffset(ZoneOffset.UTC))
                    .setFetchSize(1000)
                    .map((rs, c) -> read(rs))
                    .stream()) {
                all.forEach(each);
            }
            return null;
        }));
    }

    private static DecidedBefore read(ResultSet rs) throws SQLException {
        return new DecidedBefore(
                rs.getObject("release_id", UUID.class),
                rs.getObject("signal_id", UUID.class),
                Recipient.at(rs.getString("team_id"), rs.getString("seat"))
                        .as(Recipient.RecipientKind.valueOf(rs.getString("kind"))),
                rs.getObject("decided_at", OffsetDateTime.class).toInstant(),
                Json.read(rs.getString("facts"), SharingFacts.class),
                Json.read(rs.getString("decision"), Decision.class));
    }
}
