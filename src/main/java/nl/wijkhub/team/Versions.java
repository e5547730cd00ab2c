package nl.wijkhub.team;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The version of a view: the same as long as its viewer sees the same, whatever changes beside it. */
public final class Versions {
    private static final int LENGTH = 32;

    private Versions() {}

    public static String of(String view) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(view.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
