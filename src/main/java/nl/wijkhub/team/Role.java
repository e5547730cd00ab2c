package nl.wijkhub.team;

import java.util.Locale;
import java.util.Optional;

/** What a user may do, apart from what a discipline may see. */
public enum Role {
    TEAM_MEMBER,
    TEAM_LEAD,
    PRIVACY_OFFICER,
    ADMINISTRATOR;

    /** As it is written, e.g. {@code privacy-officer}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Role> ofStaff(String text) {
        return switch (text) {
            case "privacy-officer" -> Optional.of(PRIVACY_OFFICER);
            case "administrator" -> Optional.of(ADMINISTRATOR);
            default -> Optional.empty();
        };
    }
}
