package nl.wijkhub.audit;

/**
 * Who looked, kept apart from the record of whose data it was. Source: NEN 7513, event type and user fields.
 *
 * @param role in what capacity: a pair such as {@code vb-noord.care}, or {@code privacy-officer}
 * @param action C, R, U, D or E
 */
public record AccessedBy(String user, String role, String action) {
    public static AccessedBy reads(String user, String role) {
        return new AccessedBy(user, role, "R");
    }

    public static AccessedBy changes(String user, String role) {
        return new AccessedBy(user, role, "U");
    }
}
