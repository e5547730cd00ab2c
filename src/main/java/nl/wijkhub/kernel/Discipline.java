package nl.wijkhub.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The professional angle somebody looks from. A user has exactly one; a recipient is always a (team, discipline) pair. */
public enum Discipline {
    HOUSING,
    POLICE,
    WELFARE,
    CARE,
    MUNICIPALITY,
    COMMUNITY_WORK,
    INFORMAL,
    RESIDENT;

    /** The spelling used in queue names and client ids, e.g. {@code community-work}. */
    public String kebab() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The discipline of a queue name's last part; empty when there is none of that name. */
    public static Optional<Discipline> ofKebab(String text) {
        return Arrays.stream(values()).filter(d -> d.kebab().equals(text)).findFirst();
    }

    /** The discipline of a config value, e.g. {@code COMMUNITY_WORK}; empty when there is none of that name. */
    public static Optional<Discipline> of(String text) {
        return Arrays.stream(values()).filter(d -> d.name().equals(text)).findFirst();
    }
}
