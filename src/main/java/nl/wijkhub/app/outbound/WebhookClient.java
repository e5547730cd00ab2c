package nl.wijkhub.app.outbound;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import nl.wijkhub.subscription.SinkPolicy;
import nl.wijkhub.subscription.SubscriberSender.Answer;
import nl.wijkhub.subscription.SubscriberSender.Request;

/**
 * Goes out to receivers that others named. Every address a name has is looked at, and the connection is made to that very
 * address: a name that answers otherwise the next moment leads nowhere. No redirect is followed; whatever a receiver
 * does, it is over within the time it gets. A request that is on its way holds no thread.
 */
public final class WebhookClient implements AutoCloseable {
    private static final int MOST_TO_ONE_ADDRESS = 2_000;
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int LOOKING_UP = 64;
    private static final Duration LOOKUP = Duration.ofSeconds(5);

    /** Resolves a name; the port a test may fill. */
    public interface Names {
        List<InetAddress> of(String host) throws UnknownHostException;
    }

    /** One answer, and its body as far as it was asked for. */
    record Full(Answer answer, byte[] body) {}

    private final SinkPolicy sinks;
    private final Duration timeout;
    private final Names names;
    private final HttpClient plain;
    private final HttpClient withCertificate;
    private final ExecutorService lookup = Executors.newFixedThreadPool(LOOKING_UP, task -> {
        Thread thread = new Thread(task, "lookup");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param timeout from the connection to the answer
     * @param identity PEM files of the hub's own certificate and key; null for none
     * @param trust PEM file of whom else the hub trusts; null for whom Java trusts
     */
    public WebhookClient(
            Vertx vertx, SinkPolicy sinks, Duration timeout, PemKeyCertOptions identity, String trust, Names names) {
        this.sinks = sinks;
        this.timeout = timeout;
        this.names = names;
        this.plain = vertx.createHttpClient(options(trust));
        this.withCertificate =
                identity == null ? null : vertx.createHttpClient(options(trust).setPemKeyCertOptions(identity));
    }

    private HttpClientOptions options(String trust) {
        HttpClientOptions options = new HttpClientOptions()
                .setMaxPoolSize(MOST_TO_ONE_ADDRESS)
                .setConnectTimeout((int) Math.min(timeout.toMillis(), 5_000))
                .setIdleTimeout((int) timeout.toMillis() * 2)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(16 * 1024);
        return trust == null ? options : options.setTrustOptions(new PemTrustOptions().addCertPath(trust));
    }

    /** Never throws. */
    CompletableFuture<Answer> send(Request request, boolean certified) {
        return exchange(request, certified, 0).thenApply(Full::answer);
    }

    /**
     * The same, with as much of the body as is wanted.
     *
     * @param wanted at most so many bytes; 0 for none
     */
    CompletableFuture<Full> exchange(Request request, boolean certified, int wanted) {
        return CompletableFuture.supplyAsync(() -> lookUp(request.sink()), lookup)
                .orTimeout(LOOKUP.toMillis(), TimeUnit.MILLISECONDS)
                .handle((address, failure) -> failure != null
                        ? CompletableFuture.completedFuture(noAnswer(Answer.notReached("unknown-host")))
                        : address == null
                                ? CompletableFuture.completedFuture(noAnswer(Answer.notReached("address-refused")))
                                : to(address, request, certified, wanted))
                .thenCompose(sent -> sent);
    }

    private static Full noAnswer(Answer answer) {
        return new Full(answer, new byte[0]);
    }

    /** The address to connect to; null when not all of them may be reached. */
    private InetAddress lookUp(URI sink) {
        try {
            List<InetAddress> addresses = names.of(sink.getHost().replaceAll("[\\[\\]]", ""));
            return sinks.mayReach(sink, addresses) ? addresses.get(0) : null;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("no such host", e);
        }
    }

    private CompletableFuture<Full> to(InetAddress address, Request request, boolean certified, int wanted) {
        URI sink = request.sink();
        boolean isTls = "https".equals(sink.getScheme());
        int port = sink.getPort() > 0 ? sink.getPort() : isTls ? 443 : 80;
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(sink.getHost())
                .setPort(port)
                .setSsl(isTls)
                .setURI(target(sink))
                .setFollowRedirects(false);
        CompletableFuture<Full> done = new CompletableFuture<>();
        AtomicBoolean isConnected = new AtomicBoolean();
        client(certified).request(options).onComplete(connected -> {
            if (connected.failed()) {
                done.complete(noAnswer(Answer.notReached("not-reached")));
                return;
            }
            isConnected.set(true);
            HttpClientRequest out = connected.result();
            request.headers().forEach(out::putHeader);
            out.response().onComplete(answered -> {
                if (answered.failed()) {
                    done.complete(noAnswer(Answer.none("no-valid-answer")));
                } else {
                    read(answered.result(), wanted, done);
                }
            });
            out.end(Buffer.buffer(request.body()));
            done.whenComplete((full, timedOut) -> {
                if (timedOut != null) {
                    out.connection().close();
                }
            });
        });
        return done.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(timedOut -> noAnswer(
                        isConnected.get() ? Answer.none("no-answer-in-time") : Answer.notReached("not-reached")));
    }

    /** The head decides; a body nobody asked for is let go, and so is the connection when it goes on for too long. */
    private static void read(HttpClientResponse response, int wanted, CompletableFuture<Full> done) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .forEach(header -> headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        Answer answer = new Answer(response.statusCode(), headers, null, true);
        Buffer body = Buffer.buffer();
        int[] seen = {0};
        response.exceptionHandler(broken -> done.complete(new Full(answer, body.getBytes())));
        response.handler(part -> {
            seen[0] += part.length();
            if (body.length() + part.length() <= wanted) {
                body.appendBuffer(part);
            }
            if (seen[0] > LARGEST_BODY) {
                response.request().connection().close();
            }
        });
        response.endHandler(end -> done.complete(new Full(answer, body.getBytes())));
        if (wanted == 0) {
            done.complete(new Full(answer, new byte[0]));
        }
    }

    private HttpClient client(boolean certified) {
        return certified && withCertificate != null ? withCertificate : plain;
    }

    private static String target(URI sink) {
        String path = sink.getRawPath() == null || sink.getRawPath().isEmpty() ? "/" : sink.getRawPath();
        return sink.getRawQuery() == null ? path : path + '?' + sink.getRawQuery();
    }

    @Override
    public void close() {
        plain.close();
        if (withCertificate != null) {
            withCertificate.close();
        }
        lookup.shutdownNow();
    }
}
