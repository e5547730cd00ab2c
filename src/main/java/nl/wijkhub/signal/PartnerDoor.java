package nl.wijkhub.signal;

import java.util.Optional;
import java.util.Set;
import nl.wijkhub.kernel.Discipline;

/**
 * One door for partners, as a route file opens it by the template {@code partner-door}.
 *
 * @param format the route that reads what comes through it, as {@code direct:<format>}
 * @param path of the URL
 * @param door the right a partner needs, as it stands under {@code doors} in partners.yaml
 * @param discipline whose data comes through it; null for anyone's
 * @param mediaTypes in lower case, without parameters
 * @param methods of HTTP
 */
public record PartnerDoor(
        String format, String path, String door, Discipline discipline, Set<String> mediaTypes, Set<String> methods) {
    private static final String PARTNERS = "/v1/partners/";
    private static final String VERSION = "/v1/";

    /** Whether it takes a format that is not shared by all partners. */
    boolean isOfPartners() {
        return path.startsWith(PARTNERS);
    }

    /** The subject of a message with the same body; empty for a door that takes no messages. */
    public Optional<String> subject() {
        if (path.contains("{") || !path.startsWith(VERSION)) {
            return Optional.empty();
        }
        return Optional.of(path.substring((isOfPartners() ? PARTNERS : VERSION).length()));
    }
}
