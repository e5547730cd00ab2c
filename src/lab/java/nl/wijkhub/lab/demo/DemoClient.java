package nl.wijkhub.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.lab.demo.DemoPost.Send;

/** The demo as its partners and users see it: over HTTP, with their own tokens. */
final class DemoClient {
    /** 409: this day was played before, with the hours of that day. */
    private static final Set<Integer> EXPECTED = Set.of(200, 201, 202, 409);

    record Answer(int status, String body) {
        JsonNode json() {
            return Json.read(body, JsonNode.class);
        }
    }

    private final String url;
    private final String management;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new HashMap<>();

    DemoClient(String url, String management) {
        this.url = url;
        this.management = management;
    }

    Answer send(Send send) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + send.path()))
                .header("Content-Type", send.mediaType())
                .method(send.method(), HttpRequest.BodyPublishers.ofString(send.body()));
        if (send.path().equals(DemoPost.MELDINGEN)) {
            request.header("Idempotency-Key", send.reference());
        }
        Answer answer = exchange(request, partnerToken(send.partner()));
        if (!EXPECTED.contains(answer.status())) {
            throw new IOException("the sample day was refused at " + send.path() + ": " + answer.body());
        }
        return answer;
    }

    /** The id under which the hub knows what this partner sent before. */
    String idOf(Send send) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                url + "/v1/signals?reference=" + URLEncoder.encode(send.reference(), StandardCharsets.UTF_8)));
        return exchange(request, partnerToken(send.partner())).json().path("id").asText();
    }

    /** What a user gets at a path. */
    Answer asUser(String user, String path) throws IOException, InterruptedException {
        if (!tokens.containsKey(user)) {
            tokens.put(user, Token.bearer(null, user));
        }
        return exchange(HttpRequest.newBuilder(URI.create(url + path)), tokens.get(user));
    }

    /** What a partner's or a team's own system gets at a path. */
    Answer asSystem(String client, String path) throws IOException, InterruptedException {
        return exchange(HttpRequest.newBuilder(URI.create(url + path)), partnerToken(client));
    }

    boolean isAtRest() throws IOException, InterruptedException {
        String metrics = http.send(
                        HttpRequest.newBuilder(URI.create(management + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return isZero(metrics, "wijkhub_signal_age_seconds") && isZero(metrics, "wijkhub_delivery_waiting");
    }

    private static boolean isZero(String metrics, String name) {
        return metrics.lines().filter(line -> line.startsWith(name)).allMatch(line -> line.endsWith(" 0.0"));
    }

    private String partnerToken(String partner) throws IOException, InterruptedException {
        if (!tokens.containsKey(partner)) {
            tokens.put(partner, Token.bearer(partner, null));
        }
        return tokens.get(partner);
    }

    private Answer exchange(HttpRequest.Builder request, String token) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                request.header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }
}
