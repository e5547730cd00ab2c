package nl.wijkhub.lab.embedded;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.security.auth.Subject;
import nl.wijkhub.kernel.Vault;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;

/**
 * Who may touch what on the embedded broker: each login its own addresses alone.
 * A system of a team reads the queue of its seat, {@code team.<teamId>.<discipline>} or with the organisation behind it; a partner sends to
 * {@code signal.in.<partner>} and reads {@code partner.<partner>.feedback} and the {@code subscriber.<id>} of its own
 * subscriptions.
 * A login's password is a keyed pseudonym of its name, so that none has to be stored.
 */
public final class BrokerLogins implements ActiveMQSecurityManager5 {
    public static final String HUB = "hub";

    private final Vault vault;
    private final Predicate<String> isPartner;
    private final Function<String, Optional<String>> seatOf;
    private volatile BiPredicate<String, String> owns = (login, address) -> false;

    /** @param seatOf login of a team's system → the address of its seat; empty for any other login */
    public BrokerLogins(Vault vault, Predicate<String> isPartner, Function<String, Optional<String>> seatOf) {
        this.vault = vault;
        this.isPartner = isPartner;
        this.seatOf = seatOf;
    }

    /** Whose the queue of a subscription is; nobody's until this is known. */
    public void owners(BiPredicate<String, String> ownsQueue) {
        this.owns = ownsQueue;
    }

    /** The password that belongs to a login. */
    public static String passwordOf(Vault vault, String login) {
        return HexFormat.of().formatHex(vault.pseudonym("broker-login", login));
    }

    @Override
    public Subject authenticate(String user, String password, RemotingConnection connection, String securityDomain) {
        if (user == null || password == null || !isKnown(user) || !matches(user, password)) {
            return null;
        }
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(user));
        return subject;
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType checkType, String address) {
        return subject != null
                && subject.getPrincipals(UserPrincipal.class).stream()
                        .anyMatch(user -> mayTouch(user.getName(), checkType, address));
    }

    private boolean mayTouch(String user, CheckType check, String addressOrQueue) {
        if (user.equals(HUB)) {
            return true;
        }
        // a queue is named as address::queue when the check is about the queue; both are ours only when equal
        String[] parts = addressOrQueue.split("::", 2);
        String address = parts[0];
        Optional<String> seat = seatOf.apply(user);
        // of a seat the queue bears the long name, and its address may be the short one
        if (parts.length == 2 && !parts[1].equals(address) && seat.isEmpty()) {
            return false;
        }
        return switch (check) {
            case CONSUME, BROWSE ->
                seat.isPresent()
                        ? address.equals(seat.get())
                        : address.equals("partner." + user + ".feedback")
                                || (address.startsWith("subscriber.") && owns.test(user, address));
            case SEND -> isPartner.test(user) && address.equals("signal.in." + user);
            default -> false;
        };
    }

    private boolean isKnown(String user) {
        return user.equals(HUB) || isPartner.test(user) || seatOf.apply(user).isPresent();
    }

    private boolean matches(String user, String password) {
        byte[] expected = passwordOf(vault, user).getBytes(StandardCharsets.UTF_8);
        byte[] given = Arrays.copyOf(password.getBytes(StandardCharsets.UTF_8), expected.length);
        return MessageDigest.isEqual(expected, given) && password.length() == expected.length;
    }

    @Override
    public boolean validateUser(String user, String password) {
        return isKnown(user) && matches(user, password);
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
        return false;
    }
}
