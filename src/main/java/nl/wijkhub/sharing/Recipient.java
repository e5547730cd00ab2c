package nl.wijkhub.sharing;

import nl.wijkhub.kernel.Coded;
import nl.wijkhub.kernel.Discipline;

/**
 * Who might get something. A team is never a recipient: a discipline within it is.
 *
 * @param kind what the recipient is to the household
 * @param teamId e.g. {@code vb-noord}; null outside a team
 * @param discipline null where it does not matter, as for a dashboard
 * @param act the Act a municipal recipient works under, as senders write it; null for none
 */
public record Recipient(RecipientKind kind, String teamId, Discipline discipline, String act) {
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
        MAYOR_AND_PROSECUTOR
    }

    /** A discipline within a team. */
    public Recipient(String teamId, Discipline discipline) {
        this(RecipientKind.TEAM, teamId, discipline, null);
    }

    /** The client id of this pair's own systems, and the tail of its queue: {@code vb-noord.community-work}. */
    public String clientId() {
        return teamId + '.' + discipline.code();
    }

    /** For a person who reads who got something: a pair as it is, anybody else by what it is to the household. */
    public String name() {
        return kind == RecipientKind.TEAM ? clientId() : kind.code() + " (" + clientId() + ")";
    }

    /** The broker address of this pair. */
    public String queue() {
        return "team." + clientId();
    }
}
