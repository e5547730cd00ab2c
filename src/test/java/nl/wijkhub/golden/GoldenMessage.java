package nl.wijkhub.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A message as it comes to a door: bytes of one media type.
 *
 * @param partner its client id
 */
public record GoldenMessage(String door, String partner, String mediaType, byte[] body) {
    /** The body stands in the description, or as it is in a file beside it. */
    public static GoldenMessage of(Path folder, JsonNode in) throws IOException {
        byte[] body = in.has("file")
                ? Files.readAllBytes(folder.resolve(in.get("file").asText()))
                : in.get("body").toString().getBytes(StandardCharsets.UTF_8);
        return new GoldenMessage(
                in.get("door").asText(),
                in.get("partner").asText(),
                in.path("mediaType").asText("application/json"),
                body);
    }
}
