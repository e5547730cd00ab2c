package nl.wijkhub.team;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.sharing.Recipient;

/** Table {@code board_visit}: what changed in a queue since somebody last came to look. */
public final class VisitStore {
    /** Looks that are closer together are one visit. */
    private static final Duration PAUSE = Duration.ofMinutes(30);

    private static final int MOST = 1_000;
    private static final String VISIT = """
            insert into board_visit (user_id, team_id, last_at) values (:user, :team, :now)
            on conflict (user_id, team_id) do update set
                before_at = case when board_visit.last_at < :pause then board_visit.last_at else board_visit.before_at end,
                last_at = excluded.last_at
            returning before_at
            """;
    private static final String KNOWN = "select before_at from board_visit where user_id = :user and team_id = :team";
    private static final String CHANGED = """
            select count(*) filter (where q.created_at > :since and q.state in ('WAITING', 'RETURNED')) as came,
                count(*) filter (where q.taken_at > :since and q.taken_by <> :user) as taken
            from (select * from queue_item where team_id = :team and seat = :seat
                order by queue_item_id desc limit :limit) q
            where not exists (select 1 from recall w where w.release_id = q.release_id)
            """;

    /**
     * What changed among the newest thousand.
     *
     * @param since the visit before this one
     * @param came what came and waits
     * @param taken what somebody else took up
     */
    public record Changed(Instant since, long came, long taken) {}

    private final Database database;

    public VisitStore(Database database) {
        this.database = database;
    }

    /** Somebody looks now; empty when it is the first visit. */
    public Optional<Changed> visit(String user, Recipient pair, Instant now) {
        return database.with(h -> h.createQuery(VISIT)
                        .bind("user", user)
                        .bind("team", pair.teamId())
                        .bind("now", now.atOffset(ZoneOffset.UTC))
                        .bind("pause", now.minus(PAUSE).atOffset(ZoneOffset.UTC))
                        .map((rs, c) -> Optional.ofNullable(rs.getObject(1, OffsetDateTime.class)))
                        .one())
                .map(since -> changed(user, pair, since));
    }

    /** The same for a page that refreshes itself: no visit. */
    public Optional<Changed> known(String user, Recipient pair) {
        return database.with(h -> h.createQuery(KNOWN)
                        .bind("user", user)
                        .bind("team", pair.teamId())
                        .map((rs, c) -> Optional.ofNullable(rs.getObject(1, OffsetDateTime.class)))
                        .findOne()
                        .flatMap(before -> before))
                .map(since -> new Changed(since.toInstant(), 0, 0));
    }

    private Changed changed(String user, Recipient pair, OffsetDateTime since) {
        return database.with(h -> h.createQuery(CHANGED)
                .bind("user", user)
                .bind("team", pair.teamId())
                .bind("seat", pair.seatName())
                .bind("since", since)
                .bind("limit", MOST)
                .map((rs, c) -> new Changed(since.toInstant(), rs.getLong("came"), rs.getLong("taken")))
                .one());
    }
}
