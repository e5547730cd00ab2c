package nl.wijkhub.casework;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Database;
import nl.wijkhub.kernel.Identifier;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.sharing.Recipient;
import nl.wijkhub.team.Seat;
import nl.wijkhub.team.Teams;

/**
 * A lead asks another seat of its team for attention, for a reason from a list: without words of its own, and about no
 * household. The leads of that seat see it until one of them says that it is done; where a seat has no lead, whoever sits
 * there does.
 */
public final class AskedAttention {
    private static final int MOST = 200;

    /** Why one seat asks another for attention. */
    public enum Reason implements Coded {
        WAITS_LONG,
        NOBODY_ANSWERS,
        CALL_ME
    }

    /**
     * A question to a seat.
     *
     * @param reason a code of {@link Reason}
     * @param by the seat that asks
     */
    public record Asked(UUID id, String reason, Recipient by, Instant askedAt) {}

    /** @param isNew it did not stand yet */
    public record Standing(UUID id, boolean isNew) {}

    private final Database database;
    private final AskedStore store;
    private final Teams teams;
    private final Clock clock;

    public AskedAttention(Database database, AskedStore store, Teams teams, Clock clock) {
        this.database = database;
        this.store = store;
        this.teams = teams;
        this.clock = clock;
    }

    /**
     * Asks once: while it stands, the same question is the one there was. Rejects: who is no lead of the asking seat, and a
     * seat that is not in its team or is its own.
     *
     * @param by the seat of the user
     */
    public Standing ask(Recipient by, String user, Recipient seat, Reason reason) {
        if (!teams.leads(user, by)) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        if (seat.equals(by)
                || !seat.teamId().equals(by.teamId())
                || teams.seat(seat).isEmpty()) {
            throw new Rejected(Problem.NOT_FOUND);
        }
        return database.inTransaction(() -> {
            UUID id = Identifier.next();
            Instant now = clock.instant();
            // who says that it is done in between makes room for a new one
            while (!store.insert(id, by, seat, reason, user, now)) {
                UUID standing = store.standing(by, seat, reason).orElse(null);
                if (standing != null) {
                    return new Standing(standing, false);
                }
            }
            return new Standing(id, true);
        });
    }

    /** The questions to a seat that are not done yet, the oldest first. Rejects: who does not answer for it. */
    public List<Asked> of(Recipient seat, String user) {
        if (!answers(seat, user)) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        return store.of(seat, MOST);
    }

    /** Rejects: who does not answer for the seat, and what it was not asked. */
    public void done(UUID id, Recipient seat, String user) {
        if (!answers(seat, user)) {
            throw new Rejected(Problem.NOT_ALLOWED);
        }
        if (!store.done(id, seat, user, clock.instant())) {
            throw new Rejected(Problem.NOT_FOUND);
        }
    }

    /** Whether this user says what becomes of it. */
    public boolean answers(Recipient seat, String user) {
        return teams.seat(seat)
                .filter(one -> one.leads().isEmpty()
                        ? one.user(user).isPresent()
                        : one.leads().contains(user))
                .isPresent();
    }

    /**
     * The seat of an organisation in a team. Rejects: one that is not there.
     *
     * @param discipline as the table or as an address of the broker writes it
     */
    public Recipient seat(String team, String discipline, String partner) {
        String name = discipline.toUpperCase(Locale.ROOT).replace('-', '_');
        return teams.find(team).stream()
                .flatMap(one -> one.seats().stream())
                .filter(seat ->
                        seat.discipline().name().equals(name) && seat.partner().equals(partner))
                .map(Seat::recipient)
                .findFirst()
                .orElseThrow(() -> new Rejected(Problem.NOT_FOUND));
    }
}
