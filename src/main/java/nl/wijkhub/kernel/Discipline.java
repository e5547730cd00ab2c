package nl.wijkhub.kernel;

import java.util.Arrays;
import java.util.Optional;

/**
 * The professional angle somebody looks from. A user has exactly one, and so has a seat of a team.
 */
public enum Discipline implements Coded {
    HOUSING,
    POLICE,
    WELFARE,
    CARE,
    MUNICIPALITY,
    COMMUNITY_WORK,
    INFORMAL,
    RESIDENT;

    /** The discipline of a config value, e.g. {@code COMMUNITY_WORK}; empty when there is none of that name. */
    public static Optional<Discipline> of(String text) {
        return Arrays.stream(values()).filter(d -> d.name().equals(text)).findFirst();
    }
}
