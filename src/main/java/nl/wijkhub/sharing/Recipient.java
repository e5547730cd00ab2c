package nl.wijkhub.sharing;

import nl.wijkhub.kernel.Discipline;

/**
 * Who might get something. A team is never a recipient: a discipline within it is.
 *
 * @param teamId e.g. {@code vb-noord}
 */
public record Recipient(String teamId, Discipline discipline) {
    /** The client id of this pair's own systems, and the tail of its queue: {@code vb-noord.community-work}. */
    public String clientId() {
        return teamId + '.' + discipline.kebab();
    }

    /** The broker address of this pair. */
    public String queue() {
        return "team." + clientId();
    }
}
