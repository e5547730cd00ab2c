package nl.wijkhub.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells whoever calls an operation that is on its way out since when, and until when it answers. The document says which:
 * {@code deprecated: true} with {@code x-deprecated-since} and {@code x-sunset} (dates, UTC), and {@code x-successor}
 * where another takes its place.
 * Source: RFC 9745 (Deprecation), RFC 8594 (Sunset), RFC 5829 (successor-version).
 * Rejects at start: an operation that is deprecated without those dates, or with a sunset before its deprecation.
 */
public final class Deprecations {
    // an IMF-fixdate has two digits for the day; the formatter of RFC 1123 that Java brings has not
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private record Notice(String method, Pattern path, String since, String sunset, String link) {}

    private final List<Notice> notices = new ArrayList<>();

    public Deprecations(JsonNode openApi) {
        openApi.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> operation.getValue().path("deprecated").asBoolean())
                .forEach(operation -> notices.add(notice(path.getKey(), operation.getKey(), operation.getValue()))));
    }

    private static Notice notice(String path, String method, JsonNode operation) {
        LocalDate since = date(operation, "x-deprecated-since");
        LocalDate sunset = date(operation, "x-sunset");
        if (!sunset.isAfter(since)) {
            throw new IllegalStateException(operation.path("operationId").asText() + " ends before it is deprecated");
        }
        String successor = operation.path("x-successor").asText("");
        String segments = ("/v1" + path).replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+");
        return new Notice(
                method.toUpperCase(Locale.ROOT),
                Pattern.compile(segments),
                "@" + since.atStartOfDay(ZoneOffset.UTC).toEpochSecond(),
                HTTP_DATE.format(ZonedDateTime.of(sunset.atStartOfDay(), ZoneOffset.UTC)),
                successor.isEmpty() ? null : "<" + successor + ">; rel=\"successor-version\"");
    }

    private static LocalDate date(JsonNode operation, String field) {
        if (!operation.has(field)) {
            throw new IllegalStateException(
                    operation.path("operationId").asText() + " is deprecated and has no " + field);
        }
        return LocalDate.parse(operation.get(field).asText());
    }

    public void tell(RoutingContext ctx) {
        for (Notice notice : notices) {
            if (notice.method().equals(ctx.request().method().name())
                    && notice.path().matcher(ctx.normalizedPath()).matches()) {
                HttpServerResponse response = ctx.response();
                response.putHeader("Deprecation", notice.since());
                response.putHeader("Sunset", notice.sunset());
                if (notice.link() != null) {
                    response.putHeader("Link", notice.link());
                }
            }
        }
        ctx.next();
    }
}
