package nl.wijkhub.casework;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.wijkhub.casework.LeadTablePolicy.History;
import nl.wijkhub.casework.LeadTablePolicy.Item;
import nl.wijkhub.casework.LeadTablePolicy.Move;
import nl.wijkhub.casework.LeadTablePolicy.Place;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.team.Seat;
import nl.wijkhub.team.Team;

/** How the work at the seats of a team went; from {@code queue_item}, {@code escalation} and what was done with them. */
public final class LeadTableStore {
    // what was recalled is nobody's from then on, and was somebody's until then
    private static final String ITEMS = """
            select q.seat, q.created_at, q.due_at, w.recalled_at, m.kinds, m.times
            from queue_item q left join recall w on w.release_id = q.release_id
                left join lateral (select array_agg(s.kind order by s.happened_at, s.step_id) as kinds,
                    array_agg(s.happened_at order by s.happened_at, s.step_id) as times, max(s.happened_at) as last_at
                    from queue_item_step s where s.queue_item_id = q.queue_item_id) as m on true
            where q.team_id = :team and (q.created_at >= :since or q.state in ('WAITING', 'RETURNED', 'TAKEN_UP')
                or m.last_at >= :since or w.recalled_at >= :since)
            """;
    private static final String STEPS = """
            select e.seat, e.raised_at, e.due_at, m.kinds, m.times
            from escalation e
                left join lateral (select array_agg(v.kind order by v.happened_at, v.event_id) as kinds,
                    array_agg(v.happened_at order by v.happened_at, v.event_id) as times
                    from escalation_event v where v.escalation_id = e.escalation_id) as m on true
            where e.team_id = :team and (e.state in ('OPEN', 'MEDIATION', 'CONSULT', 'TAKEN') or e.ended_at >= :since)
            """;
    // whoever coordinates a plan finishes the items of other seats with it: that is no act of theirs
    private static final String ACTS = """
            select q.seat, max(s.happened_at) filter (where s.happened_at < :week) as before_week,
                max(s.happened_at) as last_at
            from queue_item q join queue_item_step s on s.queue_item_id = q.queue_item_id
            where q.team_id = :team and (s.kind in ('taken', 'returned') or (s.kind = 'done' and exists (
                select 1 from unnest(:seats::text[], :users::text[]) as u(seat, user_id)
                where u.seat = q.seat and u.user_id = s.user_id)))
            group by q.seat
            """;

    /** What a kind of step does to an item, or to a step up the ladder; any other does nothing. */
    private static final Map<String, Place> PLACES = Map.ofEntries(
            Map.entry("taken", Place.IN_HAND),
            Map.entry("returned", Place.WAITING),
            Map.entry("came-back", Place.WAITING),
            Map.entry("done", Place.GONE),
            Map.entry("handed-over", Place.GONE),
            Map.entry("left-behind", Place.GONE),
            Map.entry("opened", Place.WAITING),
            Map.entry("mediation-begun", Place.GONE),
            Map.entry("consult-begun", Place.GONE),
            Map.entry("declined", Place.GONE),
            Map.entry("closed", Place.GONE));

    private record OfSeat<T>(String seat, T value) {}

    private final Database database;

    public LeadTableStore(Database database) {
        this.database = database;
    }

    /**
     * What there is to know of each seat, by its name; a seat to which nothing ever came is left out.
     *
     * @param since what ended before is left out, as is what came before and ended
     * @param week of what was done the last before this, and the last
     */
    Map<String, History> of(Team team, Instant since, Instant week) {
        Map<String, History> seats = new HashMap<>();
        items(team.id(), since).forEach(one -> seat(seats, one.seat()).items().add(one.value()));
        steps(team.id(), since).forEach(one -> seat(seats, one.seat()).steps().add(one.value()));
        acts(team, week).forEach(one -> seat(seats, one.seat()).acts().addAll(one.value()));
        return seats;
    }

    private static History seat(Map<String, History> seats, String name) {
        return seats.computeIfAbsent(
                name, absent -> new History(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
    }

    private List<OfSeat<Item>> items(String team, Instant since) {
        return database.with(h -> h.createQuery(ITEMS)
                .bind("team", team)
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .map((rs, c) -> {
                    List<Move> moves = moves(rs);
                    Instant recalled = instant(rs, "recalled_at");
                    if (recalled != null) {
                        moves.add(new Move(Place.GONE, recalled));
                    }
                    return new OfSeat<>(
                            rs.getString("seat"), new Item(instant(rs, "created_at"), instant(rs, "due_at"), moves));
                })
                .list());
    }

    private List<OfSeat<Item>> steps(String team, Instant since) {
        return database.with(h -> h.createQuery(STEPS)
                .bind("team", team)
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .map((rs, c) -> new OfSeat<>(
                        rs.getString("seat"), new Item(instant(rs, "raised_at"), instant(rs, "due_at"), moves(rs))))
                .list());
    }

    private List<OfSeat<List<Instant>>> acts(Team team, Instant week) {
        List<String[]> users = team.seats().stream()
                .flatMap(seat -> seat.users().stream().map(Seat.SeatUser::user).map(user ->
                        new String[] {seat.recipient().seatName(), user}))
                .toList();
        return database.with(h -> h.createQuery(ACTS)
                .bind("team", team.id())
                .bind("week", week.atOffset(ZoneOffset.UTC))
                .bind("seats", users.stream().map(one -> one[0]).toArray(String[]::new))
                .bind("users", users.stream().map(one -> one[1]).toArray(String[]::new))
                .map((rs, c) -> {
                    List<Instant> acts = new ArrayList<>(List.of(instant(rs, "last_at")));
                    Instant before = instant(rs, "before_week");
                    if (before != null) {
                        acts.add(before);
                    }
                    return new OfSeat<>(rs.getString("seat"), acts);
                })
                .list());
    }

    private static List<Move> moves(ResultSet rs) throws SQLException {
        List<Move> moves = new ArrayList<>();
        Array kinds = rs.getArray("kinds");
        if (kinds == null) {
            return moves;
        }
        String[] kind = (String[]) kinds.getArray();
        Timestamp[] at = (Timestamp[]) rs.getArray("times").getArray();
        for (int i = 0; i < kind.length; i++) {
            Place place = PLACES.get(kind[i]);
            if (place != null) {
                moves.add(new Move(place, at[i].toInstant()));
            }
        }
        return moves;
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime at = rs.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
