package nl.wijkhub.team;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.sharing.Recipient;

/** Table {@code seat}: which organisation sits at a seat, from the first start that knew it on. */
public final class SeatStore {
    private static final String SETTLE = """
            insert into seat (team_id, name, partner_id)
            select * from unnest(:teams::text[], :names::text[], :partners::text[])
            on conflict (team_id, name) do nothing
            """;
    private static final String TAKEN = """
            select s.team_id, s.name, s.partner_id from seat s
            join unnest(:teams::text[], :names::text[], :partners::text[]) as n(team_id, name, partner_id)
                using (team_id, name)
            where s.partner_id <> n.partner_id order by s.team_id, s.name
            """;

    private static final String PARTNER = "select partner_id from seat where team_id = :team and name = :name";

    private final Database database;

    public SeatStore(Database database) {
        this.database = database;
    }

    /**
     * Settles the seats that are new. Rejects, and settles none, when another organisation sat at one before.
     *
     * @throws IllegalStateException that names each of those
     */
    public void settle(Collection<Seat> seats) {
        database.inTransaction(() -> database.with(h -> {
            String[] teams = column(seats, seat -> seat.recipient().teamId());
            String[] names = column(seats, seat -> seat.recipient().seatName());
            String[] partners = column(seats, Seat::partner);
            h.createUpdate(SETTLE)
                    .bind("teams", teams)
                    .bind("names", names)
                    .bind("partners", partners)
                    .execute();
            List<String> others = h.createQuery(TAKEN)
                    .bind("teams", teams)
                    .bind("names", names)
                    .bind("partners", partners)
                    .map((rs, c) -> "the seat " + rs.getString("name") + " of team '" + rs.getString("team_id")
                            + "' is '" + rs.getString("partner_id") + "'")
                    .list();
            if (!others.isEmpty()) {
                throw new IllegalStateException(
                        "another organisation sits in " + Teams.FILE + " where one sat before: "
                                + String.join("; ", others)
                                + ". List the one of before first, without users to end its seat (docs/operating.md, \"Seats\")");
            }
            return null;
        }));
    }

    /** Who sat there, also once the seat left the configuration; empty for a seat that was never settled. */
    public Optional<String> partnerOf(Recipient seat) {
        return database.with(h -> h.createQuery(PARTNER)
                .bind("team", seat.teamId())
                .bind("name", seat.seatName())
                .mapTo(String.class)
                .findOne());
    }

    private static String[] column(Collection<Seat> seats, Function<Seat, String> part) {
        return seats.stream().map(part).toArray(String[]::new);
    }
}
