package nl.wijkhub.sharing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Discipline;

/**
 * Who might get something. A team is never a recipient: a seat in it is, the place of one organisation of one discipline.
 *
 * @param kind what the recipient is to the household
 * @param teamId e.g. {@code vb-noord}; null outside a team
 * @param discipline null where it does not matter, as for a dashboard
 * @param organisation the partner that sits there; null for the first seat of its discipline, which goes by the discipline
 *     alone, so that a seat that comes later renames nobody
 * @param act the Act a municipal recipient works under, as senders write it; null for none
 */
public record Recipient(RecipientKind kind, String teamId, Discipline discipline, String organisation, String act) {
    private static final char BETWEEN = '/';
    /** As {@link #name} writes it: what it is to the household, team, discipline, organisation. */
    private static final Pattern NAME =
            Pattern.compile("(?:([a-z-]+) \\()?([^.() ]+)\\.([a-z-]+)(?:\\.([^.() ]+))?\\)?");

    /** Source: docs/sharing.md, the table. */
    public enum RecipientKind implements Coded {
        TEAM,
        DASHBOARD,
        DEBT_HELP,
        MUNICIPAL_ACT,
        /** A discipline in a team, while somebody of it breaks the glass. */
        BREAK_GLASS,
        PLAN_PARTNER,
        /** Reads a narrative to say what classes of data are in it. */
        CLASSIFIER,
        SUBSCRIBER,
        CONSULTED,
        SENDER,
        FIELD_WORKER,
        VEILIG_THUIS,
        /** The second step of the ladder, where the municipality looks at several problems at once; no rule names it yet. */
        MULTI_PROBLEM_TABLE,
        /** The third step of the ladder: Zorg- en Veiligheidshuis. */
        SAFETY_HOUSE,
        /** The fourth step of the ladder; no rule names it yet. */
        MAYOR_AND_PROSECUTOR,
        /** The lead of a seat, as it looks at how the other seats of its team do. */
        TEAM_LEAD
    }

    /** The first seat of a discipline in a team. */
    public Recipient(String teamId, Discipline discipline) {
        this(RecipientKind.TEAM, teamId, discipline, null, null);
    }

    /** The seat of a team that goes by this name. */
    public static Recipient at(String teamId, String seatName) {
        int between = seatName.indexOf(BETWEEN);
        return between < 0
                ? new Recipient(teamId, Discipline.valueOf(seatName))
                : new Recipient(
                        RecipientKind.TEAM,
                        teamId,
                        Discipline.valueOf(seatName.substring(0, between)),
                        seatName.substring(between + 1),
                        null);
    }

    /** How this seat is called within its team, and in every table: {@code HOUSING} or {@code HOUSING/corporatie-twee}. */
    public String seatName() {
        return organisation == null ? discipline.name() : discipline.name() + BETWEEN + organisation;
    }

    /** The same seat in another team. */
    public Recipient of(String otherTeam) {
        return new Recipient(kind, otherTeam, discipline, organisation, act);
    }

    /** The same seat, as something else to the household. */
    public Recipient as(RecipientKind otherKind) {
        return new Recipient(otherKind, teamId, discipline, organisation, act);
    }

    /** The seat itself, whatever it was to the household. */
    public Recipient seat() {
        return new Recipient(RecipientKind.TEAM, teamId, discipline, organisation, null);
    }

    /** The client id of this seat's own systems, and the tail of its queue: {@code vb-noord.community-work}. */
    public String clientId() {
        String first = teamId + '.' + discipline.code();
        return organisation == null ? first : first + '.' + organisation;
    }

    /** For a person who reads who got something: a seat as it is, anybody else by what it is to the household. */
    public String name() {
        return kind == RecipientKind.TEAM ? clientId() : kind.code() + " (" + clientId() + ")";
    }

    /** The recipient of that name; empty for a name of anything else. */
    public static Optional<Recipient> ofName(String name) {
        Matcher parts = NAME.matcher(name == null ? "" : name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Coded.of(Discipline.class, parts.group(3)).flatMap(discipline -> Optional.ofNullable(parts.group(1))
                .map(kind -> Coded.of(RecipientKind.class, kind))
                .orElse(Optional.of(RecipientKind.TEAM))
                .map(kind -> new Recipient(kind, parts.group(2), discipline, parts.group(4), null)));
    }

    /** The broker address of this seat. */
    public String queue() {
        return "team." + clientId();
    }
}
