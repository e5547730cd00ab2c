package nl.wijkhub.team;

import java.util.Optional;
import nl.wijkhub.kernel.Coded;

/** What a user may do, apart from what a discipline may see. */
public enum Role implements Coded {
    TEAM_MEMBER,
    TEAM_LEAD,
    PRIVACY_OFFICER,
    ADMINISTRATOR;

    static Optional<Role> ofStaff(String text) {
        return switch (text) {
            case "privacy-officer" -> Optional.of(PRIVACY_OFFICER);
            case "administrator" -> Optional.of(ADMINISTRATOR);
            default -> Optional.empty();
        };
    }
}
