package nl.wijkhub.plan;

import static nl.wijkhub.kernel.Database.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.kernel.Vault;
import nl.wijkhub.plan.AgendaPolicy.Raised;
import nl.wijkhub.plan.AgendaPolicy.Subject;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.sharing.Release;

/**
 * Tables {@code agenda_item}, {@code agenda_signal} and {@code agenda_signal_seen}. One open item per subject is an index.
 */
public final class AreaAgendaStore {
    // the update changes nothing and holds the item until the batch is committed: nobody closes it meanwhile. Subjects
    // are taken in order, so that two batches never wait for each other in a ring
    private static final String OPEN = """
            insert into agenda_item (agenda_item_id, area, place_key, place_sealed, category, state, opened_at)
            select i, a, p, s, c, 'RAISED', :at
            from unnest(:ids::uuid[], :areas::text[], :places::text[], :sealed::bytea[], :categories::text[])
                as n(i, a, p, s, c)
            order by a, p, c
            on conflict (area, place_key, category) where closed_at is null
                do update set opened_at = agenda_item.opened_at
            returning agenda_item_id, area, place_key, category
            """;
    private static final String LINK = """
            with given as (
                select * from unnest(:items::uuid[], :signals::uuid[], :teams::text[], :seats::text[],
                    :senders::text[], :impacts::int[], :known::boolean[], :since::timestamptz[])
                    as n(agenda_item_id, signal_id, team_id, seat, sender, impact, known_to_police, since_at)),
            linked as (
                insert into agenda_signal (agenda_item_id, signal_id)
                select distinct agenda_item_id, signal_id from given order by signal_id, agenda_item_id
                on conflict (signal_id, agenda_item_id) do nothing)
            insert into agenda_signal_seen (agenda_item_id, signal_id, team_id, seat, sender, impact,
                known_to_police, since_at)
            select * from given order by signal_id, agenda_item_id, team_id, seat
            on conflict (agenda_item_id, signal_id, team_id, seat, since_at) do nothing
            """;
    // locked in one order, whoever takes back
    private static final String TAKE_BACK = """
            delete from agenda_signal_seen v using (
                select s.agenda_item_id, s.signal_id, s.team_id, s.seat
                from agenda_signal a join agenda_signal_seen s using (agenda_item_id, signal_id)
                    join unnest(:signals::uuid[], :teams::text[], :seats::text[]) as n(signal, team, seat)
                        on a.signal_id = n.signal and s.team_id = n.team and s.seat = n.seat
                order by s.signal_id, s.agenda_item_id, s.team_id, s.seat, s.since_at for update of s) held
            where v.agenda_item_id = held.agenda_item_id and v.signal_id = held.signal_id
                and v.team_id = held.team_id and v.seat = held.seat
            """;
    private static final String RAISED = """
            with scope as (
                select agenda_item_id, linked_id from agenda_item where area like :below or area = any(:areas))
            select i.*, v.signal_id, v.team_id, v.seat, v.sender, v.impact, v.known_to_police, v.since_at
            from agenda_item i
            join agenda_signal_seen v using (agenda_item_id)
            where (i.agenda_item_id in (select agenda_item_id from scope)
                    or i.agenda_item_id in (select linked_id from scope where linked_id is not null)
                    or i.linked_id in (select agenda_item_id from scope))
                and (v.team_id, v.seat) in (
                    select t, d from unnest(:teams::text[], :seats::text[]) as n(t, d))
            order by i.opened_at, i.agenda_item_id, v.signal_id
            """;
    private static final String IS_SEEN = """
            select exists (
                select 1 from agenda_signal_seen v
                where v.agenda_item_id = :id
                    and (v.team_id, v.seat) in (
                        select t, d from unnest(:teams::text[], :seats::text[]) as n(t, d)))
            """;
    private static final String SIGNALS = """
            select distinct v.signal_id
            from agenda_item i join agenda_signal_seen v using (agenda_item_id)
            where (i.agenda_item_id = :id or i.linked_id = :id)
                and (v.team_id, v.seat) in (
                    select t, d from unnest(:teams::text[], :seats::text[]) as n(t, d))
            """;
    private static final String HELD = """
            select i.agenda_item_id, i.area, i.state, i.linked_id,
                exists (select 1 from agenda_item other where other.linked_id = i.agenda_item_id) as has_linked
            from agenda_item i where i.agenda_item_id = any(:ids)
            order by i.agenda_item_id for no key update of i
            """;
    private static final String MOVE = """
            update agenda_item set state = :state, closed_at = cast(:closed as timestamptz) where agenda_item_id = :id
            """;
    private static final String LINK_ITEM = """
            update agenda_item set linked_id = cast(:other as uuid), linked_at = cast(:at as timestamptz)
            where agenda_item_id = :id
            """;

