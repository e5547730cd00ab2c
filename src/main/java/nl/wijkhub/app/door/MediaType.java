package nl.wijkhub.app.door;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Set;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;

/** The Content-Type of a request, as a door reads it. Rejects: what the door does not take, and any charset but UTF-8. */
final class MediaType {
    private MediaType() {}

    /** Without parameters, in lower case; empty for none. */
    static String bare(String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The same, of one that the door takes. */
    static String require(String contentType, Set<String> allowed) {
        String[] parts = contentType == null ? new String[] {""} : contentType.split(";");
        String mediaType = bare(contentType);
        boolean known = allowed.contains(mediaType);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("charset=")) {
                known &= isUtf8(parameter.substring(8).replace("\"", ""));
            }
        }
        if (!known) {
            throw Rejected.of(
                    Problem.UNSUPPORTED_MEDIA_TYPE,
                    "",
                    "media-type",
                    "Deze deur neemt "
                            + String.join(" of ", allowed.stream().sorted().toList()) + ", in UTF-8.");
        }
        return mediaType;
    }

    private static boolean isUtf8(String charset) {
        try {
            return Charset.forName(charset).equals(StandardCharsets.UTF_8);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return false;
        }
    }
}
