package nl.wijkhub.casework;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import nl.wijkhub.sharing.SharingPolicy;

/**
 * What the lead of one seat may be told of how another seat does (docs/sharing.md, row 35).
 *
 * <p>Against whom: a lead who reads the table every day, knows these rules and when one signal was sent, and wants to know
 * whether it went to that seat. What comes and goes there besides is as unknown to such a reader as the secret is. What is
 * tried, and what stands in the way:
 * <ul>
 *   <li>watching a count the day after: what came in a week counts from the Monday after it, with all that came that week,
 *       and on that Monday every edge is drawn anew.
 *   <li>watching it for long: the edges of a count lie at one of {@value #PLACES} places, drawn per seat, week and count. One
 *       item more changes a band only where the count stands exactly at an edge: in a week that is one chance of that many at
 *       most, and which way a band moved says little where something else comes and goes.
 *   <li>watching whether there is a row: it takes {@value #ENOUGH} items in 30 days and a secret number on top, the same for a
 *       whole quarter. Only one of {@value #MORE} such numbers makes that one item the one that counts.
 *   <li>watching the oldest: in its place stands one further down, at a secret rank, in whole weeks up to the last Monday. One
 *       item that waits for ever tells nothing; as many as a band holds do.
 *   <li>watching the silence: told in whole weeks up to the last Monday. One item ends it only if nobody touched any other.
 *   <li>asking twice a day, or having something taken back: what is told is how it stood yesterday at 24:00, whatever
 *       happened since.
 * </ul>
 * So a guess is right less than 55 times of 100 at a seat where things come and go at random, quiet or busy: LeadTableAttackTest
 * plays it. Where nothing is random (all of a seat's other traffic known to the minute) the secret stands alone, and a guess is
 * right more often; no seat works like that.
 */
public final class LeadTablePolicy {
    /** Fewer items in 30 days are nobody's to tell of. Source: docs/sharing.md, row 35. */
    static final int ENOUGH = 10;

    /** What a secret may ask on top of that: 0 up to one less than this. */
    static final int MORE = 20;

    /** At how many places an edge may lie: from four below the one its band is named after to thirty-six above. */
    static final int PLACES = 41;

    /** The lowest of those places; any lower, and one item alone could be told from none. */
    static final int LOWEST = -4;

    private static final Duration LOOKED_AT = Duration.ofDays(30);
    private static final int[] EDGES = {5, 10, 20};
    private static final List<String> BANDS = List.of("0-4", "5-9", "10-19", "20+");

    /** What was done with an item, and where it stands since. */
    public enum Place {
        WAITING,
        IN_HAND,
        /** Done, or on its way to another team. */
        GONE
    }

    /** @param place where an item stands from then on */
    public record Move(Place place, Instant at) {}

    /**
     * An item in the queue of a seat, or a step up the ladder that it was told of.
     *
     * @param dueAt by when somebody takes it up
     * @param moves in the order in which they were made; it waits until the first
     */
    public record Item(Instant cameAt, Instant dueAt, List<Move> moves) {
        Place at(Instant moment) {
            Place place = Place.WAITING;
            for (Move move : moves) {
                if (move.at().isBefore(moment)) {
                    place = move.place();
                }
            }
            return place;
        }
    }

    /**
     * All there is to know of a seat.
     *
     * @param acts when somebody there took, returned or finished something
     */
    public record History(List<Item> items, List<Item> steps, List<Instant> acts) {
        static final History EMPTY = new History(List.of(), List.of(), List.of());
    }

    /** How a seat stands; weeks are null where nothing waits, or nobody ever did anything. */
    public record Standing(
            int waiting, int late, int takenUp, int unanswered, Integer oldestWeeks, Integer silentWeeks) {}

    /** What is told of a seat: all null where nothing may be told. */
    public record Figures(
            String waiting, String late, String takenUp, String unanswered, Integer oldestWeeks, Integer silentWeeks) {
        static final Figures NOTHING = new Figures(null, null, null, null, null, null);
    }