    /** A signal of an item as one recipient may know it. */
    record Linked(UUID itemId, UUID signalId, AgendaSeen seen) {}

    /** An item as it stands, locked. */
    record Held(UUID id, String area, AgendaState state, UUID linkedId, boolean hasLinked) {}

    private final Database database;
    private final Vault vault;

    public AreaAgendaStore(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /**
     * The open item of each subject, opened where there is none. An item's id is random: one that tells its time would
     * tell a recipient that there was an item before the first signal it may see.
     *
     * @param places subject → the place in words; null for an area with a code
     */
    Map<Subject, UUID> open(Map<Subject, String> places, Instant at) {
        List<Subject> subjects = List.copyOf(places.keySet());
        List<UUID> ids = subjects.stream().map(subject -> UUID.randomUUID()).toList();
        byte[][] words = new byte[subjects.size()][];
        for (int i = 0; i < words.length; i++) {
            String place = places.get(subjects.get(i));
            words[i] = place == null ? null : vault.seal("agenda_item", "place_sealed", ids.get(i), place);
        }
        Map<Subject, UUID> open = new HashMap<>();
        database.with(h -> h.createQuery(OPEN)
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("areas", column(subjects, String[]::new, Subject::area))
                .bind("places", column(subjects, String[]::new, Subject::placeKey))
                .bind("sealed", words)
                .bind("categories", column(subjects, String[]::new, Subject::category))
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .map((rs, c) -> open.put(subject(rs), rs.getObject("agenda_item_id", UUID.class)))
                .list());
        return open;
    }

    void link(Collection<Linked> rows) {
        database.with(h -> h.createUpdate(LINK)
                .bind("items", column(rows, UUID[]::new, Linked::itemId))
                .bind("signals", column(rows, UUID[]::new, Linked::signalId))
                .bind(
                        "teams",
                        column(rows, String[]::new, row -> row.seen().by().teamId()))
                .bind(
                        "seats",
                        column(rows, String[]::new, row -> row.seen().by().seatName()))
                .bind(
                        "senders",
                        column(rows, String[]::new, row -> nameOf(row.seen().sender())))
                .bind("impacts", column(rows, Integer[]::new, row -> row.seen().impact()))
                .bind("known", column(rows, Boolean[]::new, row -> row.seen().knownToPolice()))
                .bind(
                        "since",
                        column(rows, String[]::new, row -> row.seen().since().toString()))
                .execute());
    }

    private static String nameOf(Discipline sender) {
        return sender == null ? null : sender.name();
    }

    /** What was taken back counts for nobody any more; the signal stays with its item. */
    void takeBack(Collection<Release> releases) {
        if (!releases.isEmpty()) {
            database.with(h -> h.createUpdate(TAKE_BACK)
                    .bind("signals", column(releases, UUID[]::new, Release::signalId))
                    .bind("teams", column(releases, String[]::new, one -> one.recipient()
                            .teamId()))
                    .bind("seats", column(releases, String[]::new, one -> one.recipient()
                            .seatName()))
                    .execute());
        }
    }

    /**
     * Every item of some areas of which these pairs may see a signal, and what they are linked to.
     *
     * @param begin how the codes of the buurten begin
     * @param teams whose places in words count too
     */
    List<Raised> raised(String begin, Set<String> teams, Collection<Recipient> pairs) {
        Map<UUID, Raised> raised = new LinkedHashMap<>();
        database.with(h -> h.createQuery(RAISED)
                .bind("below", begin + '%')
                .bind("areas", teams.toArray(String[]::new))
                .bind("teams", teamsOf(pairs))
                .bind("seats", seatsOf(pairs))
                .map((rs, c) -> {
                    UUID id = rs.getObject("agenda_item_id", UUID.class);
                    Raised one = raised.containsKey(id) ? raised.get(id) : raised(id, rs);
                    raised.put(id, one);
                    return one.seen()
                            .computeIfAbsent(rs.getObject("signal_id", UUID.class), signal -> new ArrayList<>())
                            .add(seen(rs));
                })
                .list());
        return List.copyOf(raised.values());
    }

    private Raised raised(UUID id, ResultSet rs) throws SQLException {
        byte[] place = rs.getBytes("place_sealed");
        OffsetDateTime linkedAt = rs.getObject("linked_at", OffsetDateTime.class);
        return new Raised(
                id,
                subject(rs),
                place == null ? null : vault.open("agenda_item", "place_sealed", id, place),
                rs.getObject("linked_id", UUID.class),
                linkedAt == null ? null : linkedAt.toInstant(),
                new LinkedHashMap<>());
    }

    private static AgendaSeen seen(ResultSet rs) throws SQLException {
        String sender = rs.getString("sender");
        return new AgendaSeen(
                Recipient.at(rs.getString("team_id"), rs.getString("seat")),
                sender == null ? null : Discipline.valueOf(sender),
                rs.getObject("impact", Integer.class),
                rs.getObject("known_to_police", Boolean.class),
                rs.getObject("since_at", OffsetDateTime.class).toInstant());
    }

    private static Subject subject(ResultSet rs) throws SQLException {
        return new Subject(rs.getString("area"), rs.getString("place_key"), rs.getString("category"));
    }

    boolean isSeen(UUID id, Collection<Recipient> pairs) {
        return database.with(h -> h.createQuery(IS_SEEN)
                .bind("id", id)
                .bind("teams", teamsOf(pairs))
                .bind("seats", seatsOf(pairs))
                .mapTo(Boolean.class)
                .one());
    }

    /** The signals of an item and of its duplicates that these pairs may know of. */
    List<UUID> signalsOf(UUID id, Collection<Recipient> pairs) {
        return database.with(h -> h.createQuery(SIGNALS)
                .bind("id", id)
                .bind("teams", teamsOf(pairs))
                .bind("seats", seatsOf(pairs))
                .mapTo(UUID.class)
                .list());
    }

    /** These items, locked in order until the transaction ends. */
    Map<UUID, Held> held(Collection<UUID> ids) {
        Map<UUID, Held> held = new HashMap<>();
        database.with(h -> h.createQuery(HELD)
                .bind("ids", ids.toArray(UUID[]::new))
                .map((rs, c) -> held.put(
                        rs.getObject("agenda_item_id", UUID.class),
                        new Held(
                                rs.getObject("agenda_item_id", UUID.class),
                                rs.getString("area"),
                                AgendaState.valueOf(rs.getString("state")),
                                rs.getObject("linked_id", UUID.class),
                                rs.getBoolean("has_linked"))))
                .list());
        return held;
    }

    void move(UUID id, AgendaState to, Instant at) {
        database.with(h -> h.createUpdate(MOVE)
                .bind("id", id)
                .bind("state", to.name())
                .bind("closed", to.isOpen() ? null : at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /**
     * @param other null to undo it
     */
    void linkTo(UUID id, UUID other, Instant at) {
        database.with(h -> h.createUpdate(LINK_ITEM)
                .bind("id", id)
                .bind("other", other)
                .bind("at", other == null ? null : at.atOffset(ZoneOffset.UTC))
                .execute());
    }

    private static String[] teamsOf(Collection<Recipient> pairs) {
        return column(pairs, String[]::new, Recipient::teamId);
    }

    private static String[] seatsOf(Collection<Recipient> pairs) {
        return column(pairs, String[]::new, pair -> pair.seatName());
    }
}
