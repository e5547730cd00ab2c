package nl.wijkhub.team;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.sharing.Recipient;

/** What came to a pair per week, and what became of it; from {@code queue_item} and {@code queue_item_step}. */
public final class TrendStore {
    private static final String WEEKS = """
            select cast(date_trunc('week', q.created_at at time zone 'Europe/Amsterdam') as date) as week,
                count(*) as came, count(taken.at) as taken,
                count(*) filter (where coalesce(taken.at,
                    case when q.state in ('WAITING', 'RETURNED') then cast(:now as timestamptz) end) > q.due_at) as late
            from queue_item q left join lateral (select min(s.happened_at) as at from queue_item_step s
                where s.queue_item_id = q.queue_item_id and s.kind = 'taken') as taken on true
            where q.team_id = :team and q.seat = :seat and q.created_at >= :since
                and not exists (select 1 from recall w where w.release_id = q.release_id)
            group by week order by week
            """;

    /**
     * What came in one week.
     *
     * @param monday with which it begins
     * @param taken of those, taken up since
     * @param late of those, taken up after their term or past it now
     */
    public record Week(LocalDate monday, long came, long taken, long late) {}

    private final Database database;

    public TrendStore(Database database) {
        this.database = database;
    }

    /** The oldest week first; a week in which nothing came is absent. */
    public List<Week> weeks(Recipient pair, Instant since, Instant now) {
        return database.with(h -> h.createQuery(WEEKS)
                .bind("team", pair.teamId())
                .bind("seat", pair.seatName())
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map((rs, c) -> new Week(
                        rs.getObject("week", LocalDate.class),
                        rs.getLong("came"),
                        rs.getLong("taken"),
                        rs.getLong("late")))
                .list());
    }
}