    /** A number of nobody's choice, for ever the same for the same name. */
    public interface Secret {
        /** 0 up to one less than the bound. */
        int below(int bound, String name);
    }

    private LeadTablePolicy() {}

    /** Until when the table of a day counts: the day before at 24:00. */
    public static Instant asOf(LocalDate day) {
        return day.atStartOfDay(SharingPolicy.CALENDAR).toInstant();
    }

    /** The Monday on which a day's edges were drawn. */
    static LocalDate week(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /**
     * What another seat's lead is told on a day.
     *
     * @param secret of the seat
     */
    public static Figures told(History seat, LocalDate day, Secret secret) {
        LocalDate monday = week(day);
        Instant week = asOf(monday);
        if (came(seat, week) < ENOUGH + secret.below(MORE, quarter(monday))) {
            return Figures.NOTHING;
        }
        String of = ' ' + monday.toString();
        int rank = EDGES[0] + LOWEST + secret.below(PLACES, "oldest" + of);
        Standing standing = standing(seat, asOf(day), week, rank);
        return new Figures(
                band(standing.waiting(), secret.below(PLACES, "waiting" + of)),
                band(standing.late(), secret.below(PLACES, "late" + of)),
                band(standing.takenUp(), secret.below(PLACES, "taken-up" + of)),
                band(standing.unanswered(), secret.below(PLACES, "unanswered" + of)),
                standing.oldestWeeks(),
                standing.silentWeeks());
    }

    /** What a seat's own lead sees of it now: exactly. */
    public static Figures live(History seat, Instant now) {
        Standing standing = standing(seat, now, now, 1);
        return new Figures(
                String.valueOf(standing.waiting()),
                String.valueOf(standing.late()),
                String.valueOf(standing.takenUp()),
                String.valueOf(standing.unanswered()),
                standing.oldestWeeks(),
                standing.silentWeeks());
    }

    /**
     * How a seat stood.
     *
     * @param week what came since then does not count, and the weeks of the oldest and of the silence are counted back from it
     * @param rank which is taken for the oldest: 1 for the oldest itself
     */
    static Standing standing(History seat, Instant at, Instant week, int rank) {
        List<Item> items = before(week, seat.items());
        return new Standing(
                count(items, item -> item.at(at) == Place.WAITING),
                count(
                        items,
                        item -> item.at(at) == Place.WAITING && item.dueAt().isBefore(at)),
                count(items, item -> item.at(at) == Place.IN_HAND),
                count(before(week, seat.steps()), step -> step.at(at) == Place.WAITING),
                items.stream()
                        .filter(item -> item.at(week) == Place.WAITING)
                        .map(Item::cameAt)
                        .sorted()
                        .skip(rank - 1L)
                        .findFirst()
                        .map(oldest -> weeks(oldest, week))
                        .orElse(null),
                seat.acts().stream()
                        .filter(act -> act.isBefore(week))
                        .max(Instant::compareTo)
                        .map(last -> weeks(last, week))
                        .orElse(null));
    }

    private static long came(History seat, Instant until) {
        return seat.items().stream()
                .filter(item -> item.cameAt().isBefore(until) && !item.cameAt().isBefore(until.minus(LOOKED_AT)))
                .count();
    }

    private static List<Item> before(Instant week, List<Item> all) {
        return all.stream().filter(item -> item.cameAt().isBefore(week)).toList();
    }

    private static int count(List<Item> all, Predicate<Item> which) {
        return (int) all.stream().filter(which).count();
    }

    private static int weeks(Instant from, Instant until) {
        return (int) (ChronoUnit.DAYS.between(from.atZone(SharingPolicy.CALENDAR), until.atZone(SharingPolicy.CALENDAR))
                / 7);
    }

    /** @param place moves all edges of a count alike */
    private static String band(int count, int place) {
        int shift = LOWEST + place;
        return BANDS.get(
                (int) Arrays.stream(EDGES).filter(edge -> count >= edge + shift).count());
    }

    private static String quarter(LocalDate monday) {
        return "rows " + monday.getYear() + "-Q" + monday.get(IsoFields.QUARTER_OF_YEAR);
    }
}
