package nl.wijkhub.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.MediaType;

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
        MediaType sent = MediaType.of(ctx.request().getHeader("Content-Type"));
        // these doors know UTF-8 by its own name alone
        boolean isNamed = sent.charset() == null || sent.charset().equalsIgnoreCase("utf-8");
        return (isNamed ? sent : MediaType.NONE).require(mediaTypes);
    }
}
