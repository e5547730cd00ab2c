package nl.wijkhub.app.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import nl.wijkhub.app.broker.BrokerConnection;
import nl.wijkhub.app.broker.OutgoingMessage;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.kernel.Meters;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.subscription.SubscriberEvent;
import nl.wijkhub.subscription.SubscriberSender;
import nl.wijkhub.subscription.Subscription.Credential;

/** The way out to subscribers: webhooks, with an access token where the receiver wants one, and queues. */
public final class SubscriberLine implements SubscriberSender, AutoCloseable {
    private static final int LARGEST_TOKEN = 32 * 1024;
    private static final Duration TOKEN_MARGIN = Duration.ofSeconds(30);
    private static final int LONGEST_TOKEN_SECONDS = 3600;

    /**
     * @param untilNanos by {@link System#nanoTime}
     */
    private record Token(String value, long untilNanos) {}

    private final WebhookClient http;
    private final BrokerConnection broker;
    private final MeterRegistry meters;
    private final Map<Credential, Token> tokens = new ConcurrentHashMap<>();

    public SubscriberLine(WebhookClient http, BrokerConnection broker, MeterRegistry meters) {
        this.http = http;
        this.broker = broker;
        this.meters = meters;
    }

    @Override
    public CompletionStage<Answer> send(Request request) {
        return authorised(request)
                .thenCompose(ready -> ready == null
                        ? CompletableFuture.completedFuture(Answer.notReached("no-token"))
                        : http.send(ready, isCertified(request)))
                .thenApply(answer -> {
                    if (answer.status() == 401 && request.credential() != null) {
                        tokens.remove(request.credential());
                    }
                    count("http", answer.status() >= 200 && answer.status() < 300 ? "sent" : "failed");
                    return answer;
                });
    }

    private static boolean isCertified(Request request) {
        return request.credential() != null && request.credential().kind() == Credential.CredentialKind.MTLS;
    }

    /** The request with a token, where it needs one; null when there is none to be had. */
    private CompletableFuture<Request> authorised(Request request) {
        Credential credential = request.credential();
        if (credential == null || credential.kind() != Credential.CredentialKind.OAUTH) {
            return CompletableFuture.completedFuture(request);
        }
        Token known = tokens.get(credential);
        if (known != null && System.nanoTime() - known.untilNanos() < 0) {
            return CompletableFuture.completedFuture(bearing(request, known.value()));
        }
        return http.exchange(tokenRequest(credential), false, LARGEST_TOKEN).thenApply(full -> {
            Token token = full.answer().status() == 200 ? token(full.body()) : null;
            if (token == null) {
                return null;
            }
            tokens.put(credential, token);
            return bearing(request, token.value());
        });
    }

    /** Source: RFC 6749, section 4.4.2; the client shows itself as in section 2.3.1. */
    private static Request tokenRequest(Credential credential) {
        String scope = credential.scope() == null ? "" : "&scope=" + encoded(credential.scope());
        String basic = encoded(credential.clientId()) + ':' + encoded(credential.clientSecret());
        return new Request(
                "POST",
                credential.tokenUrl(),
                Map.of(
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Accept",
                        "application/json",
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8))),
                ("grant_type=client_credentials" + scope).getBytes(StandardCharsets.UTF_8),
                null);
    }

    private Token token(byte[] body) {
        try {
            JsonNode json = Json.readStrictly(body);
            String value = json.path("access_token").asText("");
            int seconds =
                    Math.min(LONGEST_TOKEN_SECONDS, json.path("expires_in").asInt(60));
            return value.matches("[\\x21-\\x7e]+")
                    ? new Token(
                            value,
                            System.nanoTime()
                                    + Duration.ofSeconds(seconds)
                                            .minus(TOKEN_MARGIN)
                                            .toNanos())
                    : null;
        } catch (Rejected garbage) {
            return null;
        }
    }

    private static Request bearing(Request request, String token) {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.put("Authorization", "Bearer " + token);
        return new Request(request.method(), request.sink(), headers, request.body(), request.credential());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void enqueue(String address, UUID id, byte[] event) {
        broker.send(List.of(new OutgoingMessage(address, id.toString(), null, SubscriberEvent.MEDIA_TYPE, event)));
        count("amqp", "sent");
    }

    @Override
    public boolean takeOff(String address, UUID id) {
        boolean isTakenOff = broker.remove(address, id.toString());
        if (isTakenOff) {
            count("amqp", "taken-off");
        }
        return isTakenOff;
    }

    @Override
    public void openQueue(String address, String owner) {
        broker.ensureQueues(List.of(address), -1);
        broker.letRead(address, owner);
    }

    @Override
    public void closeQueue(String address) {
        broker.removeQueue(address);
    }

    private void count(String protocol, String outcome) {
        meters.counter(Meters.DELIVERY, Meters.TAG_PROTOCOL, protocol, Meters.TAG_OUTCOME, outcome)
                .increment();
    }

    @Override
    public void close() {
        http.close();
    }
}
