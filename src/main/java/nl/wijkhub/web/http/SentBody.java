package nl.wijkhub.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;

/** The body of a request as it was sent: of a media type that the door takes, its JSON read strictly. */
public final class SentBody {
    private SentBody() {}

    static JsonNode json(RoutingContext ctx, Set<String> mediaTypes) {
        requireMediaType(ctx, mediaTypes);
        Buffer sent = ctx.body().buffer();
        return Json.readStrictly(sent == null ? new byte[0] : sent.getBytes());
    }

    /** The media type of what was sent, one of these, in UTF-8. */
    public static String requireMediaType(RoutingContext ctx, Set<String> mediaTypes) {
        String contentType = String.valueOf(ctx.request().getHeader("Content-Type"));
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", 2);
        boolean isTaken = mediaTypes.contains(parts[0].strip())
                && (parts.length < 2 || !parts[1].contains("charset") || parts[1].contains("utf-8"));
        if (!isTaken) {
            throw Rejected.of(
                    Problem.UNSUPPORTED_MEDIA_TYPE,
                    "",
                    "media-type",
                    "Deze deur neemt "
                            + String.join(" of ", mediaTypes.stream().sorted().toList()) + ", in UTF-8.");
        }
        return parts[0].strip();
    }
}
